test("a line takes what a product that was seen has", ({ load }) => {
  const kit = load(["dispatcher/memory"]);
  kit.run("product", { productId: "1", name: "Mug", unitPrice: 3, productDetailUrl: "https://a.example/" });
  const line = kit.record(
    "product_basket_item",
    { productId: "1", unitPrice: 2, quantity: 2 },
    undefined,
    kit.fresh({}),
  );
  equal([line.name, line.unitPrice, line.price], ["Mug", 2, 4]);
});
