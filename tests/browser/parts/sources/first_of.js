test("the first that finds something, and false is something", ({ load }) => {
  const kit = load(["sources/first_of"]);
  const first = (...values) => kit.read(["first_of", values.map((one) => ["literal", one])], kit.fresh({}));
  equal(first("", [], null, "a"), "a");
  equal(first([""], ["b"]), ["b"]);
  equal(first(undefined, 0, 1), 0);
});
test("of a price, 0 gives way to a price after it, and to nothing else", ({ load }) => {
  const kit = load(["sources/first_of"]);
  const price = (...values) =>
    kit.read(["first_of", values.map((one) => ["literal", one]), null, []], kit.fresh({}));
  equal(price(0, "", "x", "0.00", 5, 6), 5);
  equal(price("0.00", "x"), "0.00");
  equal(price("x", 5), "x");
  equal(price([5], 6), [5]);
  equal(price("0.01", 5), "0.01");
});
test("a reduced price gives way to a regular one that is less", ({ load }) => {
  const kit = load(["sources/first_of"]);
  const price = (reduced, ...values) =>
    kit.read(["first_of", values.map((one) => ["literal", one]), null, reduced], kit.fresh({}));
  equal(price([1, 0], 12, 10), 10);
  equal(price([1, 0], 8, 10), 8);
  equal(price([1, 0], 12, 0), 12);
  equal(price([0, 1], 12, 10), 12);
  equal(price([1, 1, 0], 12, 8, 10), 8);
});
