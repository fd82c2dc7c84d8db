test("split, nth, levels, slug, prefix, base and default", ({ load }) => {
  const { mend } = load(["dispatcher/mend"]);
  equal(mend("a, b", { split: "," }), ["a", "b"]);
  equal(mend("a, b", { split: ",", nth: -1 }), "b");
  equal(mend("A > B", { levels: ">" }), "/A/B");
  equal(mend("Caf\u00e9 Noir", { slug: true }), "cafe-noir");
  equal(mend("7", { prefix: "sku-" }), "sku-7");
  equal(mend("./x", { base: "https://a.example/p/" }), "https://a.example/p/x");
  equal(mend("", { default: "none" }), "none");
  equal(mend("YES", { map: [["yes", "subscribed"]] }), "subscribed");
});
