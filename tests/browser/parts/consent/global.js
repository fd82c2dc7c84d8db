test("a path from the window", ({ load, window }) => {
  const { states } = load(["consent", "consent/global"]);
  window.shop = { consent: { ads: true } };
  equal(states.global({ global: "shop.consent.ads" }), true);
  equal(states.global({ global: "shop.missing.ads" }), false);
});
