sources.data_layer = (names, context, source) => {
  const item = layerItems.find(({ entry }) => names.includes(entry.event));
  if (!item || !belongs(item, context.view)) return undefined;
  if (USES.routes) context.found.push(true);
  return dig(item.entry, source[3]);
};
