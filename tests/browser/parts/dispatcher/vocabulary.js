test("rows say their names, marks and words", ({ load }) => {
  const plan = {
    entities: { contact: "primaryKey=!% newsletterStatus==status=yes|no customField1" },
    custom: ["Club"],
  };
  const { contact } = load([], { plan }).entities;
  equal(
    contact.map(([js, marks, html, words]) => [js, marks, html, words || ""]),
    [
      ["primaryKey", "!%", "primary_key", ""],
      ["newsletterStatus", "", "status", "yes|no"],
      ["customField1", "", "custom_field_1", ""],
      ["Club", "&?", "Club", ""],
    ],
  );
});
test("an entity's name stands for its rows", ({ load }) => {
  const { entities } = load([]);
  equal(entities.product_basket_item.slice(0, entities.product.length), entities.product);
});
