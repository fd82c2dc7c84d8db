test("kept for the next page", ({ load, window }) => {
  const { keep, local } = load([]);
  keep(local, "k", "v");
  equal(window.localStorage.getItem("k"), "v");
});
test("a page without storage keeps until it ends", ({ load, window }) => {
  Object.defineProperty(window, "localStorage", {
    get() {
      throw new Error("denied");
    },
  });
  const { keep, local } = load([]);
  keep(local, "k", "v");
  equal(local.k, "v");
});
