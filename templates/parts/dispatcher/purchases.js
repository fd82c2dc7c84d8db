// An order is reported once, however often it is told or its page is seen.
const ORDERS = "connectif-kit.purchases";
let orders;
// Asked once for each event; what is on its way counts already.
const unreported = ({ purchase }) => {
  // Kept here too: there may be no storage.
  orders = orders || (quietly(() => localStorage.getItem(ORDERS)) || "").split("\n");
  return !purchase || (!orders.includes(purchase.purchaseId) && orders.unshift(purchase.purchaseId));
};
const reported = ({ purchase }) => purchase && quietly(() => localStorage.setItem(ORDERS, orders.slice(0, 50).join("\n")));
