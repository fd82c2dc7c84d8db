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
