// A shop without ids for its carts: one is made and kept until the cart is emptied.
const CART_ID = "connectif-kit.cart-id";
/** @type {string | undefined} */
let cartId;
sources.auto = () => {
  cartId = quietly(() => localStorage.getItem(CART_ID)) || cartId || madeId();
  quietly(() => localStorage.setItem(CART_ID, String(cartId)));
  return cartId;
};
const madeId = () => Date.now().toString(36) + Math.random().toString(36).slice(2);
when("close", (now) => {
  if (!(now.cart && now.cart.products && !now.cart.products.length)) return;
  cartId = undefined;
  quietly(() => localStorage.removeItem(CART_ID));
});
