test("heard wherever it is dispatched, with its detail", async ({ load, client, document }) => {
  const sent = client();
  const rules = [{ name: "a", event: ["shop:x"], send: "custom", payload: { v: ["detail", "v"] } }];
  const kit = load(["sources/detail", "triggers/happened", "triggers/event"], { plan: { rules } });
  kit.run("start");
  document.dispatchEvent(new CustomEvent("shop:x", { detail: { v: 1 } }));
  await after(20);
  equal(sent[0].events, [{ type: "custom", payload: { v: 1 } }]);
});
