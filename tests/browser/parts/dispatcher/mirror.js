const item = (item_id, item_variant, quantity = 1) => ({
  item_id,
  item_variant,
  productId: item_id,
  name: "n",
  unitPrice: 2,
  quantity,
});
const PARTS = ["dispatcher/cart", "dispatcher/mirror"];
test("lines are told apart by item and variant", ({ load }) => {
  const kit = load(PARTS);
  const lines = () => kit.mirrored().products.map(({ key, quantity }) => [key, quantity]);
  kit.run("entry", { event: "add_to_cart", items: [item("a", "red")] });
  kit.run("entry", { event: "add_to_cart", items: [item("a", "blue"), item("a", "red")] });
  equal(lines(), [
    ["a\nred", 2],
    ["a\nblue", 1],
  ]);
  kit.run("entry", { event: "remove_from_cart", items: [item("a", "blue")] });
  equal(lines(), [["a\nred", 2]]);
});
test("an order ends the cart", ({ load }) => {
  const kit = load(PARTS);
  kit.run("entry", { event: "add_to_cart", items: [item("a")] });
  kit.run("entry", { event: "purchase" });
  equal(kit.mirrored() === undefined, true);
});
