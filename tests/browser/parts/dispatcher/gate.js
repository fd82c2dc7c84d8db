const PARTS = ["dispatcher/start", "consent", "consent/global", "dispatcher/gate"];
test("nothing before consent, and nothing after it is withdrawn", async ({ load, client, window }) => {
  const sent = client();
  const kit = load(PARTS, { uses: { visits: true }, plan: { consent: { global: "yes" } } });
  await after(30);
  equal([sent.length, kit.allowed(), window.connectifKit.agreed()], [0, false, false]);
  window.yes = true;
  kit.lookAtConsent();
  await after(30);
  equal(sent.length, 1);
  window.yes = false;
  kit.lookAtConsent();
  kit.fire({ send: "x" }, {});
  await after(30);
  equal(sent.length, 1);
});
