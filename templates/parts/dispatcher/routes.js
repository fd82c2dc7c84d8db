// Single-page apps: a view for each route, once what was promised is there and written for this route.
/** A hash router's path stands behind the `#`. */
const hashPath = (/** @type {URL} */ { hash }) => {
  const found = /^#!?(\/[^?]*)/.exec(hash);
  return found && tidy(found[1]);
};
/** What tells one view from another: the path, and the parameters that the plan names. */
const routeOf = (/** @type {string} */ href) => {
  const url = new URL(href, location.href);
  const named = USES.spa_query
    ? Object(plan.spa).query.map((/** @type {string} */ name) =>
        parametersOf(url)
          .getAll(name)
          .map((value) => name + "=" + value),
      )
    : [];
  return [bare(pathOf(href)), ...named].join("?");
};
const here = () => {
  const found = page();
  return {
    route: routeOf(location.href),
    path: bare(pathOf(location.href)),
    kind: found,
    pending: found[1] || [],
  };
};

/** Nodes that have come, and nodes that have changed, since the route did. */
const cameNodes = new Set();
const changedNodes = new Set();
/** The same of the task that is running, while nothing is waited for. */
/** @type {{task: object | undefined, records: MutationRecord[]}} */
let recent = { task: undefined, records: [] };
let lastChange = 0;
const note = (/** @type {MutationRecord[]} */ records) =>
  records.forEach((record) => {
    record.addedNodes.forEach((node) => cameNodes.add(node));
    changedNodes.add(record.target);
  });
const observer = new MutationObserver((records) => {
  lastChange = Date.now();
  if (view && view.rests) {
    if (recent.task !== sameTask()) recent = { task: sameTask(), records: [] };
    recent.records.push(...records);
  } else note(records);
});
const isWritten = (/** @type {Element} */ element) => {
  for (let node = /** @type {Node | null} */ (element); node; node = node.parentNode)
    if (cameNodes.has(node)) return true;
  return [...changedNodes].some((node) => element.contains(node));
};
/** The innermost elements that something was read from; a canonical address may come before its page. */
const leavesOf = (/** @type {any[]} */ found) => {
  const elements = found.filter((one) => one instanceof Element && !/^(LINK|META)$/.test(one.tagName));
  const inner = elements.filter((one) => !elements.some((other) => other != one && one.contains(other)));
  const nested = inner.map((one) => (one.children[0] ? [...one.querySelectorAll("*")] : [one]));
  return /** @type {Element[]} */ ([]).concat(...nested).filter((one) => !one.children[0]);
};

/** Type of event to what was told last, as JSON: what is the same afterwards is not news. */
/** @type {{[type: string]: string}} */
const told = {};
/** Addresses of the products that were told, and whose they were. */
/** @type {{[address: string]: string}} */
const owners = {};
const reused = (/** @type {any} */ product) =>
  (owners[product.productDetailUrl] || product.productId) != product.productId;
/** Paths of the views before this one. */
/** @type {string[]} */
const past = [];
/** The products that were told and seen last, and where: what a view begins with is no news. */
/** @type {{product: any, path: string}[]} */
let lastProducts = [];
const keepProduct = (/** @type {any} */ product, /** @type {View} */ { path }) => {
  const others = lastProducts.filter((one) => one.path != path);
  lastProducts = [{ product, path: String(path) }, ...others].slice(0, 2);
};
const placeOfProduct = (/** @type {any} */ product) => quietly(() => bare(pathOf(product.productDetailUrl)));
/** Whether a product is an earlier one under this address: nothing else of it has changed, and it was not written again. */
const isRemainder = (
  /** @type {any} */ product,
  /** @type {View} */ now,
  /** @type {Context} */ { found },
  /** @type {Element[]} */ leaves,
) => {
  // An address that says the id says nothing of the rest.
  const here = quietly(() => decodeURI(location.href)) || location.href;
  const said = found.includes(location) && here.includes(product.productId);
  const rest = (/** @type {any} */ one) =>
    spell({ ...one, productDetailUrl: 0, productId: said ? 0 : one.productId });
  const earlier = (now.earlier || []).find((one) => rest(one.product) == rest(product));
  if (!earlier) keepProduct(product, now);
  return !!earlier && earlier.path != now.path && !(leaves[0] && leaves.every(isWritten));
};
/** Whether all of a product has been written, or what has not stays as it is. */
const isWhole = (/** @type {View} */ now, /** @type {Element[]} */ leaves) => {
  const written = leaves.filter(isWritten).length;
  if (!written || written == leaves.length || Date.now() - lastChange > 300) return true;
  now.partly = now.partly || Date.now();
  return Date.now() - now.partly > 1000;
};
/** Whether what was read belongs to this view and is not a remainder of the last one. */
/** @type {(event: any, context: Context) => boolean} */
const isNews = (event, context) => {
  const now = /** @type {View} */ (context.view);
  if (now.whole) return true;
  const { found } = context;
  if (event.product) {
    const path = placeOfProduct(event.product);
    const leaves = leavesOf(found);
    if (isRemainder(event.product, now, context, leaves)) return false;
    if (path == now.path && !now.left) return isWhole(now, leaves);
    // Unless the page keeps one address for all its products.
    if (past.includes(String(path)) && !reused(event.product)) return false;
    // Another product's address: its content may have come late, and this one's is still to come.
    if (pageAt(String(path))[3] && Date.now() - now.since < LIMIT) return false;
  }
  if (found.includes(true) || found.includes(location)) return true;
  if (found.length) return found.some((one) => "value" in Object(one) || isWritten(one));
  return spell(event) != told[event.type];
};
when("delivered", (events) =>
  events.forEach((/** @type {any} */ event) => {
    told[event.type] = spell(event);
    if (!event.product) return;
    keepProduct(event.product, /** @type {View} */ (view));
    owners[event.product.productDetailUrl] = event.product.productId;
  }),
);
when("leave", (now) => {
  if (now) past.unshift(now.path);
  past.length = Math.min(past.length, 20);
});

/** What stands there until something comes: a title like this is none. */
const PENDING =
  /^\W*$|^(loading|please wait|cargando|chargement|caricamento|carregando|l(ae|a|\u00e4)dt|laden)\b/i;
const titleWritten = (/** @type {View} */ now) => {
  const element = document.querySelector("title");
  // Turbo leaves a title alone that two pages share, and swaps the body.
  const isAnew = cameNodes.has(document.body) || (!!element && isWritten(element));
  return !PENDING.test(document.title) && (document.title != now.title || isAnew);
};
/** Whether the app has ever set a title for a route; one that never does has one title for all. */
let titles = false;
waits.title = (now) => {
  const written = titleWritten(now);
  titles = titles || written;
  now.titled = now.titled || written || (!!now.whole && !now.shell);
  return now.titled;
};
const hasOldTitle = (/** @type {View} */ now) => !now.landing && !now.titled && (now.left || titles);
// A page that never rests is seen all the same.
waits.quiet = (now) => {
  if (now.landing && document.readyState != "complete") return false;
  if ((now.whole && !now.landing) || Date.now() - lastChange >= 50) return true;
  now.met = now.titled && hasProduct(now) ? now.met || Date.now() : 0;
  return !!now.met && Date.now() - now.met > 1000;
};

const ROOTS =
  "#root, #app, #__next, #__nuxt, #svelte, main, [role=main], router-outlet, router-view, :not(:defined)," +
  "body > div[id]:empty, body > section[id]:empty";
const isEmpty = (/** @type {Element} */ element) =>
  PENDING.test((element.textContent || "").trim()) && !element.querySelector("img, video, canvas");
/** The text of the page without its scripts. */
const bodyText = () => {
  const body = /** @type {Element} */ (document.body.cloneNode(true));
  body.querySelectorAll("script, style, noscript, template").forEach((one) => one.remove());
  return (body.textContent || "").trim();
};
/** Whether a landing page is an app's shell, to be filled. */
const isShell = () =>
  PENDING.test(document.title) ||
  [...document.querySelectorAll(ROOTS)].some(isEmpty) ||
  PENDING.test(bodyText());

when("begin", (now) => {
  Object.assign(now, here(), { task: sameTask() });
  const records = observer.takeRecords();
  cameNodes.clear();
  changedNodes.clear();
  if (!now.landing) {
    // What was written in one task with the change of address belongs to the new route.
    if (recent.task === sameTask()) note(recent.records);
    note(records);
  } else now.shell = isShell();
  now.title = document.title;
  now.earlier = lastProducts;
  lastChange = Date.now();
});
when("rest", (now) => {
  if (!now.sent) return;
  now.rests = true;
  cameNodes.clear();
  changedNodes.clear();
});

/** Whether the visitor has done something in this document. */
let touched = false;
/** Whether a change of address only leads on to where the view was to be. */
const leadsOn = (/** @type {boolean} */ replaced) => {
  const now = /** @type {View} */ (view);
  if (now.sent) return false;
  const untouched = now.landing && !touched;
  // A shell that leads on before anything stands in it was no page.
  const entering = document.readyState != "complete" || now.shell || Date.now() - now.since < 100;
  return replaced || now.task === sameTask() || (!!untouched && entering);
};
const leaving = (/** @type {string} */ href, /** @type {boolean} */ replaced) => {
  if (view && routeOf(href) != view.route && !leadsOn(replaced)) leave();
};
const arrived = (/** @type {boolean} */ replaced) => {
  const route = routeOf(location.href);
  if (!view || route == view.route) return;
  if (!leadsOn(replaced)) {
    begin({});
    return;
  }
  past.unshift(String(view.path));
  Object.assign(view, here());
};
const watchHistory = () => {
  ["pushState", "replaceState"].forEach((name) => {
    const methods = /** @type {any} */ (history);
    const original = methods[name];
    methods[name] = function (/** @type {any[]} */ ...given) {
      const replaced = name == "replaceState";
      if (given[2] != null) attempt(() => leaving(String(given[2]), replaced));
      const result = original.apply(this, given);
      attempt(() => arrived(replaced));
      return result;
    };
  });
  on(window, "popstate", () => arrived(false));
  on(window, "hashchange", () => arrived(false));
};
/** The browser's own word on every change of address, before and after it. */
const watchNavigation = (/** @type {any} */ navigation) => {
  on(navigation, "navigate", ({ destination, navigationType, downloadRequest }) => {
    if (downloadRequest == null) leaving(destination.url, navigationType == "replace");
  });
  on(navigation, "currententrychange", ({ navigationType }) => arrived(navigationType == "replace"));
};
when("start", () => {
  observer.observe(document, { childList: true, subtree: true, characterData: true, attributes: true });
  ["pointerdown", "keydown", "click"].forEach((type) =>
    on(window, type, () => {
      touched = true;
    }),
  );
  if (window.navigation) watchNavigation(window.navigation);
  else watchHistory();
});
