// Sending: what happens in one turn goes in one call.
const queue = [];
let group;

const turn = () => {
  if (!group) Promise.resolve().then(() => attempt(close));
  return (group = group || { events: [], wanted: [] });
};

const close = () => {
  const now = group;
{% for name in dispatcher.own | reverse %}
  now.{{ name }} = now.{{ name }} || make({{ name | tojson }}, own.{{ name }}, { {%- if dev %} at: {{ name | tojson }} {% endif -%} });
{% endfor %}
  group = 0;
{% if dev %}
  doubt(now);
{% endif %}
{% if "write" in dispatcher.uses %}
  if (now.cart) write({{ dispatcher.tags.cart | tojson }}, "cart", now.cart);
  if (now.contact) write({{ dispatcher.tags.contact | tojson }}, "contact", now.contact);
{% endif %}
{% if "purchases" in dispatcher.uses %}
  now.events = now.events.filter(unreported);
{% endif %}
  queue.push(now);
  flush();
};

const flush = () => {
  const managed = (window.connectif || {}).managed;
  while (queue[0] && managed && (!managed.isInitialized || managed.isInitialized())) {
    const now = queue[0];
    const events = now.events{% if dispatcher.identified %}.filter((event) => now.contact || !{{ dispatcher.identified | tojson }}.includes(event.type)){% endif %};
    if (events[0] || now.wanted.some((name) => now[name])) {
      // The client changes what it is given; where it is not ready it throws, and this stays in the queue.
      const promise = managed.sendEvents(...copy([events, { entityInfo: now.contact{% if "write" not in dispatcher.uses %}, cart: now.cart{% endif %} }]));
      quietly(() => promise.catch(() => {}));
{% if "purchases" in dispatcher.uses %}
      events.forEach(reported);
{% endif %}
    }
    queue.shift();
  }
};

// What the plan says of a rule's event; nothing where something required is missing.
const build = (rule, context) => {
  const event = { type: rule.send };
  for (const name in rule.fields) {
{% if dev %}
    const at = { ...context, at: `${context.at}/${label(name)}` };
{% endif %}
    event[name] = {% if dispatcher.entity_fields %}entities[name] ? make(name, rule.fields[name], {{ "at" if dev else "context" }}) : {% endif %}text(read(rule.fields[name], {{ "at" if dev else "context" }})){% if dispatcher.optional %} || undefined{% endif %};
{% if dev %}
    if (!entities[name]) examine(rule.send, name, event[name], event[name], at.at, []);
    lacking(rule, event, name, context);
{% endif %}
    if (!event[name]{% if dispatcher.optional %} && !(rule.may || []).includes(name){% endif %}) return;
  }
{% if dispatcher.payloads %}
  if (rule.payload) event.payload = {};
  for (const name in rule.payload) {
    const value = read(rule.payload[name], context);
    if (value != null) event.payload[name] = copy(value);
  }
{% endif %}
{% if "purchase's cart" in dispatcher.uses %}
  if (event.purchase && !event.purchase.cartId) {
    // An emptied cart may be the next order's already.
    const cart = turn().cart || make("cart", own.cart, { {%- if dev %} at: "cart" {% endif -%} });
    if (cart && cart.totalQuantity) event.purchase.cartId = cart.cartId;
  }
{% endif %}
  return event;
};

const fire = (rule, context) =>
  attempt(() => {
{% if plan.integration.consent %}
    if (!started) return;
{% endif %}
{% if dispatcher.limited %}
    if (rule.pages && !rule.pages.includes(here()[2])) return;
{% endif %}
{% if dev %}
    context = { at: rule.at || rule.asks, ...context };
{% endif %}
    const now = turn();
    ["contact", "cart"].forEach((name) => {
      now[name] = make(name, rule[name], context) || now[name];
  });
    if (rule.asks) return now.wanted.push(rule.asks);
    const event = build(rule, context);
    return event && now.events.push(event);
  });
