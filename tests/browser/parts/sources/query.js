test("a parameter of the address, and of a hash router's", ({ load, window }) => {
  const kit = load(["sources/query"], { uses: { routes: true } });
  window.history.replaceState(null, "", "?q=mug#/x?r=2");
  const read = (name) => kit.read(["query", name], kit.fresh({}));
  equal([read("q"), read("r"), read("s")], ["mug", "2", null]);
});
