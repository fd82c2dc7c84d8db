test("filled from the object at hand, or nothing", ({ load }) => {
  const kit = load(["sources/template"]);
  const read = (object) => kit.read(["template", "/p/{id}/"], kit.fresh({ object }));
  equal([read({ id: 7 }), read({}) === undefined], ["/p/7/", true]);
});
