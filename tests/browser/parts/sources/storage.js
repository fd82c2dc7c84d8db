test("a key, a path inside its JSON, either storage", ({ load, window }) => {
  window.localStorage.setItem("shop.user", '{"mail":"a@b.example"}');
  window.sessionStorage.setItem("only", "7");
  const kit = load(["sources/storage"]);
  const read = (key, path) => kit.read(["storage", key, null, path], kit.fresh({}));
  equal(
    [read("shop.user.mail"), read("shop.user", "mail"), read("only")],
    ["a@b.example", "a@b.example", "7"],
  );
});
