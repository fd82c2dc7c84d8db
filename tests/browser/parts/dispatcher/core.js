test("a listener that throws stops no other, at any hook", ({ load }) => {
  const { when, run } = load([]);
  const calls = [];
  when("x", () => {
    throw new Error("broken");
  });
  when("x", (given) => calls.push(given));
  run("x", 1);
  run("nobody");
  equal(calls, [1]);
});
test("what a listener of the page throws stays with us", ({ load, document }) => {
  const { on } = load([]);
  const calls = [];
  on(document, "x", () => {
    throw new Error("broken");
  });
  on(document, "x", () => calls.push(1));
  document.dispatchEvent(new Event("x"));
  equal(calls, [1]);
});
test("one task, one object", async ({ load }) => {
  const { sameTask } = load([]);
  const first = sameTask();
  equal(sameTask() === first, true);
  await after(20);
  equal(sameTask() === first, false);
});
test("a listener that throws, at each hook there is, loses no visit and no event", async ({
  load,
  client,
  sources,
}) => {
  const calls = Object.values(sources).flatMap((text) => [...text.matchAll(/\brun\("(\w+)"/g)]);
  const names = [...new Set(calls.map(([, name]) => name))];
  equal(names.length > 15, true);
  const parts = ["cart", "purchases", "memory", "product_url", "ga4", "start"].map(
    (name) => "dispatcher/" + name,
  );
  for (const name of names) {
    const sent = client();
    const kit = load(parts, {
      uses: { visits: true },
      plan: { own: { cart: ["literal", { cartId: "c", products: [] }] } },
    });
    kit.when(name, () => {
      throw new Error("broken");
    });
    // Before every other listener.
    kit.hooks[name].unshift(kit.hooks[name].pop());
    kit.start();
    kit.fire({ send: "custom" }, {});
    await after(20);
    const types = sent.flatMap(({ events }) => events.map(({ type }) => type)).sort();
    equal([name, types], [name, ["custom", "page-visit"]]);
  }
});
