test("an event is sent; a cart is watched for", async ({ load, client }) => {
  const sent = client();
  const kit = load(["dispatcher/cart", "triggers/happened"], {
    plan: {
      own: {
        cart: [
          "literal",
          { cartId: "c", products: [{ productId: "1", name: "n", unitPrice: 2, quantity: 1 }] },
        ],
      },
    },
  });
  kit.happened({ send: "custom" }, {});
  await after(20);
  equal(
    sent.map(({ events }) => events.map(({ type }) => type)),
    [["custom"]],
  );
  kit.happened({ asks: "cart", watch: 1 }, {});
  await after(50);
  equal(sent.length, 1); // the cart was sent with the event
});
