// The cart that was sent last: an emptied one goes with its id, however it was emptied.
const CART = "connectif-kit.last-cart";
/** @type {string | undefined} */
let cartSent;
/** A cart that lives in one tab's storage is remembered there. */
const shelf = (/** @type {any} */ source) =>
  source && source[0] == "storage" && local[source[1]] == null && session[source[1]] != null
    ? session
    : local;
const lastCart = () => local[CART] || session[CART] || "";
/** The cart that was emptied last in this tab: an order that comes after it was made of it. */
const GONE = "connectif-kit.emptied-cart";
const forgetCart = () => {
  delete local[CART];
  delete session[CART];
};

const isBare = (/** @type {any} */ value) =>
  !value || (typeof value == "object" && !Object.keys(value).length);
/** Whether what was found says that nothing is in the cart; a place that is not there yet says nothing. */
const isEmptied = (/** @type {any} */ object, /** @type {any} */ source, /** @type {Context} */ context) => {
  const kept = source[0] == "storage" || source[0] == "cookie";
  if (typeof object != "object") return kept && /^(undefined|false|0)?$/.test(object || "");
  if (!object) return source[0] != "selector" && source[0] != "attribute" && source[0] != "detail";
  const mapped = source[2] && source[2].products;
  const lines = mapped ? read(mapped, { ...context, object }) : object.products || object.product_basket_item;
  if (lines !== undefined) return isBare(lines);
  // Without any lines: those of an app's own object may still come.
  const rest = kept ? Object.keys(object).filter((name) => typeof object[name] == "object") : [object];
  return !(object instanceof Element) && rest.every((one) => isBare(kept ? object[one] : one));
};
settle.cart = (object, made, source, context) => {
  const units =
    made && (made.totalQuantity || (made.products || []).some((/** @type {any} */ one) => one.quantity));
  if (units) return made;
  const id = lastCart();
  const emptied =
    made || (id && !context.late.length && !context.tired && isEmptied(object, source, context));
  // An id that was made for nothing is no cart's.
  if (!emptied || (!id && Object(Object(source[2]).cartId)[0] == "auto")) return undefined;
  return { ...made, cartId: id || made.cartId, totalQuantity: 0, totalPrice: 0, products: [] };
};
when("close", ({ cart }) => {
  if (!cart) return;
  cartSent = JSON.stringify(cart);
  if (cart.totalQuantity) keep(shelf(own.cart), CART, cart.cartId);
  else forgetCart();
  keep(session, GONE, cart.totalQuantity ? "" : cart.cartId);
});
when("withdrawn", forgetCart);

// A click that changes the cart: what the page's own handlers leave behind counts, not what was there before;
// and again for a while, where an answer of the server changes it later.
const watches = new Map();
const watchCart = (/** @type {Rule} */ rule, /** @type {Partial<Context>} */ given) => {
  const running = watches.has(rule);
  watches.set(rule, Date.now() + 3000);
  if (running) return;
  const look = () => {
    if (!allowed() || Date.now() > watches.get(rule)) {
      watches.delete(rule);
      return;
    }
    later(look, 100);
    const cart = make("cart", rule.cart || own.cart, fresh({ at: rule.at, ...given }));
    if (cart && JSON.stringify(cart) != cartSent) fire({ ...rule, cart: ["literal", cart] }, given);
  };
  later(look);
};
