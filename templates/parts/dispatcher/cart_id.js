// A shop without ids for its carts: one is made and kept until the cart is emptied.
const CART_ID = "connectif-kit.cart-id";
/** @type {string | undefined} */
let cartId;
const madeId = () => Date.now().toString(36) + Math.random().toString(36).slice(2);
sources.auto = () => {
  cartId = local[CART_ID] || cartId || madeId();
  keep(local, CART_ID, cartId);
  return cartId;
};
when("close", ({ cart }) => {
  if (!cart || !cart.products || cart.products.length) return;
  cartId = undefined;
  delete local[CART_ID];
});
