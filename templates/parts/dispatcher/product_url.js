// The catalogue's address template. What this visit has seen knows an address better: that hook comes first.
when("record", (entity, object, out, fill) => {
  if (entity != "product" && entity != LINE) return;
  const address = plan.product_url.replace(/\{(\w+)\}/g, (place, name) => out[name] || place);
  if (!/\{/.test(address)) fill("productDetailUrl", address);
});
