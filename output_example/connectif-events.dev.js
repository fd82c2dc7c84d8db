/* connectif-kit: generated from connectif.yaml, do not edit; content 4b9dfce259ea */
(function (plan) {
  if (window.connectifKit) return;
  const DEVELOPMENT = true;
  const USES = {"cart":true,"currency":true,"identified":true,"parsed":true,"payload":true,"products":true,"purchases":true,"shadows":true,"visits":true};
  // Nothing of ours may break the page, and no part of ours another: each piece of work fails alone.
  // Parts meet at named hooks; what nobody listens to costs nothing.
  /** @type {{[name: string]: ((...given: any[]) => void)[]}} */
  const hooks = {};
  const when = (/** @type {string} */ name, /** @type {(...given: any[]) => void} */ work) => {
    (hooks[name] = hooks[name] || []).push(work);
  };
  /** @type {<T>(work: () => T) => T | undefined} */
  const quietly = (work) => {
    try {
      return work();
    } catch {
      return undefined;
    }
  };
  /** @type {<T>(work: () => T) => T | undefined} */
  const attempt = DEVELOPMENT
    ? (work) => {
        try {
          return work();
        } catch (error) {
          run("error", error);
          return undefined;
        }
      }
    : quietly;
  const run = (/** @type {string} */ name, /** @type {any[]} */ ...given) =>
    (hooks[name] || []).forEach((work) => attempt(() => work(...given)));
  const on = (
    /** @type {EventTarget} */ target,
    /** @type {string} */ type,
    /** @type {(event: any) => void} */ work,
  ) => target.addEventListener(type, (event) => attempt(() => work(event)), true);
  /** @type {(work: () => void, wait?: number) => ReturnType<typeof setTimeout>} */
  const later = (work, wait) => setTimeout(() => attempt(work), wait);

  /** One object for all that happens in one task of the browser. */
  /** @type {object | undefined} */
  let task;
  const sameTask = () => {
    if (!task) {
      task = {};
      later(() => {
        task = undefined;
      });
    }
    return task;
  };

  /** Whether something may be read, kept and sent now. */
  /** @type {() => boolean} */
  let allowed = () => true;
  const { rules, own } = plan;
  const { keys } = Object;
  const spell = JSON.stringify;
  // What the platform understands: name here, =marks, =name in tags, =words, =name in GA4; or an entity, for its rows.
  // ! required, * many, ^ entity, # number, @ address, % email, ~ moment, & anything, ? without an email too.
  /** @type {{[entity: string]: Row[]}} */
  const entities = {};
  /** @type {(line: string) => Row} */
  const rowOf = (line) => {
    const [js, marks = "", html, ...rest] = line.split("=");
    return /** @type {any} */ ([
      js,
      marks,
      html || js.replace(/[A-Z]+|\d/g, (found) => "_" + found.toLowerCase()),
      ...rest,
    ]);
  };
  keys(plan.entities).forEach((name) => {
    entities[name] = plan.entities[name].split(" ").flatMap((line) => entities[line] || [rowOf(line)]);
  });
  if (USES.custom && plan.custom) plan.custom.forEach((name) => entities.contact.push([name, "&?", name]));
  // Values, and the entities that are made of them.

  /** The object on the way of a path whose prices are in another currency; its part knows. */
  /** @type {any} */
  let strange;
  /** A key that is spelt with dots, else step by step; a list by number, or all of it. */
  /** @type {(object: any, path: string | undefined) => any} */
  const dig = (object, path) => {
    if (!path || object == null) return object;
    if (USES.currency) passing(object);
    if (Array.isArray(object) && !/^\d+(\.|$)/.test(path)) {
      /** @type {any[]} */
      const found = object.map((item) => dig(item, path)).filter((item) => item != null);
      return found.length ? found : undefined;
    }
    if (object !== Object(object)) return undefined;
    if (path in object) return object[path];
    const [step, ...rest] = path.split(".");
    return rest[0] && dig(object[step], rest.join("."));
  };
  /** A scalar as text. */
  const text = (/** @type {any} */ value) => {
    const plain = value && value.toJSON ? value.toJSON() : value;
    return /^[nsb]/.test(typeof plain) ? String(plain).trim() : "";
  };
  /** The text of an element; what reads as people do is a part of its own. */
  /** @type {(element: Element, numeral?: any) => string} */
  let shownIn = (element) => /** @type {string} */ (element.textContent).trim();
  const json = (/** @type {string | null | undefined} */ string) =>
    quietly(() => JSON.parse(/** @type {string} */ (string)));
  const copy = (/** @type {any} */ value) =>
    DEVELOPMENT && value === undefined ? value : attempt(() => JSON.parse(spell(value)));

  /** @type {{[name: string]: (key: any, context: Context, source: any[]) => any}} */
  const sources = { literal: (value) => value };
  /** A list is a source: name, key, fields, option, transforms; a text is a path in the object at hand. */
  const read = (/** @type {Source} */ source, /** @type {Context} */ context) =>
    attempt(() => {
      if (typeof source == "string") return dig(context.object, source);
      const find = () => sources[source[0]](source[1], context, source);
      return USES.transform && source[4] ? transform(attempt(find), source[4]) : find();
    });
  /** What one evaluation has at hand: `found` is for routes, `known` and `late` for answers that come later. */
  /** @type {(given?: Partial<Context>) => any} */
  const fresh = (given) =>
    USES.module
      ? { known: {}, late: [], found: [], ...given }
      : USES.routes
        ? { found: [], ...given }
        : { ...given };

  /** Money is reckoned in decimals: none are made up by binary fractions, as in `12.100000000000001`. */
  const exact = (/** @type {number} */ number) => +number.toPrecision(14);
  const total = (/** @type {any[]} */ lines, /** @type {string} */ name) =>
    exact(lines.reduce((sum, line) => sum + line[name], 0));

  const EMAIL = /^[^@\s<>"]+@[^@\s<>".]+(\.[^@\s<>".]+)+$/;
  /** ISO 8601, whatever a moment was given as. */
  const moment = (/** @type {string} */ string) => {
    const iso = (/** @type {any} */ given) => new Date(given).toISOString();
    if (/^\d{12,14}$/.test(string)) return iso(+string);
    const day = string.slice(0, 10);
    const form = /^\d{4}-\d\d-\d\d([T ]([01]\d|2[0-4]):[0-5]\d(:[0-5]\d([.,]\d+)?)?(Z| ?[+-]\d\d:?[0-5]\d)?)?$/;
    // The 30th of February is none.
    return form.test(string) && quietly(() => iso(day).startsWith(day)) ? string.replace(" ", "T") : undefined;
  };
  const number = (/** @type {string} */ string) => (/^\d+(\.\d+)?$/.test(string) ? exact(+string) : undefined);
  /** One value of a property as its kind wants it; nothing where it is none of that kind. */
  const valued = (/** @type {string} */ marks, /** @type {any} */ value, words = "") => {
    const has = (/** @type {string} */ mark) => marks.includes(mark);
    const string = text(value);
    if (USES.custom && has("&")) return copy(value);
    if (!string) return undefined;
    if (words) return words.split("|").find((word) => word.toLowerCase() == string.toLowerCase());
    if (has("@")) return string.replace(/^\/(?!\/)/, plan.origin + "/");
    if (has("%")) return EMAIL.test(string) ? string : undefined;
    if (has("~")) return moment(string);
    return has("#") ? number(string) : string;
  };

  const LINE = "product_basket_item";
  /** The entity's properties found in an object or an element; nothing where a required one is missing. */
  const record = (
    /** @type {string} */ entity,
    /** @type {any} */ object,
    /** @type {Fields | undefined} */ fields,
    /** @type {Context} */ context,
  ) => {
    /** @type {{[name: string]: any}} */
    const out = {};
    /** @type {{[name: string]: boolean}} */
    const taken = {};
    // What is given and cannot be read is never made up from the rest.
    /** @type {{[name: string]: boolean}} */
    const lost = {};
    const fill = (/** @type {string} */ name, /** @type {any} */ value) => {
      if (out[name] == null && !lost[name] && value === value) out[name] = value;
    };
    const markup = object instanceof Element;
    const inner = { ...context, object, element: markup ? object : context.element };
    const isPriced = entity != "contact";
    let other = USES.currency && isPriced && foreign(object) && object;
    entities[entity].forEach((row) => {
      if (DEVELOPMENT && other) return;
      const [js, marks, html, words, ga4] = row;
      const source = fields && fields[js];
      const nested = marks.includes("^");
      const place = () => ({ ...inner, at: context.at + "/" + html });
      // A name that one property has taken is not another's: GA4's `price` is one unit's, ours is a line's.
      /** @type {any[]} */
      const names = USES.ga4 ? [js, html, ga4] : [js, html];
      const name = names.find((known) => object[known] != null && !taken[known]);
      const used = /** @type {any} */ (source || name);
      taken[used] = true;
      if (USES.currency) strange = undefined;
      const value = source
        ? read(source, inner)
        : markup
          ? [...object.getElementsByClassName(html)].map((element) => element.textContent)
          : name && (USES.ga4 ? pick(object, name) : object[name]);
      if (USES.currency && isPriced && /[#^]/.test(marks)) other = other || strange;
      const given =
        USES.custom && marks.includes("&") ? [value] : value == null || value === "" ? [] : [].concat(value);
      const list = given
        .map((one) =>
          nested ? record(html, Object(one), source && source[2], place()) : valued(marks, one, words),
        )
        .filter((one) =>
          USES.custom ? one || one === 0 || (one === false && marks.includes("&")) : one != null,
        );
      lost[js] = given.length > list.length;
      out[js] = marks.includes("*") && (list.length || (value && nested)) ? list : list[0];
      if (DEVELOPMENT) run("property", entity, row, value, out[js], place());
    });
    if (USES.currency && other) {
      if (DEVELOPMENT) run("foreign", entity, other, context);
      return undefined;
    }
    run("record", entity, object, out, fill, fields, inner);
    // Of what is not a line, this is not a number.
    fill("price", exact(out.unitPrice * out.quantity));
    if (out.products && !lost.products) {
      fill("totalQuantity", total(out.products, "quantity"));
      fill("totalPrice", total(out.products, "price"));
    }
    if (!entities[entity].some(([js, marks]) => marks.includes("!") && out[js] == null)) return out;
    const rest = !isPriced && !lost.primaryKey && anonymous(out);
    if (DEVELOPMENT && !rest) run("incomplete", entity, out, object, context);
    return rest || undefined;
  };
  /** What the platform takes of a visitor whose address nobody knows (360014654740). */
  const anonymous = (/** @type {{[name: string]: any}} */ out) => {
    const made = { ...out };
    entities.contact.forEach(([js, marks]) => marks.includes("?") || delete made[js]);
    return spell(made) != "{}" && made;
  };
  /** An entity from its source. */
  const make = (
    /** @type {string} */ entity,
    /** @type {Source | undefined} */ source,
    /** @type {Context} */ context,
  ) =>
    attempt(() => {
      if (!source) return undefined;
      if (USES.currency) strange = undefined;
      const object = read(source, context);
      if (USES.currency && strange && entity != "contact") {
        if (DEVELOPMENT) run("foreign", entity, strange, context);
        return undefined;
      }
      const fields = USES.mirror && source[0] == "mirror" ? undefined : source[2];
      const made = object ? record(entity, object, fields, { ...context, from: source }) : undefined;
      return USES.cart && entity == "cart" ? settleCart(object, made, source, context) : made;
    });
  // What is kept for the next page. A page may have no storage: then it is kept until the page ends.
  /** @type {{[key: string]: any}} */
  const local = quietly(() => localStorage) || {};
  /** @type {{[key: string]: any}} */
  const session = quietly(() => sessionStorage) || {};
  const keep = (
    /** @type {{[key: string]: any}} */ storage,
    /** @type {string} */ key,
    /** @type {any} */ value,
  ) =>
    quietly(() => {
      storage[key] = value;
    });
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
  /** What JSON spells, where it is an object or a text; every other text as it is. */
  /** @type {(string: any) => any} */
  const parsed = (string) => {
    const value = json(string);
    if (typeof value == "string") return parsed(value);
    return typeof value == "object" ? value : string;
  };
  /** A path in it; what lies on the way may be JSON again, as redux-persist writes it. */
  /** @type {(string: any, path: string | undefined) => any} */
  const unfold = (string, path = "") => {
    const value = parsed(string);
    const found = dig(value, path);
    if (typeof found == "string") return parsed(found);
    if (found !== undefined) return found;
    for (let dot = path.indexOf("."); dot > 0; dot = path.indexOf(".", dot + 1)) {
      const inner = dig(value, path.slice(0, dot));
      if (typeof inner == "string") return unfold(inner, path.slice(dot + 1));
    }
  };
  // Sending: what happens in one task of the browser goes in one call, with contact and cart as they are after it.
  /** @type {Group[]} */
  const queue = [];
  /** @type {Group | undefined} */
  let group;

  const turn = () => {
    if (!group) {
      group = { events: [], asked: [], route: location.href, heading: document.title };
      later(closeTurn);
    }
    return group;
  };
  /** The plan's contact and cart, as far as the events have not brought their own. */
  const complete = (/** @type {Group} */ now, /** @type {Context} */ context) => {
    keys(own).forEach((name) => {
      now[name] = now[name] || make(name, own[name], { ...context, at: name });
    });
    if (USES.info && now.describe) now.words = { ...attempt(() => now.describe(context)), ...now.words };
    if (USES.module) now.held = awaits(context, () => again(now, context));
    if (!(USES.module && now.held)) run("close", now);
  };
  const closeTurn = () => {
    const now = group;
    group = undefined;
    if (!now || !allowed()) return;
    queue.push(now);
    complete(now, USES.module ? fresh({ brought: { contact: now.contact, cart: now.cart } }) : fresh());
    flush();
  };
  /** What waited for the client goes in one call, orders first; but never one visitor's events under another's name. */
  const merged = () => {
    const [first, second] = queue;
    if (!second || first.route != second.route) return;
    if (USES.module && (first.held || second.held)) return;
    if (first.contact && spell(first.contact) != spell(second.contact)) return;
    queue.splice(0, 2, {
      ...first,
      // What is undefined is not there.
      ...copy(second),
      // A cart that was emptied belongs to the order that did it.
      events: [...first.events, ...second.events].sort((one, other) => +!one.purchase - +!other.purchase),
      asked: [...first.asked, ...second.asked],
    });
    merged();
  };
  const identified = (/** @type {Group} */ now, /** @type {any} */ event) =>
    !USES.identified || (now.contact && now.contact.primaryKey) || !plan.identified.includes(event.type);

  const flush = () => {
    const managed = (window.connectif || {}).managed;
    if (!managed || (managed.isInitialized && !managed.isInitialized())) return;
    if (!allowed()) queue.length = 0;
    merged();
    while (queue[0] && !(USES.module && queue[0].held)) {
      const now = queue[0];
      const events = now.events.filter((event) => identified(now, event));
      if (events[0] || now.asked.some((name) => now[name])) {
        const options = {
          entityInfo: now.contact,
          cart: USES.tags ? undefined : now.cart,
          pageInfo: pageInfo(now),
        };
        // The client changes what it is given; where it is not ready it throws, and this stays in the queue.
        const promise = managed.sendEvents(...copy([events, options]));
        quietly(() => promise.catch(() => {}));
        run("sent", now, events);
      }
      queue.shift();
    }
  };
  /** What the plan says of the page; and its title, where the document has another by now. */
  const pageInfo = (/** @type {Group} */ now) => {
    const late = now.heading != document.title && now.events.some((event) => event.type == "page-visit");
    return late ? { title: now.heading, ...now.words } : now.words;
  };
  on(document, "connectif.managed.initialized", flush);

  /** What the plan says of a rule's event; nothing where something required is missing. */
  const build = (/** @type {Rule} */ rule, /** @type {Context} */ context) => {
    /** @type {{[name: string]: any}} */
    const event = { type: rule.send };
    const { fields = {}, kinds = {}, payload } = rule;
    const whole = keys(fields).every((name) => {
      const place = () => ({ ...context, at: context.at + "/" + name });
      const marks = kinds[name] || "";
      let raw;
      event[name] =
        (entities[name]
          ? (raw = make(name, fields[name], place()))
          : valued(marks, (raw = read(fields[name], place())))) || undefined;
      const may = marks.includes("?");
      if (DEVELOPMENT) run("field", rule, name, raw, event[name], may, place());
      return event[name] || may;
    });
    if (!whole) return undefined;
    if (USES.payload && payload) {
      event.payload = {};
      keys(payload).forEach((name) => {
        const value = read(payload[name], context);
        if (value != null) event.payload[name] = copy(value);
      });
    }
    run("built", event);
    return event;
  };
  const fire = (/** @type {Rule} */ rule, /** @type {Partial<Context>} */ given) =>
    attempt(() => {
      if (!allowed() || (USES.limited && rule.pages && !rule.pages.includes(page()[2]))) return;
      const context = fresh({ at: rule.at || rule.asks, ...given });
      const contact = make("contact", rule.contact, context);
      const cart = make("cart", rule.cart, context);
      const event = rule.asks ? undefined : build(rule, context);
      if ((USES.module && awaits(context, () => fire(rule, context))) || !(event || rule.asks)) return;
      run("fired", rule);
      const now = turn();
      now.contact = contact || now.contact;
      now.cart = cart || now.cart;
      if (event) now.events.push(event);
      else now.asked.push(/** @type {string} */ (rule.asks));
    });
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
  /** The parameters of an address; a hash router keeps its own behind the `#`. */
  const parametersOf = (/** @type {URL | Location} */ url) =>
    new URLSearchParams(
      USES.routes ? url.search + "&" + url.hash.replace(/^(#!?\/[^?]*\?|.*)/, "") : url.search,
    );
  sources.attribute = (name, { element }) => quietly(() => element.getAttribute(name));
  sources.detail = (path, context) => dig(context.detail, path);
  sources.path = (path, context) => dig(context.object, path);
  sources.query = (name, context) => {
    if (USES.routes) context.found.push(location);
    return parametersOf(location).get(name);
  };
  /** Whatever may have a label has a value; everything else has a text, where the plan reads any. */
  const saidBy = (/** @type {any} */ element, /** @type {any} */ how) => {
    if (USES.reading && !("labels" in element)) return shownIn(element, Object(how).numeral);
    return element.type != "checkbox" || element.checked ? element.value : undefined;
  };
  sources.selector = (selector, context, [, , fields, how]) => {
    const answer = (/** @type {any} */ element) => {
      if (USES.selector_fields && fields) return element;
      if (USES.selector_attribute && Object(how).attribute) return element.getAttribute(how.attribute);
      return USES.selector_property && Object(how).property ? element[how.property] : saidBy(element, how);
    };
    if (USES.selector_all && Object(how).all) {
      const inner = quietly(() => context.element.querySelectorAll(selector));
      const elements = [...(Object(inner)[0] ? inner : document.querySelectorAll(selector))];
      if (USES.routes) context.found.push(...elements);
      return elements.map(answer).filter((value) => value != null);
    }
    const first = quietly(() => context.element.querySelector(selector)) || document.querySelector(selector);
    if (USES.routes && first) context.found.push(first);
    return first && answer(first);
  };
  /** `shop.user.email` may be a key, or `email` inside the key `shop.user`. */
  const stored = (/** @type {string} */ key, /** @type {string | undefined} */ path) => {
    const found = quietly(() => localStorage.getItem(key) || sessionStorage.getItem(key));
    const dot = key.lastIndexOf(".");
    /** @type {any} */
    const value =
      found || dot < 0
        ? unfold(found, path)
        : stored(key.slice(0, dot), key.slice(dot + 1) + (path ? "." + path : ""));
    return value;
  };
  sources.storage = (key, context, source) => stored(key, source[3]);
  // Prices in another currency are not the store's: the platform has one.
  /** @type {(object: any) => void} */
  const passing = (object) => {
    if (object !== window && foreign(object)) strange = object;
  };
  /** Whether prices beside it are in another currency than the store's. */
  /** @type {(object: any) => boolean} */
  const foreign = (object) =>
    ["currency", "currencyCode", "currency_code", "priceCurrency"].some((name) => {
      const given = text(Object(object)[name]);
      return /^[a-z]{3}$/i.test(given) && given.toUpperCase() != plan.currency;
    });
  // The cart that was sent last: an emptied one goes with its id, however it was emptied.
  const CART = "connectif-kit.last-cart";
  /** @type {string | undefined} */
  let cartSent;
  /** A cart that lives in one tab's storage is remembered there. */
  const shelf = (/** @type {any} */ source) =>
    source && source[0] == "storage" && local[source[1]] == null && session[source[1]] != null
      ? session
      : local;
  const lastCart = () => local[CART] || session[CART] || "";
  /** The cart that was emptied last in this tab: an order that comes after it was made of it. */
  const GONE = "connectif-kit.emptied-cart";
  const forgetCart = () => {
    delete local[CART];
    delete session[CART];
  };

  const isBare = (/** @type {any} */ value) => !value || (typeof value == "object" && !keys(value).length);
  /** Whether what was found says that nothing is in the cart; a place that is not there yet says nothing. */
  const isEmptied = (/** @type {any} */ object, /** @type {any} */ source, /** @type {Context} */ context) => {
    const kept = /^(storage|cookie)$/.test(source[0]);
    if (typeof object != "object") return kept && /^(undefined|false|0)?$/.test(object || "");
    if (!object) return !USES.cart_asked || !/^(selector|attribute|detail)$/.test(source[0]);
    const mapped = Object(source[2]).products;
    const lines = mapped ? read(mapped, { ...context, object }) : object.products || object.product_basket_item;
    if (lines !== undefined) return isBare(lines);
    // Without any lines: those of an app's own object may still come.
    const rest = kept ? Object.values(object).filter((one) => typeof one == "object") : [object];
    return !(object instanceof Element) && rest.every(isBare);
  };
  /** @type {(object: any, made: any, source: any, context: Context) => any} */
  const settleCart = (object, made, source, context) => {
    const units =
      made && (made.totalQuantity || (made.products || []).some((/** @type {any} */ one) => one.quantity));
    if (units) return made;
    const id = lastCart();
    if (USES.module && !made && (context.late.length || context.tired)) return undefined;
    if (!made && !(id && isEmptied(object, source, context))) return undefined;
    // An id that was made for nothing is no cart's.
    if (USES.cart_id && !id && Object(Object(source[2]).cartId)[0] == "auto") return undefined;
    return { ...made, cartId: id || made.cartId, totalQuantity: 0, totalPrice: 0, products: [] };
  };
  when("close", ({ cart }) => {
    if (!cart) return;
    cartSent = spell(cart);
    if (cart.totalQuantity) keep(shelf(own.cart), CART, cart.cartId);
    else forgetCart();
    keep(session, GONE, cart.totalQuantity ? "" : cart.cartId);
  });
  when("withdrawn", forgetCart);

  // A click that changes the cart: what the page's own handlers leave behind counts, not what was there before;
  // and again for a while, where an answer of the server changes it later.
  const watchCart = (/** @type {Rule} */ rule, /** @type {Partial<Context>} */ given) => {
    const seek = () => {
      if (!allowed() || Date.now() > Number(rule.until)) rule.until = 0;
      else {
        later(seek, 100);
        const cart = make("cart", rule.cart || own.cart, fresh({ at: rule.at, ...given }));
        if (cart && spell(cart) != cartSent) fire({ ...rule, cart: ["literal", cart] }, given);
      }
    };
    if (!rule.until) later(seek);
    rule.until = Date.now() + 3000;
  };
  // An order is reported once, however often it is told or its page is seen.
  const ORDERS = "connectif-kit.purchases";
  /** @type {string[] | undefined} */
  let orders;
  // Remembered here too: storage may be full.
  const knownOrders = () => (orders = orders || (local[ORDERS] || "").split("\n"));
  when("close", (now) => {
    now.events = now.events.filter((/** @type {any} */ { purchase }) => {
      if (!purchase) return true;
      const { purchaseId } = purchase;
      const known = knownOrders().includes(purchaseId);
      if (DEVELOPMENT && known) run("repeated", purchase);
      // What is on its way counts already.
      return !known && knownOrders().unshift(purchaseId);
    });
  });
  when("sent", (now, events) => {
    if (!events.some((/** @type {any} */ event) => event.purchase)) return;
    keep(local, ORDERS, knownOrders().slice(0, 50).join("\n"));
    delete session[GONE];
  });
  when("built", ({ purchase }) => {
    if (!purchase || purchase.cartId) return;
    // An emptied cart may be the next order's already.
    const cart = (group && group.cart) || make("cart", own.cart, fresh({ at: "cart" }));
    const id = cart && cart.totalQuantity ? cart.cartId : lastCart() || session[GONE];
    if (id) purchase.cartId = id;
  });
  /** Something happened on the page; a cart is what the page's own handlers leave behind. */
  /** @type {(rule: Rule, given: Partial<Context>) => void} */
  const happened = USES.watch ? (rule, given) => (rule.watch ? watchCart : fire)(rule, given) : fire;
  // Captured at the window, and at each open shadow root: a page that stops the event does not stop the report.
  const domTypes = ["submit", "click", "change"].filter((type) => rules.some((rule) => rule[type]));
  const domSeen = new WeakSet();
  /** One function for all roots: heard once at each, however often it is asked for. */
  const domHeard = (/** @type {Event} */ event) => attempt(() => domHappened(event));
  const listenAt = (/** @type {EventTarget} */ target) =>
    domTypes.forEach((type) => target.addEventListener(type, domHeard, true));
  const meet = (/** @type {any} */ { shadowRoot }) => {
    if (!shadowRoot) return;
    listenAt(shadowRoot);
    shadowRoot.querySelectorAll("*").forEach(meet);
  };
  /** A look at every element costs: the first is with the view, once the document is there. */
  const meetAll = () => document.querySelectorAll("*").forEach(meet);
  const domHappened = (/** @type {Event} */ event) => {
    if (domSeen.has(event)) return;
    domSeen.add(event);
    /** @type {any[]} */
    const path = event.composedPath().filter((node) => node instanceof Element);
    path.forEach(meet);
    // A click on a label's words is followed by the browser's own click on its control.
    const words = event.type == "click" && path[0] && path[0].closest("a,label,:enabled");
    rules.forEach((rule) =>
      attempt(() => {
        // Nothing matches a selector that the rule does not have.
        const element = path.find((one) => one.matches(rule[event.type]));
        if (element && !(words && words.control && element.contains(words.control)))
          happened(rule, { element });
      }),
    );
  };
  when("look", meetAll);
  when("start", () => {
    listenAt(window);
    if (!USES.shadows) return;
    // Neither `submit` nor `change` leaves a shadow root: those that come later are met on the way to them.
    ["focusin", "keydown", "pointerdown", "click"].forEach((type) =>
      on(document, type, (event) => event.composedPath().forEach(meet)),
    );
    on(window, "load", meetAll);
  });
  // Captured at the window: heard wherever it is dispatched, bubbling or not.
  when("start", () =>
    rules.forEach((rule) =>
      (rule.event || []).forEach((type) =>
        on(window, type, ({ detail, target }) => happened(rule, { detail, element: target })),
      ),
    ),
  );
  // The beginning, once; and what the page may call.
  const start = () => {
    run("start");
    const first = () => attempt(() => view || begin({ whole: true, landing: true }));
    if (document.readyState == "complete") first();
    // At the window: after the page's own listeners. A script that comes late hears `load` only.
    ["DOMContentLoaded", "load"].forEach((type) => window.addEventListener(type, first));
    flush();
  };
  const tell = (/** @type {string} */ name) => (/** @type {any} */ given) =>
    fire({ asks: name, [name]: given && ["literal", given] }, {});
  window.connectifKit = {
    version: plan.version,
    send: (/** @type {string} */ name, /** @type {any} */ detail) => {
      if (DEVELOPMENT) run("asked", name);
      const element = USES.module ? (detail instanceof Element ? detail : undefined) : detail;
      rules.forEach((rule) => rule.name == name && fire(rule, { detail, element }));
    },
    cart: tell("cart"),
    contact: tell("contact"),
    pageVisit: () => {
      if (allowed()) attempt(() => begin({ whole: true, asked: true, hurry: true }));
    },
  };
  // A page that is prerendered reports nothing until it is seen.
  if (document.prerendering) on(document, "prerenderingchange", start);
  else attempt(start);
})
({"version":"0.1.0","origin":"https://shop.example","currency":"EUR","entities":{"product":"productDetailUrl=!@=url productId=! name=! unitPrice=!# description imageUrl=@ thumbnailUrl=@ availability===InStock|OutOfStock categories=*=category tags=*=tag brand reviewCount=# rating=#=rating_value ratingCount=# relatedExternalProductIds=*=related_external_product_id priority=# unitPriceOriginal=# unitPriceWithoutVAT=# discountedPercentage=# discountedAmount=# publishedAt=~ customField1 customField2 customField3","product_basket_item":"product quantity=!# price=!#","cart":"cartId=! totalQuantity=!# totalPrice=!# products=*^=product_basket_item cartRecoveryUrl=@","contact":"primaryKey=!% _name _surname _newsletterSubscriptionStatus=?==subscribed|unsubscribed|none","purchase":"purchaseId=! totalQuantity=!# totalPrice=!# products=*^=product_basket_item cartId purchaseDate=~ paymentMethod source_type source_name"},"own":{"cart":["storage","shop.cart",{"cartId":"id","totalQuantity":"quantity","totalPrice":"total","cartRecoveryUrl":"recovery","products":["path","lines",{"productId":"sku","name":"title","productDetailUrl":"url","imageUrl":"image","unitPrice":"price","price":"total"}]}],"contact":["storage","shop.user",{"primaryKey":"email","_name":"first_name","_surname":"last_name","_newsletterSubscriptionStatus":"newsletter"}]},"rules":[{"name":"newsletter","submit":"form#newsletter","send":"newsletter-subscribe","fields":{"email":["selector","input[type=email]"]},"kinds":{"email":"%"},"at":"events/newsletter"},{"name":"signed-in","event":["user:login"],"send":"login","contact":["detail","",{"primaryKey":"email","_name":"first_name","_surname":"last_name","_newsletterSubscriptionStatus":"newsletter"}],"at":"events/signed-in"},{"name":"registered","event":["user:register"],"send":"register","contact":["detail","",{"primaryKey":"email","_name":"first_name","_surname":"last_name","_newsletterSubscriptionStatus":"newsletter"}],"at":"events/registered"},{"name":"cart-changed","event":["cart:changed"],"asks":"cart","at":"events/cart-changed"},{"name":"liked","click":"[data-like]","send":"custom","payload":{"productId":["attribute","data-like"]},"fields":{"eventAlias":["literal","product-like"]},"at":"events/liked"}],"pages":[["^/p/[^/]+/?$",[],"product",1],["^/search/?$",[{"send":"search","fields":{"searchText":["query","q"]},"at":"pages/search"}],"search",0],["^/checkout/done/?$",[{"send":"purchase","fields":{"purchase":["storage","shop.order",{"purchaseId":"id","totalQuantity":"quantity","totalPrice":"total","cartId":"cart_id","purchaseDate":"date","paymentMethod":"payment","source_type":["literal","digital-store"],"products":["path","lines",{"productId":"sku","name":"title","productDetailUrl":"url","unitPrice":"price","price":"total"}]}]},"at":"pages/confirmation"}],"confirmation",0]],"identified":["login","register"],"dev":{"places":{"pages":"connectif.yaml:34:1","events":"connectif.yaml:67:1","cart":"connectif.yaml:57:1","contact":"connectif.yaml:49:1","events/newsletter":"connectif.yaml:68:3","events/signed-in":"connectif.yaml:69:3","events/registered":"connectif.yaml:70:3","events/cart-changed":"connectif.yaml:71:3","events/liked":"connectif.yaml:72:3","pages/home":"connectif.yaml:35:3","pages/category":"connectif.yaml:36:3","pages/product":"connectif.yaml:37:3","pages/search":"connectif.yaml:38:3","pages/cart":"connectif.yaml:39:3","pages/checkout":"connectif.yaml:40:3","pages/confirmation":"connectif.yaml:41:3","pages/account":"connectif.yaml:46:3","pages/content":"connectif.yaml:47:3","contact/primary_key":"connectif.yaml:52:5","contact/_name":"connectif.yaml:53:5","contact/_surname":"connectif.yaml:54:5","contact/_newsletter_subscription_status":"connectif.yaml:55:5","cart/cart_id":"connectif.yaml:60:5","cart/total_quantity":"connectif.yaml:61:5","cart/total_price":"connectif.yaml:62:5","cart/cart_recovery_url":"connectif.yaml:63:5","cart/product_basket_item":"connectif.yaml:64:5","cart/product_basket_item/product_id":"connectif.yaml:65:7","cart/product_basket_item/name":"connectif.yaml:65:24","cart/product_basket_item/url":"connectif.yaml:65:37","cart/product_basket_item/image_url":"connectif.yaml:65:47","cart/product_basket_item/unit_price":"connectif.yaml:65:65","cart/product_basket_item/price":"connectif.yaml:65:84","pages/category/page_category/0":"connectif.yaml:36:48","pages/search/search_text":"connectif.yaml:38:34","pages/confirmation/purchase":"connectif.yaml:41:41","pages/confirmation/purchase/purchase_id":"connectif.yaml:42:19","pages/confirmation/purchase/total_quantity":"connectif.yaml:42:36","pages/confirmation/purchase/total_price":"connectif.yaml:42:62","pages/confirmation/purchase/cart_id":"connectif.yaml:42:82","pages/confirmation/purchase/purchase_date":"connectif.yaml:43:19","pages/confirmation/purchase/payment_method":"connectif.yaml:43:40","pages/confirmation/purchase/source_type":"connectif.yaml:43:65","pages/confirmation/purchase/product_basket_item":"connectif.yaml:44:19","pages/confirmation/purchase/product_basket_item/product_id":"connectif.yaml:45:21","pages/confirmation/purchase/product_basket_item/name":"connectif.yaml:45:38","pages/confirmation/purchase/product_basket_item/url":"connectif.yaml:45:51","pages/confirmation/purchase/product_basket_item/unit_price":"connectif.yaml:45:61","pages/confirmation/purchase/product_basket_item/price":"connectif.yaml:45:80","events/newsletter/email":"connectif.yaml:68:79","events/signed-in/contact":"connectif.yaml:69:58","events/registered/contact":"connectif.yaml:70:64","events/liked/alias":"connectif.yaml:72:60","events/liked/payload/productId":"connectif.yaml:72:91"},"promises":{"product":{"productDetailUrl":["an absolute http(s) address, not percent-encoded",{"format":"uri"},true],"productId":["any text",{},true],"name":["any text",{},true],"unitPrice":["a number with a point: no thousands separator, no currency, not negative",{},true],"description":["any text",{},false],"imageUrl":["an absolute http(s) address, not percent-encoded",{"format":"uri"},false],"thumbnailUrl":["an absolute http(s) address, not percent-encoded",{"format":"uri"},false],"availability":["one of InStock, OutOfStock",{},false],"categories":["any text",{},false],"tags":["any text",{},false],"brand":["any text",{},false],"reviewCount":["a whole number, not negative",{"integer":true},false],"rating":["a number with a point: no thousands separator, no currency, not negative",{"maximum":5},false],"ratingCount":["a whole number, not negative",{"integer":true},false],"relatedExternalProductIds":["any text",{},false],"priority":["a whole number, not negative",{"integer":true},false],"unitPriceOriginal":["a number with a point: no thousands separator, no currency, not negative",{},false],"unitPriceWithoutVAT":["a number with a point: no thousands separator, no currency, not negative",{},false],"discountedPercentage":["a number with a point: no thousands separator, no currency, not negative",{"maximum":100},false],"discountedAmount":["a number with a point: no thousands separator, no currency, not negative",{},false],"publishedAt":["ISO 8601 with time and offset, such as 2026-01-15T10:20:30Z, or Unix milliseconds",{"format":"date-time"},false],"customField1":["any text",{},false],"customField2":["any text",{},false],"customField3":["any text",{},false]},"product_basket_item":{"quantity":["a whole number, not negative",{"integer":true},true],"price":["a number with a point: no thousands separator, no currency, not negative",{},true],"productDetailUrl":["an absolute http(s) address, not percent-encoded",{"format":"uri"},true],"productId":["any text",{},true],"name":["any text",{},true],"unitPrice":["a number with a point: no thousands separator, no currency, not negative",{},true],"description":["any text",{},false],"imageUrl":["an absolute http(s) address, not percent-encoded",{"format":"uri"},false],"thumbnailUrl":["an absolute http(s) address, not percent-encoded",{"format":"uri"},false],"availability":["one of InStock, OutOfStock",{},false],"categories":["any text",{},false],"tags":["any text",{},false],"brand":["any text",{},false],"reviewCount":["a whole number, not negative",{"integer":true},false],"rating":["a number with a point: no thousands separator, no currency, not negative",{"maximum":5},false],"ratingCount":["a whole number, not negative",{"integer":true},false],"relatedExternalProductIds":["any text",{},false],"priority":["a whole number, not negative",{"integer":true},false],"unitPriceOriginal":["a number with a point: no thousands separator, no currency, not negative",{},false],"unitPriceWithoutVAT":["a number with a point: no thousands separator, no currency, not negative",{},false],"discountedPercentage":["a number with a point: no thousands separator, no currency, not negative",{"maximum":100},false],"discountedAmount":["a number with a point: no thousands separator, no currency, not negative",{},false],"publishedAt":["ISO 8601 with time and offset, such as 2026-01-15T10:20:30Z, or Unix milliseconds",{"format":"date-time"},false],"customField1":["any text",{},false],"customField2":["any text",{},false],"customField3":["any text",{},false]},"cart":{"cartId":["any text",{},true],"totalQuantity":["a whole number, not negative",{"integer":true},true],"totalPrice":["a number with a point: no thousands separator, no currency, not negative",{},true],"products":["a product_basket_item",{},false],"cartRecoveryUrl":["an absolute http(s) address, not percent-encoded",{"format":"uri"},false]},"contact":{"primaryKey":["an email address",{"format":"email"},true],"_name":["any text",{},false],"_surname":["any text",{},false],"_newsletterSubscriptionStatus":["one of subscribed, unsubscribed, none",{},false],"_birthdate":["a day, such as 2026-01-15",{"format":"date"},false],"_mobilePhone":["a number in international form, without blanks",{},false],"_emailStatus":["one of active, bounced, paused, banned",{},false],"_mobilePhoneStatus":["one of active, bounced, paused",{},false],"_smsSubscriptionStatus":["one of subscribed, unsubscribed, none",{},false],"_points":["a whole number, not negative",{"integer":true},false],"trackerId":["any text",{"maxLength":24},false]},"purchase":{"purchaseId":["any text",{},true],"totalQuantity":["a whole number, not negative",{"integer":true},true],"totalPrice":["a number with a point: no thousands separator, no currency, not negative",{},true],"products":["a product_basket_item",{},false],"cartId":["any text",{},false],"purchaseDate":["ISO 8601 with time and offset, such as 2026-01-15T10:20:30Z",{"format":"date-time"},false],"paymentMethod":["any text",{},false],"source_type":["one of marketplace, digital-store, point-of-sale, third-party, other",{},false],"source_name":["any text",{},false],"purchase":["a purchase",{},true]},"newsletter-subscribe":{"email":["an email address",{"format":"email"},true]},"login":{},"register":{},"custom":{"eventAlias":["any text",{},false],"eventId":["24 hexadecimal digits",{"pattern":"^[0-9a-fA-F]{24}$"},false],"payload":["names with values of any kind",{},false]},"search":{"searchText":["any text",{},true]}},"labels":{"productDetailUrl":"url","productId":"product_id","unitPrice":"unit_price","imageUrl":"image_url","thumbnailUrl":"thumbnail_url","categories":"category","tags":"tag","reviewCount":"review_count","rating":"rating_value","ratingCount":"rating_count","relatedExternalProductIds":"related_external_product_id","unitPriceOriginal":"unit_price_original","unitPriceWithoutVAT":"unit_price_without_vat","discountedPercentage":"discounted_percentage","discountedAmount":"discounted_amount","publishedAt":"published_at","customField1":"custom_field_1","customField2":"custom_field_2","customField3":"custom_field_3","cartId":"cart_id","totalQuantity":"total_quantity","totalPrice":"total_price","products":"product_basket_item","cartRecoveryUrl":"cart_recovery_url","primaryKey":"primary_key","_newsletterSubscriptionStatus":"_newsletter_subscription_status","_emailStatus":"_email_status","trackerId":"tracker_id","keywords":"keyword","purchaseId":"purchase_id","purchaseDate":"purchase_date","paymentMethod":"payment_method","eventAlias":"alias","eventId":"id","formId":"form_id","primaryKeyField":"primary_key_field","searchText":"search_text"},"file":"connectif.yaml"}});
