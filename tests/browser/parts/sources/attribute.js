test("an attribute of the element at hand", ({ load, document }) => {
  const { sources } = load(["sources/attribute"]);
  document.body.innerHTML = "<p data-id=7></p>";
  equal(sources.attribute("data-id", { element: document.querySelector("p") }), "7");
  equal(sources.attribute("data-id", {}) === undefined, true);
});
