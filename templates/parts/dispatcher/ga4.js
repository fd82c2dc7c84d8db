// GA4's items may leave out that there is one of them.
when("record", (entity, object, out, fill, fields) => {
  if (entity == LINE && (!fields || object.item_id != null)) fill("quantity", 1);
});
