const plan = { layer: "dataLayer" };
test("entries that are there, that come, and that a new layer has", ({ load, window }) => {
  window.dataLayer = [["event", "a", { v: 1 }]];
  const kit = load(["dispatcher/data_layer"], { plan });
  const seen = [];
  kit.when("entry", ({ event }) => seen.push(event));
  kit.run("start");
  kit.begin({ whole: true });
  window.dataLayer.push({ event: "b" });
  window.dataLayer = [{ event: "c" }];
  kit.listenToLayer();
  kit.drain();
  equal(seen, ["a", "b", "c"]);
});
test("`ecommerce` that was pushed before its event", ({ load }) => {
  const { entryOf } = load(["dispatcher/data_layer"], { plan });
  entryOf({ ecommerce: { items: [1] } });
  equal(entryOf({ event: "add_to_cart" }).items, [1]);
  equal(entryOf({ event: "add_to_cart" }).items === undefined, true);
});
