sources.data_layer = (names, context, source) => {
  const item = layerItems.find(({ entry }) => names.includes(entry.event));
  if (!item || !belongs(item, context.view)) return undefined;
  // An item does not name its entry's currency.
  if (source[3] == "items.0" && foreign(item.entry)) {
    run("foreign", "product", item.entry, context);
    return undefined;
  }
  context.found.push(true);
  return dig(item.entry, source[3]);
};
