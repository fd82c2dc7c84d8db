// The dataLayer: entries that are there and entries to come, GTM's objects and gtag's arguments.
/** @type {LayerItem[]} */
const layerItems = [];
/** @type {any[]} */
const waiting = [];
const entriesSeen = new WeakSet();
/** What GTM's model would have merged: `ecommerce` pushed before its event. */
/** @type {any} */
let ecommerce;
let order = 0;
/** @type {any} */
let layer;
/** @type {any} */
let pushed;

const entryOf = (/** @type {any} */ raw) => {
  const entry = raw && raw[0] == "event" ? { ...raw[2], event: raw[1] } : { ...raw };
  const asks = /^(view_item|view_cart|add_to_cart|remove_from_cart|purchase)$/.test(entry.event);
  // GA4's values stand under `ecommerce`, or beside the name, or were pushed before.
  const values = entry.ecommerce || (asks && !entry.items ? ecommerce : undefined);
  if (asks || "ecommerce" in entry) ecommerce = entry.event ? undefined : entry.ecommerce;
  return Object.assign(entry, values);
};
const drain = () => {
  while (view && allowed() && waiting.length) {
    const raw = waiting.shift();
    // An entry that cannot be read is passed over.
    const entry = quietly(() => entryOf(raw));
    if (!entry || !entry.event) continue;
    order += 1;
    layerItems.unshift({ entry, order, task: raw === Object(raw) ? tasks.get(raw) : undefined });
    rules.forEach((rule) => (rule.layer || []).includes(entry.event) && fire(rule, { detail: entry }));
    run("entry", entry);
  }
};
const tasks = new WeakMap();
const take = (/** @type {any} */ raw) => {
  if (raw === Object(raw)) {
    entriesSeen.add(raw);
    tasks.set(raw, sameTask());
  }
  if (allowed()) waiting.push(raw);
};
/** Hear what is pushed; a dataLayer that is assigned again, or whose `push` was replaced, is noticed here. */
const listenToLayer = () => {
  const found = window[plan.layer] === undefined ? (window[plan.layer] = []) : window[plan.layer];
  // The page's own thing of that name is left alone.
  if (!Array.isArray(found)) return;
  found.forEach((raw) => raw === Object(raw) && !entriesSeen.has(raw) && take(raw));
  if (found === layer) return;
  layer = found;
  pushed = layer.push;
  quietly(() => {
    found.push = function (...given) {
      const result = pushed.apply(this, given);
      given.forEach(take);
      attempt(drain);
      attempt(look);
      return result;
    };
  });
};
when("start", () => {
  attempt(listenToLayer);
  setInterval(() => {
    attempt(listenToLayer);
    if (waiting.length) {
      attempt(drain);
      attempt(look);
    }
  }, 500);
});
when("begin", (now) => {
  now.order = order;
  now.task = sameTask();
  attempt(listenToLayer);
  drain();
});
/** Whether a view may take an entry: it came with the view, or with the address. */
const belongs = (/** @type {LayerItem} */ item, /** @type {View | undefined} */ now) =>
  !now || now.whole || item.order > Number(now.order) || item.task === now.task;
