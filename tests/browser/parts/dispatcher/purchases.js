test("an order is reported once", ({ load }) => {
  const kit = load(["dispatcher/cart", "dispatcher/purchases"]);
  const events = () => [{ purchase: { purchaseId: "o" } }, { type: "x" }];
  const [first, second] = [{ events: events() }, { events: events() }];
  kit.run("close", first);
  kit.run("close", second);
  equal([first.events.length, second.events.length], [2, 1]);
});
test("an order without a cart's id takes that of the cart that was emptied", ({ load }) => {
  const kit = load(["dispatcher/cart", "dispatcher/purchases"]);
  kit.session["connectif-kit.emptied-cart"] = "c";
  const event = { purchase: { purchaseId: "o" } };
  kit.run("built", event);
  equal(event.purchase.cartId, "c");
});
