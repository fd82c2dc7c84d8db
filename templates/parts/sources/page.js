// The path as the plan's `match` has it: below the shop's folder, one form for `/p/mug/` and `/p/mug.html`.
sources.page = (_, context) => {
  if (USES.routes) context.found.push(location);
  return bare(pathOf(location.href));
};
