// GA4's items may leave out that there is one of them.
when("record", (entity, object, out, fill, fields) => {
  if (entity == LINE && (!fields || object.item_id != null)) fill("quantity", 1);
});
/** GA4's category with its levels; a list of categories is one. */
/** @type {(object: any, name: string) => any} */
const pick = (object, name) => {
  if (name != plan.ga4_category) return object[name];
  const step = (/** @type {any} */ one) => text(one).replace(/^\/+/, "");
  const levels = ["", 2, 3, 4, 5].map((level) => object[name + level]);
  const paths = Array.isArray(object[name])
    ? object[name].map(step)
    : [levels.map(step).filter(Boolean).join("/")];
  return paths.filter(Boolean).map((path) => "/" + path);
};
