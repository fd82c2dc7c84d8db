const body =
  "<form><input id=a value=1><input id=b type=checkbox value=2></form><p class=x>u</p><p class=x>v</p>";
test("text, value, attribute and property", ({ load, document }) => {
  document.body.innerHTML = body;
  const kit = load(["sources/selector"], { uses: { reading: true } });
  const read = (selector, options) => kit.read(["selector", selector, null, options], kit.fresh({}));
  equal(
    [read(".x"), read("#a"), read("#a", { attribute: "id" }), read("#b", { property: "checked" })],
    ["u", "1", "a", false],
  );
  equal(read(".x", { all: true }), ["u", "v"]);
  equal(read("#b") === undefined, true);
});
test("inside the element at hand first", ({ load, document }) => {
  document.body.innerHTML = "<i>a</i><div><i>b</i></div>";
  const kit = load(["sources/selector"], { uses: { reading: true } });
  equal(kit.read(["selector", "i"], kit.fresh({ element: document.querySelector("div") })), "b");
});
