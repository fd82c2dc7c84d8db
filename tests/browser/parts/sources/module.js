test("what a module returns, and what its promise brings later", async ({ load }) => {
  const modules = { "now.js": () => 1, "late.js": () => Promise.resolve(2) };
  const kit = load(["sources/module"], { modules });
  equal(kit.read(["module", "now.js"], kit.fresh({})), 1);
  const context = kit.fresh({});
  equal(kit.read(["module", "late.js"], context) === undefined, true);
  await new Promise((again) => equal(kit.awaits(context, again), true));
  equal(kit.read(["module", "late.js"], context), 2);
});
test("a module that fails gives nothing", ({ load }) => {
  const modules = {
    "bad.js": () => {
      throw new Error();
    },
  };
  const kit = load(["sources/module"], { modules });
  equal(kit.read(["module", "bad.js"], kit.fresh({})) === undefined, true);
});
