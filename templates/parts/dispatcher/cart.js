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

const isBare = (/** @type {any} */ value) => !value || (typeof value == "object" && !keys(value).length);
/** Whether what was found says that nothing is in the cart; a place that is not there yet says nothing. */
const isEmptied = (/** @type {any} */ object, /** @type {any} */ source, /** @type {Context} */ context) => {
  const kept = /^(storage|cookie)$/.test(source[0]);
  if (typeof object != "object") return kept && /^(undefined|false|0)?$/.test(object || "");
  if (!object) return !USES.cart_asked || !/^(selector|attribute|detail)$/.test(source[0]);
  const mapped = Object(source[2]).products;
  const lines = mapped ? read(mapped, { ...context, object }) : object.products || object.product_basket_item;
  if (lines !== undefined) return isBare(lines);
  // Without any lines: those of an app's own object may still come.
  const rest = kept ? Object.values(object).filter((one) => typeof one == "object") : [object];
  return !(object instanceof Element) && rest.every(isBare);
};
/** @type {(object: any, made: any, source: any, context: Context) => any} */
const settleCart = (object, made, source, context) => {
  const units =
    made && (made.totalQuantity || (made.products || []).some((/** @type {any} */ one) => one.quantity));
  if (units) return made;
  const id = lastCart();
  if (USES.module && !made && (context.late.length || context.tired)) return undefined;
  if (!made && !(id && isEmptied(object, source, context))) return undefined;
  // An id that was made for nothing is no cart's.
  if (USES.cart_id && !id && Object(Object(source[2]).cartId)[0] == "auto") return undefined;
  return { ...made, cartId: id || made.cartId, totalQuantity: 0, totalPrice: 0, products: [] };
};
when("close", ({ cart }) => {
  if (!cart) return;
  cartSent = spell(cart);
  if (cart.totalQuantity) keep(shelf(own.cart), CART, cart.cartId);
  else forgetCart();
  keep(session, GONE, cart.totalQuantity ? "" : cart.cartId);
});
when("withdrawn", forgetCart);

// A click that changes the cart: what the page's own handlers leave behind counts, not what was there before;
// and again for a while, where an answer of the server changes it later.
const watchCart = (/** @type {Rule} */ rule, /** @type {Partial<Context>} */ given) => {
  const seek = () => {
    if (!allowed() || Date.now() > Number(rule.until)) rule.until = 0;
    else {
      later(seek, 100);
      const cart = make("cart", rule.cart || own.cart, fresh({ at: rule.at, ...given }));
      if (cart && spell(cart) != cartSent) fire({ ...rule, cart: ["literal", cart] }, given);
    }
  };
  if (!rule.until) later(seek);
  rule.until = Date.now() + 3000;
};
