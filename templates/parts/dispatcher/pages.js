// Page views: what a page is, what its kind promises, and when all of it is there.

/** The path that the plan's globs speak of; a hash router's stands behind the `#`. */
const pathOf = (/** @type {string} */ href) => {
  const url = new URL(href, location.href);
  const hash = plan.spa && /^#!?(\/[^?]*)/.exec(url.hash);
  const raw = hash ? hash[1] : url.pathname;
  let path = quietly(() => decodeURI(raw)) || raw;
  if (!hash && plan.base && (path + "/").startsWith(plan.base + "/")) path = path.slice(plan.base.length);
  // One form for `/p/mug`, `/p/mug/`, `/p/mug.html` and `/p/mug/index.html`.
  return path.replace(/(\/index)?\.x?html?$/i, "");
};
const bare = (/** @type {string} */ path) => "/" + path.replace(/^\/+|\/+$/g, "");
/** What tells one view from another: the path, and the parameters that the plan names. */
const routeOf = (/** @type {string} */ href) => {
  const url = new URL(href, location.href);
  const inHash = /^#!?\/[^?]*\?(.*)/.exec(url.hash);
  const given = new URLSearchParams(inHash ? inHash[1] : url.search);
  const named = ((plan.spa || {}).query || []).map((name) =>
    given.getAll(name).map((value) => name + "=" + value),
  );
  return [bare(pathOf(href)), ...named].join("?");
};
/** @type {(path: string) => PlanPage} */
const pageAt = (path) => plan.pages.find(([pattern]) => RegExp(pattern, "u").test(path)) || ["", [], "", 0];
const page = () => pageAt(pathOf(location.href));

const LIMIT = 3500;
const GIVE_UP = 60000;
/** @type {View | undefined} */
let view;
/** Type of event to what was told last, as JSON: what is the same afterwards is not news. */
/** @type {{[type: string]: string}} */
const told = {};
/** What a view waits for: the parts of the kit add to it. */
/** @type {{[name: string]: (now: View) => boolean}} */
const waits = {
  product: (now) =>
    !plan.visits || !now.page[3] || now.shown || [...now.tags, ...now.events].some((event) => event.product),
};
/** Whether an element has been written since the route changed; the routes' part knows. */
/** @type {(element: Element) => boolean} */
let isWritten = () => true;
/** @type {(now: View, left: boolean) => boolean} */
let hasOldTitle = () => false;

/** Addresses of the products that were told, and whose they were. */
/** @type {{[address: string]: string}} */
const owners = {};
const reused = (/** @type {any} */ product) =>
  (owners[product.productDetailUrl] || product.productId) != product.productId;
/** Paths of the views before this one. */
/** @type {string[]} */
const past = [];
/** Whether what was read belongs to this view and is no remainder of the last one. */
const isNews = (/** @type {any} */ event, /** @type {Context} */ context) => {
  const now = /** @type {View} */ (context.view);
  if (now.whole) return true;
  if (event.product) {
    const path = quietly(() => bare(pathOf(event.product.productDetailUrl)));
    if (path == now.path && !now.left) return true;
    // Unless the page keeps one address for all its products.
    if (past.includes(String(path)) && !reused(event.product)) return false;
    // Another product's address: its content may have come late, and this one's is still to come.
    if (pageAt(String(path))[3] && Date.now() - now.at < LIMIT) return false;
  }
  const { found } = context;
  if (found.includes(true)) return true;
  if (found.length) return found.some((one) => "value" in Object(one) || isWritten(one));
  return JSON.stringify(event) != told[event.type];
};
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
  if (context.late.length) Promise.all(context.late).then(look);
  // An answer that was none, or an old one, is asked for again.
  else if (!news) now.known = {};
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
  const events = [...now.tags, ...now.events].filter((event) => !now.tags.includes(event) || plan.visits);
  [...now.tags, ...now.events].forEach(({ product }) => {
    if (!product) return;
    now.shown = true;
    now.ids.push(product.productId);
    owners[product.productDetailUrl] = product.productId;
    run("product", product);
  });
  events.forEach((event) => {
    told[event.type] = JSON.stringify(event);
  });
  now.tags = [];
  now.events = [];
  if (events.length) turn().events.push(...events);
};
const send = (/** @type {View} */ now, /** @type {string[]} */ missing, left = false) => {
  now.sent = true;
  const { info } = plan;
  const sending = turn();
  deliver(now);
  rules.forEach((rule) => rule.load && !tagged(rule) && fire(rule, {}));
  if (plan.visits || now.asked) sending.events.push({ type: "page-visit" });
  if (info) sending.describe = (/** @type {Context} */ context) => infoOf(now, info, context);
  // The title that stands there is the last page's.
  if (hasOldTitle(now, left)) sending.info = { title: "", ...sending.info };
  run("view", now, missing, left);
};
/** The plan's words on the page (360014710840), those of its own kind first. */
const infoOf = (
  /** @type {View} */ now,
  /** @type {{[page: string]: Fields}} */ info,
  /** @type {Context} */ shared,
) => {
  const fields = info[now.page[2]] || {};
  const made = Object.keys(fields).reduce((all, name) => {
    const context = { ...shared, at: "pages/" + now.page[2], view: now };
    const given = /** @type {any} */ (fields[name]);
    const value = Array.isArray(given[0])
      ? /** @type {any[]} */ ([]).concat(...given.map((/** @type {Source} */ one) => read(one, context)))
      : read(given, context);
    return value == null
      ? all
      : { ...all, [name]: name == "title" ? text(value) : [].concat(value).map(text) };
  }, {});
  return Object.keys(made).length ? made : undefined;
};
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
const look = () => {
  clearTimeout(timer);
  const now = view;
  if (!now || !allowed()) return;
  gather(now);
  const age = Date.now() - now.at;
  const missing = Object.keys(waits).filter((name) => !waits[name](now));
  run("look", now, missing);
  if (now.sent) deliver(now);
  else if (now.hurry || !missing[0] || age >= LIMIT) send(now, missing);
  if ((!now.sent || now.pending[0] || missing.includes("product")) && age < GIVE_UP)
    timer = later(look, age < LIMIT ? 100 : 1000);
  else if (now.sent) run("rest", now);
};
const begin = (/** @type {Partial<View>} */ given) => {
  const found = page();
  if (view) past.unshift(view.path);
  past.length = Math.min(past.length, 20);
  view = {
    route: routeOf(location.href),
    path: bare(pathOf(location.href)),
    page: found,
    pending: [...(found[1] || [])],
    task: sameTask(),
    at: Date.now(),
    events: [],
    tags: [],
    ids: [],
    known: {},
    sent: false,
    shown: false,
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
  send(
    now,
    Object.keys(waits).filter((name) => !waits[name](now)),
    true,
  );
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
