/* connectif-kit: generated from connectif.yaml, do not edit; content 060b93bc2f81 */
(function () {
  // A second copy of this file does nothing.
  if (window.connectifKit) return;

  // What the platform understands: name here, marks, =name in tags, =words.
  // ! required, * many, ^ entity, # number, @ address, & anything.
  const entities = {
    product: "productDetailUrl!@=url productId! name! unitPrice!# description imageUrl@ thumbnailUrl@ availability==InStock|OutOfStock categories*=category tags*=tag brand reviewCount# rating#=rating_value ratingCount# relatedExternalProductIds*=related_external_product_id priority# unitPriceOriginal# unitPriceWithoutVAT# discountedPercentage# discountedAmount# publishedAt customField1 customField2 customField3",
    product_basket_item: "quantity!# price!#",
    cart: "cartId! totalQuantity!# totalPrice!# products*^=product_basket_item cartRecoveryUrl@",
    contact: "primaryKey! _name _surname _newsletterSubscriptionStatus==subscribed|unsubscribed|none",
    purchase: "purchaseId! totalQuantity!# totalPrice!# products*^=product_basket_item cartId purchaseDate paymentMethod source_type source_name",
  };
  for (const name in entities)
    entities[name] = entities[name].split(" ").map((line) => {
      const row = line.match(/(\w+)([^\w=]*)=?(\w*)=?(.*)/);
      row[3] = row[3] || row[1].replace(/[A-Z]+|\d/g, (letters) => "_" + letters.toLowerCase());
      return row;
    });
  entities.product_basket_item.unshift(...entities.product);

  // What the plan says.
  const own = {"cart":["storage","shop.cart",{"cartId":"id","totalQuantity":"quantity","totalPrice":"total","cartRecoveryUrl":"recovery","products":["path","lines",{"productId":"sku","name":"title","productDetailUrl":"url","imageUrl":"image","unitPrice":"price","price":"total"}]}],"contact":["storage","shop.user",{"primaryKey":"email","_name":"first_name","_surname":"last_name","_newsletterSubscriptionStatus":"newsletter"}]};
  const rules = [
    {"name":"newsletter","submit":"form#newsletter","send":"newsletter-subscribe","fields":{"email":["selector","input[type=email]"]}},
    {"name":"signed-in","event":["user:login"],"send":"login","contact":["detail","",{"primaryKey":"email","_name":"first_name","_surname":"last_name","_newsletterSubscriptionStatus":"newsletter"}]},
    {"name":"registered","event":["user:register"],"send":"register","contact":["detail","",{"primaryKey":"email","_name":"first_name","_surname":"last_name","_newsletterSubscriptionStatus":"newsletter"}]},
    {"name":"cart-changed","event":["cart:changed"],"asks":"cart"},
    {"name":"liked","click":"[data-like]","send":"custom","payload":{"productId":["attribute","data-like"]},"fields":{"eventAlias":["literal","product-like"]}},
  ];
  // Address, what a view of it reports.
  const pages = [
    ["^/search/?$",[{"send":"search","fields":{"searchText":["query","q"]}}]],
    ["^/checkout/done/?$",[{"send":"purchase","fields":{"purchase":["storage","shop.order",{"purchaseId":"id","totalQuantity":"quantity","totalPrice":"total","cartId":"cart_id","purchaseDate":"date","paymentMethod":"payment","source_type":["literal","digital-store"],"products":["path","lines",{"productId":"sku","name":"title","productDetailUrl":"url","unitPrice":"price","price":"total"}]}]}}]],
  ];

  // Nothing of ours may break the page.
  const quietly = (work) => {
    try {
      return work();
    } catch (error) {
      // Its value is undefined then.
    }
  };
  const attempt = quietly;
  const on = (target, type, work) => target.addEventListener(type, (event) => attempt(() => work(event)), true);

  // Values.
  const dig = (object, path) => (path && object != null ? object[path] : object);
  const parsed = (string) => {
    const value = quietly(() => JSON.parse(string));
    return typeof value == "object" ? value : string;
  };
  // `shop.user.email` may be a key, or `email` inside the key `shop.user`.
  const stored = (key, path) => {
    const found = quietly(() => localStorage.getItem(key) || sessionStorage.getItem(key));
    const dot = key.lastIndexOf(".");
    return found || dot < 0 ? dig(parsed(found), path) : stored(key.slice(0, dot), key.slice(dot + 1) + (path ? "." + path : ""));
  };
  const text = (value) => {
    if (value && value.toJSON) value = value.toJSON();
    return /^[nsb]/.test(typeof value) && String(value).trim();
  };
  // Whatever may have a label has a value; everything else has a text.
  const valueOf = (element) =>
    element && (!("labels" in element) ? element.textContent.trim() : element.type != "checkbox" || element.checked ? element.value : undefined);
  const copy = (value) => attempt(() => JSON.parse(JSON.stringify(value)));

  const sources = {
    attribute: (name, context) => context.element && context.element.getAttribute(name),
    detail: (path, context) => dig(context.detail, path),
    literal: (value) => value,
    path: (path, context) => dig(context.object, path),
    query: (name) => new URLSearchParams(location.search).get(name),
    selector: (selector, context) =>
      valueOf(quietly(() => context.element.querySelector(selector)) || document.querySelector(selector)),
    storage: (key) => stored(key),
  };
  // A list is a source: name, key, fields, option; a text is a path in the object at hand.
  const read = (source, context) =>
    attempt(() =>
      !sources[source[0]]
        ? dig(context.object, source)
          : sources[source[0]](source[1], context, source)
    );

  const rounded = (number) => +(number + 1e-9).toFixed(2);
  const total = (lines, name) => rounded(lines.reduce((sum, line) => sum + line[name], 0));

  // The entity's properties found in an object or an element; nothing where a required one is missing.
  const record = (entity, object, fields, context) => {
    const out = {};
    const taken = {};
    // What is given and cannot be read is never made up from the rest.
    const lost = {};
    const fill = (name, value) => {
      if (out[name] == null && !lost[name] && value === value) out[name] = value;
    };
    const markup = object instanceof Element;
    const inner = { ...context, object, element: markup ? object : context.element };
    entities[entity].forEach(([, js, marks, html, words]) => {
      const has = (mark) => marks.includes(mark);
      const source = fields && fields[js];
      const one = (value) => {
        const string = text(value);
        return has("^")
          ? record(html, Object(value), source && source[2], inner)
          : !string
            ? string
            : words
              ? words.split("|").find((word) => word.toLowerCase() == string.toLowerCase())
              : has("@")
                ? string.replace(/^\/(?!\/)/, "https://shop.example/")
                : !has("#")
                  ? string
                  : /^\d+(\.\d+)?$/.test(string) && +string;
      };
      // A name that one property has taken is not another's: GA4's `price` is one unit's, ours is a line's.
      const name = source || [js, html].find((known) => object[known] != null && !taken[known]);
      taken[name] = 1;
      const value = source
        ? read(source, inner)
        : markup
          ? [...object.querySelectorAll("." + html)].map((element) => element.textContent)
        : object[name];
      const given = value == null || value === "" ? [] : [].concat(value);
      const list = given.map(one).filter((item) => item || item === 0);
      lost[js] = given.length > list.length;
      out[js] = has("*") && (list[0] || (value && has("^"))) ? list : list[0];
    });
    // Of what is no line, this is no number.
    fill("price", rounded(out.unitPrice * out.quantity));
    if (out.products && !lost.products) {
      fill("totalQuantity", total(out.products, "quantity"));
      fill("totalPrice", total(out.products, "price"));
    }
    return entities[entity].every(([, js, marks]) => out[js] != null || !marks.includes("!")) && out;
  };
  const make = (entity, source, context) =>
    attempt(() => {
      const object = source && read(source, context);
      return (object && record(entity, object, source[2], context)) || undefined;
    });

  // An order is reported once, however often it is told or its page is seen.
  const ORDERS = "connectif-kit.purchases";
  let orders;
  // Asked once for each event; what is on its way counts already.
  const unreported = ({ purchase }) => {
    // Kept here too: there may be no storage.
    orders = orders || (quietly(() => localStorage.getItem(ORDERS)) || "").split("\n");
    return !purchase || (!orders.includes(purchase.purchaseId) && orders.unshift(purchase.purchaseId));
  };
  const reported = ({ purchase }) => purchase && quietly(() => localStorage.setItem(ORDERS, orders.slice(0, 50).join("\n")));

  // Sending: what happens in one turn goes in one call.
  const queue = [];
  let group;

  const turn = () => {
    if (!group) Promise.resolve().then(() => attempt(close));
    return (group = group || { events: [], wanted: [] });
  };

  const close = () => {
    const now = group;
    now.contact = now.contact || make("contact", own.contact, {});
    now.cart = now.cart || make("cart", own.cart, {});
    group = 0;
    now.events = now.events.filter(unreported);
    queue.push(now);
    flush();
  };

  const flush = () => {
    const managed = (window.connectif || {}).managed;
    while (queue[0] && managed && (!managed.isInitialized || managed.isInitialized())) {
      const now = queue[0];
      const events = now.events.filter((event) => now.contact || !["login","register"].includes(event.type));
      if (events[0] || now.wanted.some((name) => now[name])) {
        // The client changes what it is given; where it is not ready it throws, and this stays in the queue.
        const promise = managed.sendEvents(...copy([events, { entityInfo: now.contact, cart: now.cart }]));
        quietly(() => promise.catch(() => {}));
        events.forEach(reported);
      }
      queue.shift();
    }
  };

  // What the plan says of a rule's event; nothing where something required is missing.
  const build = (rule, context) => {
    const event = { type: rule.send };
    for (const name in rule.fields) {
      event[name] = entities[name] ? make(name, rule.fields[name], context) : text(read(rule.fields[name], context));
      if (!event[name]) return;
    }
    if (rule.payload) event.payload = {};
    for (const name in rule.payload) {
      const value = read(rule.payload[name], context);
      if (value != null) event.payload[name] = copy(value);
    }
    return event;
  };

  const fire = (rule, context) =>
    attempt(() => {
      const now = turn();
      ["contact", "cart"].forEach((name) => {
        now[name] = make(name, rule[name], context) || now[name];
    });
      if (rule.asks) return now.wanted.push(rule.asks);
      const event = build(rule, context);
      return event && now.events.push(event);
    });

  // Page views.
  // One form for `/p/mug`, `/p/mug/`, `/p/mug.html` and `/p/mug/index.html`.
  const here = () =>
    pages.find((page) => RegExp(page[0], "u").test(location.pathname.replace(/(\/index)?\.x?html?$/i, ""))) || [];
  // What a view of the page reports; an entry of the dataLayer may come later.
  let pending = [];
  const report = () => {
    pending = pending.filter((rule) => !fire(rule, {}));
  };
  const view = () => {
    const now = turn();
    document.querySelectorAll(".cn_product_visited").forEach((tag) => {
      const product = record("product", tag, 0, {});
      if (product) now.events.push({ type: "product-visited", product });
    });
  pending = here()[1] || [];
    report();
  now.events.push({ type: "page-visit" });
  };

  const start = () => {
    rules.forEach((rule) => {
      ["submit","click"].forEach(
        (type) =>
          rule[type] &&
          // Captured at the document: a page that stops the event does not stop the report.
          on(document, type, (event) => {
            const element = event.target.closest(rule[type]);
            // A click on a label's words is followed by the browser's own click on its control.
            if (element && !element.contains((event.target.closest("a,label,:enabled") || 0).control)) fire(rule, { element });
          })
      );
      (rule.event || []).forEach((type) =>
        // Captured at the window: heard wherever it is dispatched, bubbling or not.
        on(window, type, (event) => fire(rule, { detail: event.detail, element: event.target }))
      );
    });
    on(document, "connectif.managed.initialized", flush);
    let done;
    const first = () => {
      if (!done) attempt(view);
      done = 1;
    };
    if (document.readyState == "complete") first();
    // At the window: after the page's own listeners. A script that comes late hears `load` only.
    window.addEventListener("DOMContentLoaded", first);
    window.addEventListener("load", first);
  };

  const tell = (name) => (given) => fire({ asks: name, [name]: given && ["literal", given] }, {});
  window.connectifKit = {
    version: "0.1.0",
    send: (name, detail) => {
      rules.forEach((rule) => rule.name == name && fire(rule, { detail }));
    },
    cart: tell("cart"),
    contact: tell("contact"),
    pageVisit: () => attempt(view),
  };
  attempt(start);
})
();
