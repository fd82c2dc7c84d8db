// Contact and cart as the platform would know them by now.
const latestOf = (state, name) => {
  const found = state.records.filter((record) => record[name] && record.visitor === visitor);
  return found.length ? found[found.length - 1][name] : null;
};
const visitorTab = (state) => {
  const contact = latestOf(state, "contact");
  const cart = latestOf(state, "cart");
  const lines = (cart && Array.isArray(cart.value.products) && cart.value.products) || [];
  return make(
    "div",
    {},
    section("contact", t("Contact"), contact ? verdictTable(contact.verdicts) : make("p", { class: "quiet" }, t("An anonymous visitor: no contact was sent yet."))),
    section(
      "cart",
      t("Cart"),
      !cart && make("p", { class: "quiet" }, t("No cart was sent yet.")),
      cart && make("p", { class: "sum" }, make("b", {}, show(cart.value.totalPrice)), " ", tn(Number(cart.value.totalQuantity) || 0, "for {n} unit in cart", "for {n} units in cart"), " ", make("code", {}, show(cart.value.cartId))),
      cart && !lines.length && make("p", { class: "quiet" }, t("Emptied: nothing will count as abandoned.")),
      lines.length > 0 && make("table", {}, make("tbody", {}, lines.map((line) => make("tr", {}, make("th", { scope: "row" }, show(line.name) || show(line.productId)), make("td", {}, `${show(line.quantity)} × ${show(line.unitPrice)}`), make("td", { class: "kind" }, show(line.price)))))),
      cart && make("details", { class: "raw" }, make("summary", {}, t("Every property")), verdictTable(cart.verdicts))
    )
  );
};
