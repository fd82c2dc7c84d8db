const line = { productId: "1", name: "n", unitPrice: 2, quantity: 1 };
const full = { cartId: "c", products: [line] };
test("an emptied cart is sent with the id that was sent last", async ({ load, client, window }) => {
  const sent = client();
  window.localStorage.setItem("basket", JSON.stringify(full));
  const kit = load(["dispatcher/cart", "sources/storage"], {
    plan: { own: { cart: ["storage", "basket"] } },
  });
  kit.fire({ asks: "cart" }, {});
  await after(20);
  for (const text of [null, "", "{}", "[]", '{"products":[]}']) {
    if (text === null) window.localStorage.removeItem("basket");
    else window.localStorage.setItem("basket", text);
    kit.local["connectif-kit.last-cart"] = "c";
    kit.fire({ asks: "cart" }, {});
    await after(20);
    equal(sent.pop().cart, { cartId: "c", totalQuantity: 0, totalPrice: 0, products: [] });
  }
});
test("a place that is not there yet empties nothing", ({ load }) => {
  const kit = load(["dispatcher/cart"]);
  kit.local["connectif-kit.last-cart"] = "c";
  equal(kit.make("cart", ["global", "missing"], kit.fresh({})) === undefined, true);
});
test("the last cart is remembered where the shop keeps its own: in the browser, or in one tab", async ({
  load,
  client,
  window,
}) => {
  client();
  const { localStorage: browser, sessionStorage: tab } = window;
  const remembered = async (own) => {
    const kit = load(["dispatcher/cart", "sources/storage"], {
      plan: { own: { cart: ["storage", "basket"] } },
    });
    own.setItem("basket", JSON.stringify(full));
    kit.fire({ asks: "cart" }, {});
    await after(20);
    return [browser, tab].map((each) => each.getItem("connectif-kit.last-cart"));
  };
  equal(await remembered(browser), ["c", null]);
  browser.clear();
  equal(await remembered(tab), [null, "c"]);
});
