test("the newest entry of a name", ({ load, window }) => {
  window.dataLayer = [
    { event: "e", v: 1 },
    { event: "e", v: 2 },
  ];
  const kit = load(["dispatcher/data_layer", "sources/data_layer"], { plan: { layer: "dataLayer" } });
  kit.run("start");
  kit.begin({ whole: true });
  equal(kit.read(["data_layer", ["e"], null, "v"], kit.fresh({})), 2);
  equal(kit.read(["data_layer", ["other"], null, "v"], kit.fresh({})) === undefined, true);
});
