// Page views: what a page is, what its kind promises, and when all of it is there.

/** One form for `/p/mug`, `/p/mug/`, `/p/mug.html` and `/p/mug/index.html`. */
const tidy = (/** @type {string} */ raw, base = "") => {
  const path = quietly(() => decodeURI(raw)) || raw;
  return (base && (path + "/").startsWith(base + "/") ? path.slice(base.length) : path).replace(
    /(\/index)?\.x?html?$/i,
    "",
  );
};
/** The path that the plan's globs speak of. */
let pathOf = (/** @type {string} */ href) => tidy(new URL(href, location.href).pathname, plan.base);
/** @type {(path: string) => PlanPage} */
const pageAt = (path) => plan.pages.find(([pattern]) => RegExp(pattern, "u").test(path)) || ["", [], "", 0];
const page = () => pageAt(pathOf(location.href));

const LIMIT = 3500;
const GIVE_UP = 60000;
/** @type {View | undefined} */
let view;
/** What a view waits for: the parts of the kit add to it. */
/** @type {{[name: string]: (now: View) => boolean}} */
const waits = {
  product: (now) => !now.page[3] || now.shown || [...now.tags, ...now.events].some((event) => event.product),
};
/** Whether what was read belongs to this view and is not a remainder of the last one; the routes' part knows. */
/** @type {(event: any, context: Context) => boolean} */
let isNews = () => true;
/** @type {(now: View, left: boolean) => boolean} */
let hasOldTitle = () => false;
// The client reports what a tag in the page says already.
const tagged = (/** @type {Rule} */ rule) => !!rule.tag && !!document.querySelector("." + rule.tag);

const isTold = (/** @type {View} */ now, /** @type {any} */ { product }) =>
  !!product &&
  [...now.ids, ...now.events.map((event) => Object(event.product).productId)].includes(product.productId);
/** Products that the page's own tags describe now: until the view is sent they may change. */
const gatherTags = (/** @type {View} */ now) => {
  now.tags = [];
  if (!plan.products || (now.sent && (now.shown || !now.page[3]))) return;
  document.querySelectorAll("." + plan.tags.product).forEach((tag) => {
    const context = fresh({ at: "pages/" + now.page[2], view: now, found: [tag] });
    const product = record("product", tag, undefined, context);
    const event = { type: "product-visited", product };
    if (!product || isTold(now, event) || !isNews(event, context)) return;
    now.tags.push(event);
  });
};
/** Whether a report of the page is still to come. */
const gatherReport = (/** @type {View} */ now, /** @type {Rule} */ rule) => {
  if (tagged(rule)) return false;
  const context = fresh({ at: rule.at, view: now, known: now.known });
  const event = build(rule, context);
  const news = event && isNews(event, context);
  if (DEVELOPMENT) run("report", rule, event, news);
  // An answer that was none, or an old one, is asked for again.
  if (!awaits(context, look) && !news) now.known = {};
  if (news && !isTold(now, event)) now.events.push(event);
  return !news;
};
/** What a view of the page reports besides; what is not there yet is looked for again. */
const gatherReports = (/** @type {View} */ now) => {
  now.pending = now.pending.filter((rule) => attempt(() => gatherReport(now, rule)) !== false);
};
const gather = (/** @type {View} */ now) => {
  attempt(() => gatherTags(now));
  gatherReports(now);
};
const deliver = (/** @type {View} */ now) => {
  const all = [...now.tags, ...now.events];
  // What the tags tell the client reads by itself.
  const events = plan.visits ? all : now.events;
  all.forEach(({ product }) => {
    if (!product) return;
    now.shown = true;
    now.ids.push(product.productId);
    run("product", product);
  });
  run("delivered", events);
  now.tags = [];
  now.events = [];
  if (events.length) turn().events.push(...events);
};
const send = (/** @type {View} */ now, /** @type {string[]} */ missing, left = false) => {
  now.sent = true;
  const sending = turn();
  deliver(now);
  rules.forEach((rule) => rule.load && !tagged(rule) && fire(rule, {}));
  if (plan.visits || now.asked) sending.events.push({ type: "page-visit" });
  run("sending", now, sending);
  // The title that stands there is the last page's.
  if (hasOldTitle(now, left)) sending.info = { title: "", ...sending.info };
  if (DEVELOPMENT) run("view", now, missing, left);
};
const lacking = (/** @type {View} */ now) => Object.keys(waits).filter((name) => !waits[name](now));
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
  else if (now.sent) run("rest", now);
};
const begin = (/** @type {Partial<View>} */ given) => {
  const found = page();
  run("leave", view);
  view = {
    page: found,
    pending: [...(found[1] || [])],
    task: sameTask(),
    since: Date.now(),
    events: [],
    tags: [],
    ids: [],
    known: {},
    ...given,
  };
  run("begin", view);
  look();
};
/** The view ends: what is there is sent, and no more. */
const finish = () => {
  const now = view;
  if (!now || now.sent || !allowed()) return;
  now.left = true;
  gather(now);
  send(now, lacking(now), true);
};
const leave = () => {
  finish();
  closeTurn();
};
on(window, "pagehide", leave);
on(window, "pageshow", (event) => {
  // Back from the browser's cache: the page is seen again, as it was left.
  if (event.persisted && view) begin({ whole: true, asked: true });
});
