test("a path from the window", ({ load, window }) => {
  const kit = load(["sources/global"]);
  window.shop = { user: { mail: "a@b.example" } };
  equal(kit.read(["global", "shop.user.mail"], kit.fresh({})), "a@b.example");
});
