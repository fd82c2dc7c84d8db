test("a view sends its visit once", async ({ load, client }) => {
  const sent = client();
  const kit = load([], { uses: { visits: true } });
  kit.begin({ whole: true });
  await after(30);
  kit.look();
  await after(30);
  equal(
    sent.map(({ events }) => events),
    [[{ type: "page-visit" }]],
  );
});
test("a page that promises a product waits for it", async ({ load, client, document }) => {
  const sent = client();
  const pages = [["", 0, "product", 1]];
  const kit = load([], { uses: { visits: true, products: true }, plan: { pages } });
  kit.begin({ whole: true });
  await after(30);
  equal(sent.length, 0);
  document.body.innerHTML =
    "<div class=cn_product_visited><b class=product_id>m</b><b class=name>M</b><b class=unit_price>2</b></div>";
  kit.look();
  await after(30);
  equal(
    sent[0].events.map(({ type }) => type),
    ["product-visited", "page-visit"],
  );
});
test("leaving sends the visit and no more", async ({ load, client }) => {
  const sent = client();
  const kit = load([], { uses: { visits: true }, plan: { pages: [["", 0, "product", 1]] } });
  kit.begin({ whole: true });
  kit.leave();
  await after(30);
  equal(
    sent.map(({ events }) => events),
    [[{ type: "page-visit" }]],
  );
});
test("one form for the addresses of a page", ({ load }) => {
  const { tidy } = load([]);
  equal(
    ["/p/mug", "/p/mug.html", "/p/mug/index.html", "/caf%C3%A9"].map((one) => tidy(one)),
    ["/p/mug", "/p/mug", "/p/mug", "/caf\u00e9"],
  );
  equal(tidy("/shop/p/mug", "/shop"), "/p/mug");
});
