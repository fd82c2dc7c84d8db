test("split, nth, levels, slug, prefix, base and default", ({ load }) => {
  const { transform } = load(["dispatcher/transform"]);
  equal(transform("a, b", { split: "," }), ["a", "b"]);
  equal(transform("a, b", { split: ",", nth: -1 }), "b");
  equal(transform("A > B", { levels: ">" }), "/A/B");
  equal(transform("Caf\u00e9 Noir", { slug: true }), "cafe-noir");
  equal(transform("7", { prefix: "sku-" }), "sku-7");
  equal(transform("./x", { base: "https://a.example/p/" }), "https://a.example/p/x");
  equal(transform("", { default: "none" }), "none");
  equal(transform("YES", { map: [["yes", "subscribed"]] }), "subscribed");
});
test("a number in any notation, or the text with a sign that it is none", ({ load }) => {
  const { transform } = load(["dispatcher/transform"], { plan: { number: "(-)?([0-9.,]*[0-9])([.,]-)?" } });
  const read = (text, number = "auto") => transform(text, { number });
  equal(read("12,50"), "12.50");
  equal(read(".99"), "0.99");
  equal(read("1.299,-"), "1299");
  equal(read("1,299.50"), "1299.50");
  equal(read("1.299"), "1.299?");
  equal(read("1.299", "comma"), "1299");
  equal(read("1.299", "point"), "1.299");
});
