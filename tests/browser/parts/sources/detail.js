test("a path in what the event brought", ({ load }) => {
  const kit = load(["sources/detail"]);
  equal(kit.read(["detail", "a.b"], kit.fresh({ detail: { a: { b: 1 } } })), 1);
});
