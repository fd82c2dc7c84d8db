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
test("a number in any notation, or the text with a sign that it is none", ({ load }) => {
  const { mend } = load(["dispatcher/mend"], { plan: { number: "(-)?([0-9.,]*[0-9])([.,]-)?" } });
  const read = (text, number = "auto") => mend(text, { number });
  equal(read("12,50"), "12.50");
  equal(read(".99"), "0.99");
  equal(read("1.299,-"), "1299");
  equal(read("1,299.50"), "1299.50");
  equal(read("1.299"), "1.299?");
  equal(read("1.299", "comma"), "1299");
  equal(read("1.299", "point"), "1.299");
});
