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
