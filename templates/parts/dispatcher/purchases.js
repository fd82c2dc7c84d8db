// An order is reported once, however often its page is seen.
const ORDERS = "connectif-kit.purchases";
let orders;
const unreported = (event) => {
  // Kept here too: there may be no storage.
  orders = orders || (quietly(() => localStorage.getItem(ORDERS)) || "").split("\n");
  return !event.purchase || !orders.includes(event.purchase.purchaseId);
};
const reported = (event) => {
  if (!event.purchase) return;
  orders.unshift(event.purchase.purchaseId);
  quietly(() => localStorage.setItem(ORDERS, orders.slice(0, 50).join("\n")));
};
