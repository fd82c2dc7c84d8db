// GA4 tells what was added or removed, never the cart: a mirror of it is kept here.
const MIRROR = "connectif-kit.cart";
const mirrored = () => {
  const cart = quietly(() => JSON.parse(localStorage.getItem(MIRROR)));
  return cart && cart.cartId && Array.isArray(cart.products) ? cart : undefined;
};
const reflect = (entry) => {
  const { event } = entry;
  if (!/^(view_cart|add_to_cart|remove_from_cart|purchase)$/.test(event)) return;
  const made = Date.now().toString(36) + Math.random().toString(36).slice(2);
  const cart = mirrored() || { cartId: made, products: [] };
  if (event == "purchase") {
    // The emptied cart goes with the order; the next one has a new id.
    if (cart.products[0]) fire({ asks: "cart", cart: ["literal", { cartId: cart.cartId, products: [] }] }, {});
    quietly(() => localStorage.removeItem(MIRROR));
    return;
  }
  if (event == "view_cart") cart.products = [];
  [].concat(entry.items || []).forEach((item) => {
    const line = cart.products.find((known) => known.productId == text(item.item_id));
    const units = +item.quantity || 1;
    if (event == "remove_from_cart") {
      if (line) line.quantity -= units;
    } else if (line) line.quantity += units;
    else cart.products.push(record({{ dispatcher.line | tojson }}, item, 0, { {%- if dev %} at: "cart" {% endif -%} }));
  });
  cart.products = cart.products.filter((line) => line && line.quantity > 0);
  cart.products.forEach((line) => {
    line.price = rounded(line.unitPrice * line.quantity);
  });
  quietly(() => localStorage.setItem(MIRROR, JSON.stringify(cart)));
};
