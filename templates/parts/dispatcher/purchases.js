// An order is reported once, however often it is told or its page is seen.
const ORDERS = "connectif-kit.purchases";
/** @type {string[] | undefined} */
let orders;
// Kept here too: there may be no storage.
const knownOrders = () =>
  (orders = orders || (quietly(() => localStorage.getItem(ORDERS)) || "").split("\n"));
/** Whether an order has not been told; what is on its way counts already. */
const unreported = (/** @type {any} */ { purchase }) =>
  !purchase || (!knownOrders().includes(purchase.purchaseId) && !!knownOrders().unshift(purchase.purchaseId));
const keepOrders = () => quietly(() => localStorage.setItem(ORDERS, knownOrders().slice(0, 50).join("\n")));
when("close", (now) => {
  now.events = now.events.filter(unreported);
});
when("sent", (now, events) => {
  if (!events.some((/** @type {any} */ event) => event.purchase)) return;
  keepOrders();
  quietly(() => sessionStorage.removeItem(GONE));
});
when("built", ({ purchase }) => {
  if (!purchase || purchase.cartId) return;
  // An emptied cart may be the next order's already.
  const cart = (group && group.cart) || make("cart", own.cart, fresh({ at: "cart" }));
  const id = cart && cart.totalQuantity ? cart.cartId : lastCart() || emptiedCart();
  if (id) purchase.cartId = id;
});
