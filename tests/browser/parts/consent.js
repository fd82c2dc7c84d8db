const consent = (load, plan = {}) => load(["consent"], { plan });
test("a yes is the value itself, an item of a list, or a key that is true", ({ load }) => {
  const { says } = consent(load);
  equal(says("yes", "yes"), true);
  equal(says("a,b", "b"), true);
  equal(says(["b"], "b"), true);
  equal(says({ ads: true, stats: false }, "ads"), true);
  equal(says({ ads: true, stats: false }, "stats"), false);
});
test("words that refuse are not consent, nor is nothing", ({ load }) => {
  const { says } = consent(load);
  equal(
    ["denied", "0", "necessary", "", null, undefined].map((one) => says(one, undefined)),
    Array(6).fill(false),
  );
  equal(says("granted", undefined), true);
});
test("a cookie's text may be JSON or pairs", ({ load }) => {
  const { stated } = consent(load);
  equal(stated('{"a":{"b":1}}', "a.b"), 1);
  equal(stated("a=1&b=2", "b"), "2");
  equal(stated("{stamp:'x',ads:true}", "ads"), "true");
  equal(stated(null, "a") === undefined, true);
});
test("a state that throws is not consent", ({ load }) => {
  const kit = consent(load);
  kit.states.broken = () => {
    throw new Error();
  };
  equal(kit.agreed(), false);
});
