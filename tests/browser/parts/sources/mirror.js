test("the cart that the mirror holds", ({ load, window }) => {
  const plan = { layer: "dataLayer", own: { cart: ["mirror"] } };
  const kit = load(["dispatcher/cart", "dispatcher/mirror", "sources/mirror"], { plan });
  kit.keepMirror({ cartId: "c", products: [] });
  equal(kit.sources.mirror().cartId, "c");
});
