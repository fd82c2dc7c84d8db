test("a meta by name or property", ({ load, document }) => {
  document.head.innerHTML = '<meta name="a" content="1"><meta property="og:b" content="2">';
  const kit = load(["sources/meta"]);
  equal([kit.read(["meta", "a"], kit.fresh({})), kit.read(["meta", "og:b"], kit.fresh({}))], ["1", "2"]);
});
