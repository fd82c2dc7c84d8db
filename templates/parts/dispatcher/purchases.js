// An order is reported once, however often it is told or its page is seen.
const ORDERS = "connectif-kit.purchases";
/** @type {string[] | undefined} */
let orders;
// Remembered here too: storage may be full.
const knownOrders = () => (orders = orders || (local[ORDERS] || "").split("\n"));
when("close", (now) => {
  now.events = now.events.filter((/** @type {any} */ { purchase }) => {
    if (!purchase) return true;
    const { purchaseId } = purchase;
    const known = knownOrders().includes(purchaseId);
    if (DEVELOPMENT && known) run("repeated", purchase);
    // What is on its way counts already.
    return !known && knownOrders().unshift(purchaseId);
  });
});
when("sent", (now, events) => {
  if (!events.some((/** @type {any} */ event) => event.purchase)) return;
  keep(local, ORDERS, knownOrders().slice(0, 50).join("\n"));
  delete session[GONE];
});
when("built", ({ purchase }) => {
  if (!purchase || purchase.cartId) return;
  // An emptied cart may be the next order's already.
  const cart = (group && group.cart) || make("cart", own.cart, fresh({ at: "cart" }));
  const id = cart && cart.totalQuantity ? cart.cartId : lastCart() || session[GONE];
  if (id) purchase.cartId = id;
});
