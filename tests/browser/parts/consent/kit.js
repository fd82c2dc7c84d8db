test("the loader asks the dispatcher, and waits while there is none", ({ load, window }) => {
  const { states, agreed } = load({ loader: ["consent", "consent/kit"] });
  equal(agreed(), false);
  window.connectifKit = { agreed: () => true };
  equal(states.module(), true);
});
