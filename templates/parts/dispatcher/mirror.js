// GA4 tells what was added or removed, never the cart: a mirror of it is kept here.
const MIRROR = "connectif-kit.cart";
const keep = (cart) => quietly(() => localStorage.setItem(MIRROR, JSON.stringify(cart)));
const drop = () => quietly(() => localStorage.removeItem(MIRROR));
// Whose it is: a number made from the contact's key, which is not for others to read.
const holder = () => {
  const contact = (group || {}).contact{% if "contact" in dispatcher.own %} || make("contact", own.contact, { {%- if dev %} at: "contact" {% endif -%} }){% endif %};
  return contact && [...contact.primaryKey].reduce((sum, sign) => (sum * 31 + sign.codePointAt(0)) | 0, 7);
};
const mirrored = () => {
  const cart = quietly(() => JSON.parse(localStorage.getItem(MIRROR)));
  if (!cart || !cart.cartId || !Array.isArray(cart.products)) return;
  const now = holder();
  // The cart of a visitor who signs in stays; another contact's cart does not.
  if (now && cart.holder && cart.holder != now) return drop();
  if (now && !cart.holder) keep(Object.assign(cart, { holder: now }));
  return cart;
};
const reflect = (entry) => {
  const { event } = entry;
  if (!/^(view_cart|add_to_cart|remove_from_cart|purchase)$/.test(event)) return;
  const made = Date.now().toString(36) + Math.random().toString(36).slice(2);
  const cart = mirrored() || { cartId: made, holder: holder(), products: [] };
  if (event == "purchase") {
    // The emptied cart goes with the order; the next one has a new id.
    if (cart.products[0]) fire({ asks: "cart", cart: ["literal", { cartId: cart.cartId, products: [] }] }, {});
    drop();
    return;
  }
  if (event == "view_cart") cart.products = [];
  [].concat(entry.items || []).forEach((item) => {
    const line = cart.products.find((known) => known.productId == text(item.item_id));
    const units = +item.quantity || 1;
    if (event == "remove_from_cart") {
      if (line) line.quantity -= units;
    } else if (line) line.quantity += units;
    // A line that cannot be read stays as one, so that no total is made without it.
    else cart.products.push(record({{ dispatcher.line | tojson }}, item, 0, { {%- if dev %} at: "cart" {% endif -%} }) || { productId: text(item.item_id), unitPrice: "?", quantity: units });
  });
  cart.products = cart.products.filter((line) => line && line.quantity > 0);
  cart.products.forEach((line) => {
    line.price = rounded(line.unitPrice * line.quantity);
  });
  keep(cart);
};
