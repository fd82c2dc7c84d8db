test("what the page may call", async ({ load, client, window, document }) => {
  const sent = client();
  const rules = [{ name: "a", send: "custom", payload: { v: ["attribute", "data-v"] } }];
  load(["sources/attribute", "dispatcher/start"], { plan: { rules } });
  const element = document.createElement("p");
  element.setAttribute("data-v", "7");
  window.connectifKit.send("a", element);
  await after(20);
  window.connectifKit.contact({ primaryKey: "a@b.example" });
  await after(20);
  equal(
    sent.map(({ events, entityInfo }) => [events, entityInfo || null]),
    [
      [[{ type: "custom", payload: { v: "7" } }], null],
      [[], { primaryKey: "a@b.example" }],
    ],
  );
  equal(window.connectifKit.version, "1");
});
