test("the path below the shop's folder", ({ load }) => {
  const kit = load(["sources/page"], { plan: { base: "/shop" } });
  equal(kit.bare(kit.tidy("/shop/p/mug/index.html", "/shop")), "/p/mug");
  equal(typeof kit.read(["page", "path"], kit.fresh({})), "string");
});
