test("the client's script comes once, under its id", ({ load, document, window }) => {
  const plan = { key: "k", client: "https://cdn.example/k", nonce: false };
  load({ loader: ["shown", "loader", "loader_free"] }, { plan });
  load({ loader: ["shown", "loader", "loader_free"] }, { plan });
  equal(
    [...document.querySelectorAll("script")].map((one) => [one.id, one.src]),
    [["__cn_client_script_k", "https://cdn.example/k"]],
  );
});
