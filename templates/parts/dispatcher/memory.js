// Products seen in this visit tell what a cart's lines leave out.
const PRODUCTS = "connectif-kit.products";
const remembered = () => [].concat(json(session[PRODUCTS]) || []);
when("product", (product) => {
  /** @type {any[]} */
  const others = remembered().filter(
    (/** @type {any} */ other) => Object(other).productId != product.productId,
  );
  keep(session, PRODUCTS, spell([product, ...others].slice(0, 50)));
});
when("record", (entity, object, out, fill) => {
  if (entity != LINE) return;
  /** @type {any} */
  const known = remembered().find((/** @type {any} */ product) => Object(product).productId == out.productId);
  // Its own price counts; another variant's may be on the page that was seen.
  keys(known || {}).forEach((name) => fill(name, known[name]));
});
when("withdrawn", () => {
  delete session[PRODUCTS];
});
