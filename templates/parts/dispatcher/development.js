// This part is in the development build only: it says what is wrong, and which line of the plan promised it.
const { places, promises, labels, file } = plan.dev;
const said = new Set();
const label = (/** @type {string} */ name) => labels[name] || name;
const placeOf = (/** @type {any} */ at) => {
  for (let path = String(at); path; path = path.slice(0, Math.max(0, path.lastIndexOf("/")))) {
    if (Object.prototype.hasOwnProperty.call(places, path)) return places[path];
  }
  return file;
};
/** One line for each cause: the next line of the cart has the same fault, and what follows from it is known. */
const warn = (/** @type {any} */ at, /** @type {string} */ message, cause = message) => {
  const knownCause = placeOf(at) + ": " + cause;
  if (!said.has(knownCause)) console.warn("connectif-kit: " + placeOf(at) + ": " + message);
  said.add(knownCause).add(String(at).split("/")[0]);
};
const isNothing = (/** @type {any} */ value) =>
  value == null || value === "" || (Array.isArray(value) && !value.length);
const show = (/** @type {any} */ value) => {
  if (isNothing(value)) return "nothing";
  return String(value.nodeType ? value.outerHTML : quietly(() => spell(value))).slice(0, 80);
};
/** A view that still waits has nothing to complain of. */
const waitsYet = (/** @type {Context} */ { view: now }) => !!now && !now.sent;
const promised = (/** @type {string} */ entity, /** @type {string} */ name) =>
  (promises[entity] || {})[name] || ["a value", {}, false];
/** @type {{[format: string]: (value: any) => boolean}} */
const formats = {
  uri: (value) => /^https?:\/\/[^\s<>"]+$/.test(value),
  email: (value) => EMAIL.test(value),
  "date-time": (value) => !Number.isNaN(Date.parse(value)),
  date: (value) => !Number.isNaN(Date.parse(value)),
};
const fault = (/** @type {any} */ limits, /** @type {any} */ value) =>
  (limits.format && !formats[limits.format](value)) ||
  (limits.integer && value % 1) ||
  (limits.pattern && !new RegExp(limits.pattern).test(value)) ||
  value > limits.maximum ||
  (limits.maxLength && String(value).length > limits.maxLength);
/** What was found for a property, against what the vocabulary says of it. */
const examine = (
  /** @type {string} */ entity,
  /** @type {string} */ name,
  /** @type {any} */ raw,
  /** @type {any} */ value,
  /** @type {any} */ at,
  /** @type {boolean} */ nested,
) => {
  const [doc, limits, needed] = promised(entity, name);
  /** @type {any[]} */
  const kept = /** @type {any[]} */ ([]).concat(value === undefined ? [] : value);
  const after = needed ? "; without it no " + entity + " is sent" : "";
  // A nested object has told itself why it is left out.
  if (!isNothing(raw) && !kept.length && !nested)
    warn(at, `${label(name)} is left out: expected ${doc}, got ${show(raw)}${after}`, name + " is left out");
  else if (Array.isArray(raw) && Array.isArray(value) && kept.length < raw.length && !nested)
    warn(at, `${raw.length - kept.length} of ${raw.length} ${label(name)} left out`);
  kept
    .filter((one) => /** @type {any} */ (one) !== false && fault(limits, one))
    .forEach((one) => warn(at, `${label(name)}: expected ${doc}, got ${show(one)}`, name + " is doubtful"));
};
/** What each object had for its required properties. */
const gaps = new WeakMap();
when("error", (error) => console.warn("connectif-kit:", error));
when("property", (entity, row, raw, value, context) => {
  if (waitsYet(context)) return;
  const [js, marks] = row;
  examine(entity, js, raw, value, context.at, marks.includes("^"));
  if (context.object !== Object(context.object)) return;
  const gap = gaps.get(context.object) || {};
  gap[js] = { raw, at: context.at };
  gaps.set(context.object, gap);
});
/** Why an object is not sent. A contact without address is an anonymous visitor, no mistake. */
when("incomplete", (entity, out, object, context) => {
  if (waitsYet(context)) return;
  const [kind, key] = context.from || [];
  if (key && !/^[of]/.test(typeof object)) {
    const form = /^(storage|cookie)$/.test(kind) ? "JSON" : "object";
    warn(context.at, `${entity} is left out: ${kind} \`${key}\` is no ${form}`);
    return;
  }
  const gap = gaps.get(object) || {};
  const lacks = entities[entity].filter(([js, marks]) => {
    const { raw } = gap[js] || {};
    const visitor = entity == "contact" && (raw === null || raw === "");
    return marks.includes("!") && out[js] == null && isNothing(raw) && !visitor;
  });
  if (!lacks[0]) return;
  const names = lacks.map(([js]) => label(js)).join(", ");
  const expected = lacks[1] ? "" : `: expected ${promised(entity, lacks[0][0])[0]}, got nothing`;
  const message = `${entity} is left out, ${names} ${lacks[1] ? "are" : "is"} missing${expected}`;
  warn((gap[lacks[0][0]] || context).at, `${message} in ${show(object)}`, message);
});
when("foreign", (entity, object, context) => {
  const currency = object.currency || object.currencyCode || object.currency_code || object.priceCurrency;
  warn(
    context.at,
    `${entity} is left out: its prices are in ${currency}, the store's currency is ${plan.currency}`,
  );
});
when("passed", (first, value, context) => {
  const why = +text(first) ? "a reduced price above the regular one" : "a price of 0";
  if (!waitsYet(context)) warn(context.at, `${why} is taken as none, the next counts: ${show(value)}`);
});
when("record", (entity, object, out, fill, fields, context) => {
  if (entity == "product" && out.unitPrice === 0 && !waitsYet(context)) warn(context.at, "the price is 0");
});
when("contradicted", (name, out, context) => {
  const same = name == "unitPriceOriginal" && (!out[name] || out[name] == out.unitPrice);
  if (!waitsYet(context) && !same)
    warn(context.at, `${label(name)} ${show(out[name])} contradicts unit_price ${show(out.unitPrice)}`);
});
when("field", (rule, name, raw, value, may, context) => {
  if (waitsYet(context)) return;
  if (!entities[name]) examine(rule.send, name, raw, value, context.at, false);
  if (!value && !entities[name] && !may)
    warn(
      rule.at,
      `${rule.send} is not sent, ${label(name)} is missing: expected ${promised(rule.send, name)[0]}, got ${show(raw)}`,
    );
});
when("close", (now) => {
  (now.asked || [])
    .filter((/** @type {string} */ name) => !now[name] && !said.has(name))
    .forEach((/** @type {string} */ name) =>
      warn(name, `${name} is not sent: expected a ${name}, got nothing`),
    );
  now.events
    .filter((/** @type {any} */ event) => !identified(now, event))
    .forEach((/** @type {any} */ event) =>
      warn("contact", `${event.type} is not sent: expected a contact with primary_key, got nothing`),
    );
});
when("asked", (name) => {
  if (rules.some((rule) => rule.name == name)) return;
  const names = rules.map((rule) => rule.name).join(", ") || "an event of the plan";
  warn("events", `send: expected ${names}, got ${show(name)}`);
});
/** When each thing that a view waits for came; what became of its reports. */
/** @type {WeakMap<View, {[wait: string]: number}>} */
const arrivals = new WeakMap();
/** @type {WeakMap<Rule, string>} */
const outcomes = new WeakMap();
const explained = new WeakSet();
const age = (/** @type {View} */ now) => `${Date.now() - now.since} ms`;
const explain = (/** @type {View} */ now, /** @type {string} */ message) =>
  console.info(
    `connectif-kit: ${placeOf("pages/" + now.kind[2])}: view ${now.route || location.pathname}: ${message}`,
  );
const typesOf = (/** @type {any[]} */ events) => events.map((event) => event.type).join(", ") || "nothing";
/** What a view waits for: a product only where its page's kind promises one. */
const awaited = (/** @type {View} */ now) => keys(waits).filter((name) => name != "product" || now.kind[3]);
when("look", (now, missing) => {
  const came = arrivals.get(now) || {};
  arrivals.set(now, came);
  awaited(now)
    .filter((name) => !missing.includes(name) && !(name in came))
    .forEach((name) => {
      came[name] = Date.now() - now.since;
    });
});
when("report", (rule, event, news) => {
  outcomes.set(rule, event && !news ? "what was found is the last view's" : "nothing was found");
});
when("repeated", ({ purchaseId }) =>
  console.info(`connectif-kit: purchase ${show(purchaseId)} is left out: it was reported before`),
);
when("delivered", (events) => {
  if (view && explained.has(view) && events.length)
    explain(view, `later, after ${age(view)}: ${typesOf(events)}`);
});
/** What a view waited for, what came, and what was left out and why. */
when("view", (now, missing, left) => {
  explained.add(now);
  const came = arrivals.get(now) || {};
  const why = left ? "the visitor left" : now.hurry ? "it was asked for at once" : "nothing came in time";
  const parts = [
    `sent ${typesOf(turn().events)} after ${age(now)}`,
    ...keys(came).map((name) => `${name} came after ${came[name]} ms`),
    ...awaited(now)
      .filter((name) => missing.includes(name))
      .map((name) => `without ${name} (${why}): ${reasons[name] || name}`),
    ...now.pending.map(
      (/** @type {Rule} */ rule) =>
        `${rule.send} is left out (${placeOf(rule.at)}): ${outcomes.get(rule) || "nothing was found"}`,
    ),
  ];
  explain(now, parts.join("; "));
});
/** @type {{[wait: string]: string}} */
const reasons = {
  product: "the page's kind promises one, and neither a tag nor the plan's source gave this page's",
  title: "it was not set for this address",
  quiet: "the page was still changing",
};
// A router that the plan does not know of: its routes are not views.
const firstPath = location.pathname;
when("start", () => {
  const moved = () => {
    if (!plan.spa && location.pathname != firstPath)
      warn(
        "integration",
        `the address became ${location.pathname} without a new page: with \`spa: true\` its routes are views`,
        "a router without spa",
      );
  };
  if (window.navigation) on(window.navigation, "currententrychange", moved);
  on(window, "popstate", moved);
});
