test("a path in the object at hand", ({ load }) => {
  const kit = load(["sources/path"]);
  equal(kit.read(["path", "a.0"], kit.fresh({ object: { a: [3] } })), 3);
});
