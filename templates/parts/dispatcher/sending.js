// Sending: what happens in one task of the browser goes in one call, with contact and cart as they are after it.
/** @type {Group[]} */
const queue = [];
/** @type {Group | undefined} */
let group;

const turn = () => {
  if (!group) {
    group = { events: [], asked: [], route: location.href, title: document.title };
    later(closeTurn);
  }
  return group;
};
/** The plan's contact and cart, as far as the events have not brought their own. */
const complete = (/** @type {Group} */ now, /** @type {Context} */ context) => {
  Object.keys(own).forEach((name) => {
    if (!now[name]) now[name] = make(name, own[name], { ...context, at: name });
  });
  if (now.describe) now.info = { ...attempt(() => now.describe(context)), ...now.info };
};
/** Whether something waits for the answers of modules; their part does it again then. */
/** @type {(context: Context, again: () => void) => boolean} */
let awaits = () => false;
const closeTurn = () => {
  const now = group;
  group = undefined;
  if (!now || !allowed()) return;
  const context = fresh({});
  const { contact, cart } = now;
  const close = () => {
    complete(Object.assign(now, { contact, cart }), context);
    now.held = awaits(context, close);
    if (!now.held) run("close", now);
    flush();
  };
  queue.push(now);
  close();
};
/** What waited for the client goes in one call, orders first; but never one visitor's events under another's name. */
const merged = () => {
  const [first, second] = queue;
  if (!second || first.held || second.held || first.route != second.route) return;
  if (first.contact && JSON.stringify(first.contact) != JSON.stringify(second.contact)) return;
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
  (now.contact && now.contact.primaryKey) || !plan.identified.includes(event.type);

const flush = () => {
  const managed = (window.connectif || {}).managed;
  if (!managed || (managed.isInitialized && !managed.isInitialized())) return;
  if (!allowed()) queue.length = 0;
  merged();
  while (queue[0] && !queue[0].held) {
    const now = queue[0];
    const events = now.events.filter((event) => identified(now, event));
    if (events[0] || now.asked.some((name) => now[name])) {
      const options = {
        entityInfo: now.contact,
        cart: plan.writes ? undefined : now.cart,
        pageInfo: pageInfo(now),
      };
      // The client changes what it is given; where it is not ready it throws, and this stays in the queue.
      const promise = managed.sendEvents(copy(events), copy(options));
      quietly(() => promise.catch(() => {}));
      run("sent", now, events);
    }
    queue.shift();
  }
};
/** What the plan says of the page; and its title, where the document has another by now. */
const pageInfo = (/** @type {Group} */ now) => {
  const late = now.events.some((event) => event.type == "page-visit") && now.title != document.title;
  return late ? { title: now.title, ...now.info } : now.info;
};
on(document, "connectif.managed.initialized", flush);

/** What the plan says of a rule's event; nothing where something required is missing. */
const build = (/** @type {Rule} */ rule, /** @type {Context} */ context) => {
  /** @type {{[name: string]: any}} */
  const event = { type: rule.send };
  const fields = rule.fields || {};
  const whole = Object.keys(fields).every((name) => {
    const place = { ...context, at: context.at + "/" + name };
    const marks = (rule.marks || {})[name] || "";
    const raw = entities[name] ? make(name, fields[name], place) : read(fields[name], place);
    event[name] = (entities[name] ? raw : valued({ js: name, marks, html: name }, raw)) || undefined;
    const may = marks.includes("?");
    if (DEVELOPMENT) run("field", rule, name, raw, event[name], may, place);
    return event[name] || may;
  });
  if (!whole) return undefined;
  const { payload } = rule;
  if (payload) {
    event.payload = {};
    Object.keys(payload).forEach((name) => {
      const value = read(payload[name], context);
      if (value != null) event.payload[name] = copy(value);
    });
  }
  run("built", event);
  return event;
};
const fire = (/** @type {Rule} */ rule, /** @type {Partial<Context>} */ given) =>
  attempt(() => {
    if (!allowed() || (rule.pages && !rule.pages.includes(page()[2]))) return;
    const context = fresh({ at: rule.at || rule.asks, ...given });
    const contact = make("contact", rule.contact, context);
    const cart = make("cart", rule.cart, context);
    const event = rule.asks ? undefined : build(rule, context);
    if (awaits(context, () => fire(rule, context)) || !(event || rule.asks)) return;
    run("fired", rule);
    const now = turn();
    now.contact = contact || now.contact;
    now.cart = cart || now.cart;
    if (event) now.events.push(event);
    else now.asked.push(String(rule.asks));
  });
