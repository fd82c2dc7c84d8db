test("a page that is seen starts at once", ({ load }) => {
  const calls = [];
  load([]).whenShown(() => calls.push(1));
  equal(calls, [1]);
});
test("a prerendered page starts when it is seen", ({ load, document }) => {
  Object.defineProperty(document, "prerendering", { value: true });
  const calls = [];
  load([]).whenShown(() => calls.push(1));
  equal(calls, []);
  document.dispatchEvent(new Event("prerenderingchange"));
  document.dispatchEvent(new Event("prerenderingchange"));
  equal(calls, [1]);
});
