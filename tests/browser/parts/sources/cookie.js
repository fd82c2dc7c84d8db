test("a cookie as text, or inside its JSON", ({ load, document }) => {
  const kit = load(["sources/cookie"]);
  document.cookie = "part-a=plain";
  document.cookie = "part-b=" + encodeURIComponent('{"x":{"y":2}}');
  equal(kit.read(["cookie", "part-a"], kit.fresh({})), "plain");
  equal(kit.read(["cookie", "part-b", null, "x.y"], kit.fresh({})), 2);
});
