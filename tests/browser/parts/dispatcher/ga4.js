const plan = { ga4_category: "item_category" };
test("categories with their levels, or as a list", ({ load }) => {
  const kit = load(["dispatcher/ga4"], { plan });
  const of = (item) => kit.pick(item, "item_category");
  equal(of({ item_category: "a", item_category2: "b" }), ["/a/b"]);
  equal(of({ item_category: ["a", "b"] }), ["/a", "/b"]);
  equal(kit.pick({ name: "n" }, "name"), "n");
});
