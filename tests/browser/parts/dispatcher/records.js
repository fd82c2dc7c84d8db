test("a path: a key with dots, a list, a number in it", ({ load }) => {
  const { dig } = load([]);
  const object = { "a.b": 1, c: [{ d: 2 }, { d: 3 }, {}], e: { f: null } };
  equal(
    [dig(object, "a.b"), dig(object, "c.1.d"), dig(object, "c.d"), dig(object, "")],
    [1, 3, [2, 3], object],
  );
  equal(
    [dig(object, "x.y"), dig("text", "length"), dig(object, "e.f.g")].map((one) => one == null),
    [true, true, true],
  );
});
test("kinds take what is theirs", ({ load }) => {
  const { valued } = load([]);
  const as = (marks, value, words) => valued(marks, value, words) ?? null;
  equal(
    [as("#", "12.5"), as("#", "12,5"), as("#", "-1"), as("#", 12.100000000000001)],
    [12.5, null, null, 12.1],
  );
  equal([as("%", "a@b.example"), as("%", "a(at)b")], ["a@b.example", null]);
  equal([as("@", "/p/"), as("@", "//cdn.example/p")], ["https://shop.example/p/", "//cdn.example/p"]);
  equal([as("~", "2026-02-03"), as("~", "3.2.2026")], ["2026-02-03", null]);
  equal([as("", "instock", "InStock|OutOfStock"), as("", "soon", "InStock")], ["InStock", null]);
  equal(as("&", { any: [1] }), { any: [1] });
});
test("an entity without what is required is none", ({ load }) => {
  const kit = load([]);
  equal(kit.record("product", { productId: 1, name: "n", unitPrice: "2" }, undefined, kit.fresh({})), {
    productId: "1",
    name: "n",
    unitPrice: 2,
  });
  equal(kit.record("product", { productId: 1, name: "n" }, undefined, kit.fresh({})) === undefined, true);
});
test("totals are reckoned in decimals, and not made up where a line cannot be read", ({ load }) => {
  const kit = load([]);
  const line = (unitPrice, quantity) => ({ productId: "1", name: "n", unitPrice, quantity });
  const cart = (...products) => kit.record("cart", { cartId: "c", products }, undefined, kit.fresh({}));
  const made = cart(line(0.1, 1), line(0.2, 1), line(4.35, 100));
  equal([made.totalPrice, made.totalQuantity], [435.3, 102]);
  equal(cart(line(1, 1), line("?", 1)) === undefined, true);
});
test("a tag is read by its classes", ({ load, document }) => {
  document.body.innerHTML =
    "<div><b class=product_id>m</b><b class=name> Mug </b><b class=unit_price>2</b><b class=category>/a</b><b class=category>/b</b></div>";
  const kit = load([]);
  const found = kit.record("product", document.querySelector("div"), undefined, kit.fresh({}));
  equal([found.name, found.categories], ["Mug", ["/a", "/b"]]);
});
