test("the browser is asked, and the client told", async ({ load, client, window }) => {
  const sent = client();
  window.connectif.subscribeToPushNotifications = (done) => done(null, {});
  load(["dispatcher/push"]).fire({ asks: "push-opt-in" }, {});
  await after(20);
  equal(
    sent.map(({ events }) => events),
    [[]],
  );
});
