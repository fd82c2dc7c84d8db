// The dataLayer: entries that are there and entries to come, GTM's objects and gtag's arguments.
const entries = [];
const waiting = [];
{% if "spa" in dispatcher.uses %}
let viewed = 0;
{% endif %}
let seen;
const drain = () => {
  while (seen && waiting.length) {
    const raw = waiting.shift();
    // An entry that cannot be read is passed over.
    const entry = quietly(() => {
      const read = raw && raw[0] == "event" ? { ...raw[2], event: raw[1] } : { ...raw };
      // GA4's values stand under `ecommerce`, or beside the name.
      return Object.assign(read, read.ecommerce);
    });
    if (!entry) continue;
    entries.unshift(entry);
    rules.forEach((rule) => (rule.layer || []).includes(entry.event) && fire(rule, { detail: entry }));
{% if "reports" in dispatcher.uses %}
    report();
{% endif %}
{% if "mirror" in dispatcher.uses %}
    reflect(entry);
{% endif %}
  }
};
const listenToLayer = () => {
  const layer = (window.dataLayer = window.dataLayer || []);
  // The page's own thing of that name is left alone.
  if (!Array.isArray(layer)) return;
  const push = layer.push;
  waiting.push(...layer);
  layer.push = function (...given) {
    const result = push.apply(layer, given);
    waiting.push(...given);
    attempt(drain);
    return result;
  };
};
