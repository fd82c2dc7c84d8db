// Page views: what a page is, what its kind promises, and when all of it is there.

const below = (/** @type {string} */ path, /** @type {string} */ base) =>
  (path + "/").startsWith(base + "/") ? path.slice(base.length) : path;
/** One form for `/p/mug`, `/p/mug/`, `/p/mug.html` and `/p/mug/index.html`. */
const tidy = (/** @type {string} */ raw, base = "") => {
  const path = quietly(() => decodeURI(raw)) || raw;
  return (USES.base ? below(path, base) : path).replace(/(\/index)?\.x?html?$/i, "");
};
/** The path that the plan's globs speak of; a hash router's stands behind the `#`. */
const pathOf = (/** @type {string} */ href) => {
  const url = new URL(href, location.href);
  return (USES.routes && hashPath(url)) || tidy(url.pathname, USES.base ? plan.base : undefined);
};
/** @type {(path: string) => PlanPage} */
const pageAt = (path) =>
  plan.pages.find(([pattern]) => RegExp(pattern, "u").test(path)) || /** @type {any} */ ([]);
const page = () => pageAt(pathOf(location.href));

const LIMIT = 3500;
const GIVE_UP = 60000;
/** @type {View | undefined} */
let view;
const hasProduct = (/** @type {View} */ now) => !now.kind[3] || now.ids[0] || now.tagEvents[0];
/** What a view waits for: routes add to it. */
/** @type {{[name: string]: (now: View) => boolean}} */
const waits = { product: (now) => !!hasProduct(now) };
// The client reports what a tag in the page says already.
const tagged = (/** @type {Rule} */ rule) => !!rule.tag && !!document.querySelector("." + rule.tag);

const isTold = (/** @type {View} */ now, /** @type {any} */ { product }) =>
  product && now.ids.includes(product.productId);
/** Products that the page's own tags describe now: until the view is sent they may change. */
const gatherTags = (/** @type {View} */ now) => {
  now.tagEvents = [];
  if (now.sent && (now.ids[0] || !now.kind[3])) return;
  [...document.getElementsByClassName("cn_product_visited")].forEach((tag) => {
    const context = fresh(
      DEVELOPMENT || USES.routes ? { at: "pages/" + now.kind[2], view: now, found: [tag] } : {},
    );
    const product = record("product", tag, undefined, context);
    const event = { type: "product-visited", product };
    if (!product || isTold(now, event) || (USES.routes && !isNews(event, context))) return;
    now.tagEvents.push(event);
  });
};
/** Whether a report of the page is still to come. */
const gatherReport = (/** @type {View} */ now, /** @type {Rule} */ rule) => {
  if (USES.tagged && tagged(rule)) return false;
  const context = fresh(DEVELOPMENT || USES.viewed ? { at: rule.at, view: now } : {});
  if (USES.module) context.known = now.known;
  const event = build(rule, context);
  const news = event && (!USES.routes || isNews(event, context));
  if (DEVELOPMENT) run("report", rule, event, news);
  // An answer that was none, or an old one, is asked for again.
  if (USES.module && !awaits(context, look) && !news) now.known = {};
  if (news && !isTold(now, event)) {
    now.events.push(event);
    if (event.product) now.ids.push(event.product.productId);
  }
  return !news;
};
/** What a view of the page reports besides; what is not there yet is looked for again. */
const gather = (/** @type {View} */ now) => {
  if (USES.products) attempt(() => gatherTags(now));
  now.pending = now.pending.filter((rule) => attempt(() => gatherReport(now, rule)) !== false);
};
const deliver = (/** @type {View} */ now) => {
  let all = [...now.tagEvents, ...now.events];
  all.forEach(({ product }) => {
    if (!product) return;
    now.ids.push(product.productId);
    run("product", product);
  });
  // What the tags tell the client reads by itself.
  if (!USES.visits) all = now.events;
  run("delivered", all);
  now.tagEvents = [];
  now.events = [];
  if (all[0]) turn().events.push(...all);
};
const send = (/** @type {View} */ now, /** @type {string[]} */ missing) => {
  now.sent = true;
  const sending = turn();
  deliver(now);
  if (USES.load) rules.forEach((rule) => rule.load && !tagged(rule) && fire(rule, {}));
  if (USES.visits || now.asked) sending.events.push({ type: "page-visit" });
  run("sending", now, sending);
  // The title that stands there is the last page's.
  if (USES.routes && hasOldTitle(now)) sending.words = { title: "", ...sending.words };
  if (DEVELOPMENT) run("view", now, missing, now.left);
};
const lacking = (/** @type {View} */ now) => {
  if (DEVELOPMENT || USES.routes) return keys(waits).filter((name) => !waits[name](now));
  return hasProduct(now) ? [] : ["product"];
};
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
const look = () => {
  clearTimeout(timer);
  const now = view;
  if (!now || !allowed()) return;
  gather(now);
  const age = Date.now() - now.since;
  const missing = lacking(now);
  run("look", now, missing);
  if (now.sent) deliver(now);
  else if (now.hurry || !missing[0] || age >= LIMIT) send(now, missing);
  if ((!now.sent || now.pending[0] || missing.includes("product")) && age < GIVE_UP)
    timer = later(look, age < LIMIT ? 100 : 1000);
  else run("rest", now);
};
const begin = (/** @type {Partial<View>} */ given) => {
  run("leave", view);
  const found = page();
  view = /** @type {View} */ ({
    kind: found,
    pending: found[1] || [],
    since: Date.now(),
    events: [],
    tagEvents: [],
    ids: [],
    ...given,
  });
  if (USES.module) view.known = {};
  run("begin", view);
  look();
};
/** The view ends: what is there is sent, and no more. */
const leave = () => {
  const now = view;
  if (now && !now.sent && allowed()) {
    if (DEVELOPMENT || USES.routes) now.left = true;
    gather(now);
    send(now, lacking(now));
  }
  closeTurn();
};
on(window, "pagehide", leave);
on(window, "pageshow", (event) => {
  // Back from the browser's cache: the page is seen again, as it was left.
  if (event.persisted && view) begin({ whole: true, asked: true });
});
