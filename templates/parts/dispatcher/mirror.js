// GA4 tells what was added or removed, never the cart: a mirror of it is kept here.
const MIRROR = "connectif-kit.cart";
const keepMirror = (/** @type {any} */ cart) => keep(local, MIRROR, spell(cart));
const dropMirror = () => {
  delete local[MIRROR];
};
/** The field map of the plan's cart, and of its lines: it adds to what GA4's items say. */
const cartFields = Object(own.cart)[2] || {};
const lineFields = Object(cartFields.products)[2];
/** Whose it is: a number made from the contact's key, which is not for others to read. */
const holder = () => {
  const contact = (group && group.contact) || make("contact", own.contact, fresh({ at: "contact" }));
  const key = contact && contact.primaryKey;
  return key && [...key].reduce((sum, sign) => (sum * 31 + sign.codePointAt(0)) | 0, 7);
};
const mirrored = () => {
  const cart = json(local[MIRROR]);
  if (!cart || !cart.cartId || !Array.isArray(cart.products)) return undefined;
  const now = holder();
  // The cart of a visitor who signs in stays; another contact's cart does not.
  if (now && cart.holder && cart.holder != now) {
    dropMirror();
    return undefined;
  }
  if (now && !cart.holder) keepMirror(Object.assign(cart, { holder: now }));
  return cart;
};
const lineKey = (/** @type {any} */ item) => text(item.item_id) + "\n" + text(item.item_variant);
/** A line that cannot be read stays as one, so that no total is made without it. */
const lineOf = (/** @type {any} */ item, /** @type {any} */ entry) =>
  (!(USES.currency && foreign(entry)) && record(LINE, item, lineFields, fresh({ at: "cart" }))) || {
    productId: text(item.item_id),
    unitPrice: "?",
    quantity: 1,
  };
const change = (/** @type {any} */ cart, /** @type {any} */ item, /** @type {any} */ entry) => {
  const key = lineKey(item);
  // Where a removal names no variant, any line of the item is meant.
  const line =
    cart.products.find((/** @type {any} */ known) => known.key == key) ||
    (!item.item_variant &&
      cart.products.find((/** @type {any} */ known) => known.key.startsWith(text(item.item_id) + "\n")));
  const units = +item.quantity || 1;
  if (entry.event == "remove_from_cart") {
    if (line) line.quantity -= units;
  } else {
    const now = { ...lineOf(item, entry), key, quantity: units + (line ? line.quantity : 0) };
    if (line) Object.assign(line, now);
    else cart.products.push(now);
  }
};
when("entry", (entry) => {
  const { event } = entry;
  if (!/^(view_cart|add_to_cart|remove_from_cart|purchase)$/.test(event)) return;
  const made = Date.now().toString(36) + Math.random().toString(36).slice(2);
  const cart = mirrored() || { cartId: made, holder: holder(), products: [] };
  if (event == "purchase") {
    // The emptied cart goes with the order; the next one has a new id.
    if (cart.products[0])
      fire({ asks: "cart", cart: ["literal", { cartId: cart.cartId, products: [] }] }, {});
    dropMirror();
    return;
  }
  if (event == "view_cart") cart.products = [];
  [].concat(entry.items || []).forEach((item) => attempt(() => change(cart, item, entry)));
  cart.products = cart.products.filter((/** @type {any} */ line) => line.quantity > 0);
  cart.products.forEach((/** @type {any} */ line) => {
    line.price = line.unitPrice == "?" ? undefined : exact(line.unitPrice * line.quantity);
  });
  keys(cartFields)
    .filter((name) => name != "products")
    .forEach((name) => {
      const value = read(cartFields[name], fresh({ object: entry, at: "cart" }));
      if (value != null) cart[name] = value;
    });
  keepMirror(cart);
});
when("withdrawn", dropMirror);
