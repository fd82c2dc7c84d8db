test("the client is loaded when the visitor agrees", ({ load, document, window }) => {
  const plan = { key: "k", client: "https://cdn.example/k", consent: { global: "yes" } };
  const kit = load({ loader: ["shown", "consent", "consent/global", "loader", "loader_gate"] }, { plan });
  equal(document.querySelectorAll("script").length, 0);
  window.yes = true;
  kit.lookAtConsent();
  equal(document.querySelectorAll("script").length, 1);
});
