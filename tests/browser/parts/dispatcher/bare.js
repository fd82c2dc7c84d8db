test("one form for a path", ({ load }) => {
  const { bare } = load([]);
  equal(["/p/mug/", "p/mug", "/", ""].map(bare), ["/p/mug", "/p/mug", "/", "/"]);
});
