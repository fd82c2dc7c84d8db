test("a module's word", ({ load }) => {
  const modules = { "./yes.js": () => "granted", "./no.js": () => false };
  const { states } = load(["consent", "consent/module"], { modules });
  equal(states.module({ module: "./yes.js" }), true);
  equal(states.module({ module: "./no.js" }), false);
});
