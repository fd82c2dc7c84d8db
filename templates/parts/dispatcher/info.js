/** The plan's words on the page (360014710840), those of its own kind first. */
const infoOf = (
  /** @type {View} */ now,
  /** @type {{[page: string]: Fields}} */ info,
  /** @type {Context} */ shared,
) => {
  const fields = info[now.kind[2]] || {};
  const made = keys(fields).reduce((all, name) => {
    const context = { ...shared, at: "pages/" + now.kind[2], view: now };
    const given = /** @type {any} */ (fields[name]);
    const value = Array.isArray(given[0])
      ? /** @type {any[]} */ ([]).concat(...given.map((/** @type {Source} */ one) => read(one, context)))
      : read(given, context);
    return value == null
      ? all
      : { ...all, [name]: name == "title" ? text(value) : [].concat(value).map(text) };
  }, {});
  return keys(made).length ? made : undefined;
};
when("sending", (now, sending) => {
  const { info } = plan;
  if (info) sending.describe = (/** @type {Context} */ context) => infoOf(now, info, context);
});
