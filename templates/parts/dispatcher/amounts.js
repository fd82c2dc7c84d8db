// What a product's price contradicts is taken out, as catalog/amounts.py does, and a rating off its scale.
const MOST = { rating: 5, discountedPercentage: 100 };
when("record", (entity, object, out, fill, fields, context) => {
  const before = out.unitPriceOriginal;
  const less = exact(before - out.unitPrice);
  const off = (/** @type {string} */ name, /** @type {number} */ real) =>
    less > 0 ? Math.abs(out[name] - real) : 0;
  /** @type {{[name: string]: any}} */
  const wrong = {
    rating: out.rating > MOST.rating,
    unitPriceOriginal: less <= 0,
    unitPriceWithoutVAT: out.unitPriceWithoutVAT > out.unitPrice,
    discountedAmount: off("discountedAmount", less) > 0.5,
    discountedPercentage:
      out.discountedPercentage > MOST.discountedPercentage ||
      off("discountedPercentage", (100 * less) / before) > 1,
  };
  keys(wrong).forEach((name) => {
    if (!wrong[name]) return;
    if (DEVELOPMENT) run("contradicted", name, out, context);
    out[name] = name == "discountedAmount" ? less : undefined;
  });
});
