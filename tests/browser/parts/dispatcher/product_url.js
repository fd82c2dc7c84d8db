test("an address from the catalogue's template, where there is none", ({ load }) => {
  const kit = load(["dispatcher/product_url"], { plan: { product_url: "https://a.example/p/{productId}/" } });
  const product = { productId: "1", name: "n", unitPrice: 2 };
  equal(kit.record("product", product, undefined, kit.fresh({})).productDetailUrl, "https://a.example/p/1/");
  equal(
    kit.record("product", { ...product, url: "/x" }, undefined, kit.fresh({})).productDetailUrl,
    "https://shop.example/x",
  );
});
