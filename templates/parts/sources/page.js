// The path as the plan's `match` has it: below the shop's folder, one form for `/p/mug/` and `/p/mug.html`.
sources.page = (_, context) => {
  context.found.push(location);
  const path = quietly(() => decodeURI(location.pathname)) || location.pathname;
  const base = plan.base || "";
  const below = (path + "/").startsWith(base + "/") ? path.slice(base.length) : path;
  return (
    "/" +
    below
      .replace(/(^|\/)index\.x?html?$/i, "$1")
      .replace(/\.x?html?$/i, "")
      .replace(/^\/+|\/+$/g, "")
  );
};
