test("prices in another currency are not the store's", ({ load }) => {
  const kit = load(["dispatcher/currency"], { plan: { currency: "EUR" } });
  const made = (currency) =>
    !!kit.record("product", { productId: 1, name: "n", unitPrice: 2, currency }, undefined, kit.fresh({}));
  equal(["EUR", "eur", "USD", undefined, 5].map(made), [true, true, false, true, true]);
});
