test("without consent in the plan nothing is waited for", ({ load, document }) => {
  load(
    { loader: ["shown", "loader", "loader_free"] },
    { plan: { key: "k", client: "https://cdn.example/k" } },
  );
  equal(document.querySelectorAll("script").length, 1);
});
