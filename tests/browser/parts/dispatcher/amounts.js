test("what the price contradicts is left out, and a rating off its scale", ({ load }) => {
  const product = "productId=! unitPrice=!# unitPriceOriginal=# unitPriceWithoutVAT=# rating=# discountedAmount=#";
  const kit = load(["dispatcher/amounts"], { plan: { entities: { product } } });
  const made = (more) => {
    const { productId, unitPrice, ...rest } = kit.record(
      "product",
      { productId: "m", unitPrice: 10, ...more },
      undefined,
      kit.fresh({}),
    );
    return JSON.parse(JSON.stringify(rest));
  };
  equal(made({ unitPriceOriginal: 12, unitPriceWithoutVAT: 8, rating: 5 }), {
    unitPriceOriginal: 12,
    unitPriceWithoutVAT: 8,
    rating: 5,
  });
  equal(made({ unitPriceOriginal: 9, unitPriceWithoutVAT: 11, rating: 9.2 }), {});
  equal(made({ unitPriceOriginal: 12.1, discountedAmount: 17 }), { unitPriceOriginal: 12.1, discountedAmount: 2.1 });
});
