test("without consent in the plan it starts by itself", async ({ load, client }) => {
  const sent = client();
  load(["dispatcher/start", "dispatcher/free"], { uses: { visits: true } });
  await after(30);
  equal(sent.length, 1);
});
