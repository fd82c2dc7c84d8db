// GA4's items may leave out that there is one of them.
when("record", (entity, object, out, fill, fields) => {
  if (entity == LINE && (!fields || object.item_id != null)) fill("quantity", 1);
});
/** GA4's category with its levels; a list of categories is one. */
pick = (object, name) =>
  name != plan.ga4_category || !object[name]
    ? object[name]
    : Array.isArray(object[name])
      ? object[name].map((one) => "/" + one)
      : "/" +
        ["", 2, 3, 4, 5]
          .map((level) => object[name + level])
          .filter(Boolean)
          .join("/");
