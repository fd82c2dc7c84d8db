test("one id per cart, until it is emptied", ({ load }) => {
  const kit = load(["dispatcher/cart_id"]);
  const first = kit.sources.auto();
  equal([kit.sources.auto() === first, first.length > 8], [true, true]);
  kit.run("close", { cart: { products: [] } });
  equal(kit.sources.auto() === first, false);
});
