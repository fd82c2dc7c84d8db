const jsonLd = (document, value) => {
  const script = document.createElement("script");
  script.type = "application/ld+json";
  script.textContent = JSON.stringify(value);
  document.head.append(script);
};
const product = (price) => ({
  "@type": "Product",
  sku: "m",
  name: "Mug",
  offers: { "@type": "Offer", price },
});
const PARTS = ["dispatcher/bare", "sources/structured"];
test("the one product of the page", ({ load, document }) => {
  jsonLd(document, product("12.50"));
  const kit = load(PARTS);
  const found = kit.read(["structured", ["json-ld"]], kit.fresh({ found: [] }));
  equal([found.productId, found.name, found.unitPrice], ["m", "Mug", 12.5]);
});
test("none where prices differ or products are several", ({ load, document }) => {
  jsonLd(document, { ...product(1), offers: [{ price: 1 }, { price: 2 }] });
  const kit = load(PARTS);
  equal(kit.read(["structured", ["json-ld"]], kit.fresh({ found: [] })) === undefined, true);
  jsonLd(document, product(3));
  equal(kit.read(["structured", ["json-ld"]], kit.fresh({ found: [] })) === undefined, true);
});
test("microdata alike", ({ load, document }) => {
  document.body.innerHTML =
    '<div itemscope itemtype="https://schema.org/Product"><b itemprop=sku>m</b><b itemprop=name>Mug</b>' +
    '<div itemprop=offers itemscope><meta itemprop=price content="3"></div></div>';
  const kit = load(PARTS);
  equal(kit.read(["structured", ["microdata"]], kit.fresh({ found: [] })).unitPrice, 3);
});
