const plan = { spa: { query: ["page"] } };
test("a view for each route, not for each parameter", ({ load, window }) => {
  const kit = load(["dispatcher/routes"], { plan });
  const route = (address) => kit.routeOf(address);
  equal(route("/a?utm_source=x"), route("/a/"));
  equal(route("/a?page=2") === route("/a"), false);
  equal(route("/#/a"), route("/a"));
});
test("a change of address that leads on is not a view of its own", async ({ load, client, window }) => {
  const sent = client();
  const kit = load(["dispatcher/routes"], { plan });
  kit.run("start");
  kit.begin({ whole: true, landing: true });
  const first = kit.view;
  window.history.replaceState(null, "", "/elsewhere");
  equal(kit.view === first, true);
  equal(kit.view.path, "/elsewhere");
});
test("a new route is a new view, without what the last one had", async ({
  load,
  client,
  window,
  document,
}) => {
  client();
  const kit = load(["dispatcher/routes"], { plan });
  kit.run("start");
  document.title = "One";
  kit.begin({ whole: true });
  const first = kit.view;
  await after(80);
  kit.look();
  window.history.pushState(null, "", "/two");
  equal([kit.view === first, kit.view.path], [false, "/two"]);
  equal(kit.isNews({ type: "x" }, { view: kit.view, found: [document.body] }), false);
  document.title = "Two";
  await after(80);
  equal(kit.waits.title(kit.view), true);
});
