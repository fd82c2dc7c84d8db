test("an update counts before a default", ({ load, window }) => {
  window.dataLayer = [["consent", "default", { ad_storage: "denied" }]];
  const { states } = load(["consent", "consent/google"], { plan: { layer: "dataLayer" } });
  equal(states.google({ google: ["ad_storage"] }), false);
  window.dataLayer.push(["consent", "update", { ad_storage: "granted" }]);
  equal(states.google({ google: ["ad_storage"] }), true);
});
test("a regional default may refuse and not grant", ({ load, window }) => {
  window.dataLayer = [["consent", "default", { a: "granted", b: "denied" }]];
  window.dataLayer.push(["consent", "default", { a: "denied", b: "granted", region: ["ES"] }]);
  const { states } = load(["consent", "consent/google"], { plan: { layer: "dataLayer" } });
  equal(states.google({ google: ["a"] }), false);
  equal(states.google({ google: ["b"] }), false);
});
