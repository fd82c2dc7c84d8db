test("an event gives consent, another takes it", ({ load, window }) => {
  const plan = { consent: { event: ["ok"], withdrawn: ["no"], detail: "ads" } };
  const { states } = load(["consent", "consent/event"], { plan });
  window.dispatchEvent(new CustomEvent("ok", { detail: { ads: "denied" } }));
  equal(states.event(), false);
  window.dispatchEvent(new CustomEvent("ok", { detail: { ads: true } }));
  equal(states.event(), true);
  window.dispatchEvent(new CustomEvent("no"));
  equal(states.event(), false);
});
