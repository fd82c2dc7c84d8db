test("what happens in one task goes in one call", async ({ load, client }) => {
  const sent = client();
  const kit = load([]);
  kit.fire({ send: "a" }, {});
  kit.fire({ send: "b" }, {});
  equal(sent.length, 0);
  await after(20);
  equal(
    sent.map(({ events }) => events.map(({ type }) => type)),
    [["a", "b"]],
  );
});
test("what waits for the client goes in one call, orders first", async ({ load, client }) => {
  const kit = load([]);
  kit.fire({ send: "a" }, {});
  await after(20);
  kit.fire(
    {
      send: "purchase",
      fields: { purchase: ["literal", { purchaseId: "o", totalPrice: 1, totalQuantity: 1, products: [] }] },
    },
    {},
  );
  await after(20);
  const sent = client();
  kit.flush();
  equal(
    sent.map(({ events }) => events.map(({ type }) => type)),
    [["purchase", "a"]],
  );
});
test("never one visitor's events under another's name", async ({ load, client }) => {
  const kit = load([]);
  for (const primaryKey of ["a@b.example", "c@d.example"]) {
    kit.fire({ send: "x", contact: ["literal", { primaryKey }] }, {});
    await after(20);
  }
  const sent = client();
  kit.flush();
  equal(
    sent.map(({ entityInfo }) => entityInfo.primaryKey),
    ["a@b.example", "c@d.example"],
  );
});
test("an event without a required field is not sent; one that may be missing is left out", async ({
  load,
  client,
}) => {
  const sent = client();
  const kit = load([]);
  kit.fire({ send: "a", fields: { x: ["literal", ""] } }, {});
  kit.fire({ send: "b", fields: { x: ["literal", ""] }, kinds: { x: "?" } }, {});
  await after(20);
  equal(
    sent.map(({ events }) => events),
    [[{ type: "b" }]],
  );
});
