test("what a key of the storage says", ({ load, window }) => {
  const { states } = load(["consent", "consent/storage"]);
  equal(states.storage({ storage: "ok" }), false);
  window.localStorage.setItem("ok", "true");
  equal(states.storage({ storage: "ok" }), true);
});
