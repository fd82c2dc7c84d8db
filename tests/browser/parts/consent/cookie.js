test("the cookie's value, decoded", ({ load, document }) => {
  const { states } = load(["consent", "consent/cookie"]);
  document.cookie = "ok-part=" + encodeURIComponent('{"ads":"yes"}');
  equal(states.cookie({ cookie: "ok-part", path: "ads", value: "yes" }), true);
  equal(states.cookie({ cookie: "ok-part", path: "ads", value: "no" }), false);
  equal(states.cookie({ cookie: "other" }), false);
});
