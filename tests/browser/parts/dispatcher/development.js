const dev = (promises = {}) => ({
  places: { "events/a": "connectif.yaml:3:1" },
  promises,
  labels: { unitPrice: "unit_price" },
  file: "connectif.yaml",
});
const warned = (window) => {
  const said = [];
  window.console.warn = (...words) => said.push(words.join(" "));
  return said;
};
test("what is left out, with the plan's line", ({ load, window }) => {
  const said = warned(window);
  const promises = { product: { unitPrice: ["a number", {}, true] } };
  const kit = load(["dispatcher/development"], { development: true, plan: { dev: dev(promises) } });
  kit.record(
    "product",
    { productId: 1, name: "n", unitPrice: "free" },
    undefined,
    kit.fresh({ at: "events/a" }),
  );
  equal(
    said[0],
    'connectif-kit: connectif.yaml:3:1: unit_price is left out: expected a number, got "free"; without it no product is sent',
  );
});
test("what fails in a part is named, and the rest goes on", ({ load, window }) => {
  const said = warned(window);
  const kit = load(["dispatcher/development"], { development: true, plan: { dev: dev() } });
  kit.attempt(() => {
    throw new Error("broken");
  });
  equal(said, ["connectif-kit: Error: broken"]);
});
