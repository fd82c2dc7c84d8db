test("tags are written for the client, and again in their place", ({ load, document }) => {
  const plan = {
    writes: true,
    tags: { contact: "cn_client_info", cart: "cn_cart" },
    own: { contact: ["global", "who"] },
  };
  const kit = load(["dispatcher/cart", "sources/global", "dispatcher/tags"], { plan });
  kit.run("close", { events: [], contact: { primaryKey: "a@b.example" } });
  kit.run("close", { events: [], contact: { primaryKey: "c@d.example" } });
  const tags = [...document.querySelectorAll(".cn_client_info")];
  equal(
    tags.map((tag) => [tag.hidden, tag.querySelector(".primary_key").textContent]),
    [[true, "c@d.example"]],
  );
});
