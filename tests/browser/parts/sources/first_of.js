test("the first that finds something, and false is something", ({ load }) => {
  const kit = load(["sources/first_of"]);
  const first = (...values) => kit.read(["first_of", values.map((one) => ["literal", one])], kit.fresh({}));
  equal(first("", [], null, "a"), "a");
  equal(first([""], ["b"]), ["b"]);
  equal(first(undefined, 0, 1), 0);
});
