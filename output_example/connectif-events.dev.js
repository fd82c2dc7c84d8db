/* connectif-kit: generated from connectif.yaml, do not edit; content abd28f04b38c */
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
    {"name":"newsletter","submit":"form#newsletter","send":"newsletter-subscribe","fields":{"email":["selector","input[type=email]"]},"at":"events/newsletter"},
    {"name":"signed-in","event":["user:login"],"send":"login","contact":["detail","",{"primaryKey":"email","_name":"first_name","_surname":"last_name","_newsletterSubscriptionStatus":"newsletter"}],"at":"events/signed-in"},
    {"name":"registered","event":["user:register"],"send":"register","contact":["detail","",{"primaryKey":"email","_name":"first_name","_surname":"last_name","_newsletterSubscriptionStatus":"newsletter"}],"at":"events/registered"},
    {"name":"cart-changed","event":["cart:changed"],"asks":"cart","at":"events/cart-changed"},
    {"name":"liked","click":"[data-like]","send":"custom","payload":{"productId":["attribute","data-like"]},"fields":{"eventAlias":["literal","product-like"]},"at":"events/liked"},
  ];
  // Address, what a view of it reports.
  const pages = [
    ["^/search/?$",[{"send":"search","fields":{"searchText":["query","q"]},"at":"pages/search"}],"search"],
    ["^/checkout/done/?$",[{"send":"purchase","fields":{"purchase":["storage","shop.order",{"purchaseId":"id","totalQuantity":"quantity","totalPrice":"total","cartId":"cart_id","purchaseDate":"date","paymentMethod":"payment","source_type":["literal","digital-store"],"products":["path","lines",{"productId":"sku","name":"title","productDetailUrl":"url","unitPrice":"price","price":"total"}]}]},"at":"pages/confirmation"}],"confirmation"],
  ];

  // Nothing of ours may break the page.
  const quietly = (work) => {
    try {
      return work();
    } catch (error) {
      // Its value is undefined then.
    }
  };
  const attempt = (work) => {
    try {
      return work();
    } catch (error) {
      console.warn("connectif-kit:", error);
      return undefined;
    }
  };
  const on = (target, type, work) => target.addEventListener(type, (event) => attempt(() => work(event)), true);

  // This part is in the development build only.
  const places = {"pages":"connectif.yaml:34:1","events":"connectif.yaml:67:1","cart":"connectif.yaml:57:1","contact":"connectif.yaml:49:1","events/newsletter":"connectif.yaml:68:3","events/signed-in":"connectif.yaml:69:3","events/registered":"connectif.yaml:70:3","events/cart-changed":"connectif.yaml:71:3","events/liked":"connectif.yaml:72:3","pages/home":"connectif.yaml:35:3","pages/category":"connectif.yaml:36:3","pages/product":"connectif.yaml:37:3","pages/search":"connectif.yaml:38:3","pages/cart":"connectif.yaml:39:3","pages/checkout":"connectif.yaml:40:3","pages/confirmation":"connectif.yaml:41:3","pages/account":"connectif.yaml:46:3","pages/content":"connectif.yaml:47:3","contact/primary_key":"connectif.yaml:52:5","contact/_name":"connectif.yaml:53:5","contact/_surname":"connectif.yaml:54:5","contact/_newsletter_subscription_status":"connectif.yaml:55:5","cart/cart_id":"connectif.yaml:60:5","cart/total_quantity":"connectif.yaml:61:5","cart/total_price":"connectif.yaml:62:5","cart/cart_recovery_url":"connectif.yaml:63:5","cart/product_basket_item":"connectif.yaml:64:5","cart/product_basket_item/product_id":"connectif.yaml:65:7","cart/product_basket_item/name":"connectif.yaml:65:24","cart/product_basket_item/url":"connectif.yaml:65:37","cart/product_basket_item/image_url":"connectif.yaml:65:47","cart/product_basket_item/unit_price":"connectif.yaml:65:65","cart/product_basket_item/price":"connectif.yaml:65:84","pages/category/page_category/0":"connectif.yaml:36:48","pages/search/search_text":"connectif.yaml:38:34","pages/confirmation/purchase":"connectif.yaml:41:41","pages/confirmation/purchase/purchase_id":"connectif.yaml:42:19","pages/confirmation/purchase/total_quantity":"connectif.yaml:42:36","pages/confirmation/purchase/total_price":"connectif.yaml:42:62","pages/confirmation/purchase/cart_id":"connectif.yaml:42:82","pages/confirmation/purchase/purchase_date":"connectif.yaml:43:19","pages/confirmation/purchase/payment_method":"connectif.yaml:43:40","pages/confirmation/purchase/source_type":"connectif.yaml:43:65","pages/confirmation/purchase/product_basket_item":"connectif.yaml:44:19","pages/confirmation/purchase/product_basket_item/product_id":"connectif.yaml:45:21","pages/confirmation/purchase/product_basket_item/name":"connectif.yaml:45:38","pages/confirmation/purchase/product_basket_item/url":"connectif.yaml:45:51","pages/confirmation/purchase/product_basket_item/unit_price":"connectif.yaml:45:61","pages/confirmation/purchase/product_basket_item/price":"connectif.yaml:45:80","events/newsletter/email":"connectif.yaml:68:79","events/signed-in/contact":"connectif.yaml:69:58","events/registered/contact":"connectif.yaml:70:64","events/liked/alias":"connectif.yaml:72:60","events/liked/payload/productId":"connectif.yaml:72:91"};
  const promises = {"product":{"productDetailUrl":["an absolute http(s) address, not percent-encoded",{"format":"uri"},true],"productId":["any text",{},true],"name":["any text",{},true],"unitPrice":["a number with a point: no thousands separator, no currency, not negative",{},true],"description":["any text",{},false],"imageUrl":["an absolute http(s) address, not percent-encoded",{"format":"uri"},false],"thumbnailUrl":["an absolute http(s) address, not percent-encoded",{"format":"uri"},false],"availability":["one of InStock, OutOfStock",{},false],"categories":["any text",{},false],"tags":["any text",{},false],"brand":["any text",{},false],"reviewCount":["a whole number, not negative",{"integer":true},false],"rating":["a number with a point: no thousands separator, no currency, not negative",{"maximum":5},false],"ratingCount":["a whole number, not negative",{"integer":true},false],"relatedExternalProductIds":["any text",{},false],"priority":["a whole number, not negative",{"integer":true},false],"unitPriceOriginal":["a number with a point: no thousands separator, no currency, not negative",{},false],"unitPriceWithoutVAT":["a number with a point: no thousands separator, no currency, not negative",{},false],"discountedPercentage":["a number with a point: no thousands separator, no currency, not negative",{"maximum":100},false],"discountedAmount":["a number with a point: no thousands separator, no currency, not negative",{},false],"publishedAt":["ISO 8601 with time and offset, such as 2026-01-15T10:20:30Z, or Unix milliseconds",{"format":"date-time"},false],"customField1":["any text",{},false],"customField2":["any text",{},false],"customField3":["any text",{},false]},"product_basket_item":{"quantity":["a whole number, not negative",{"integer":true},true],"price":["a number with a point: no thousands separator, no currency, not negative",{},true],"productDetailUrl":["an absolute http(s) address, not percent-encoded",{"format":"uri"},true],"productId":["any text",{},true],"name":["any text",{},true],"unitPrice":["a number with a point: no thousands separator, no currency, not negative",{},true],"description":["any text",{},false],"imageUrl":["an absolute http(s) address, not percent-encoded",{"format":"uri"},false],"thumbnailUrl":["an absolute http(s) address, not percent-encoded",{"format":"uri"},false],"availability":["one of InStock, OutOfStock",{},false],"categories":["any text",{},false],"tags":["any text",{},false],"brand":["any text",{},false],"reviewCount":["a whole number, not negative",{"integer":true},false],"rating":["a number with a point: no thousands separator, no currency, not negative",{"maximum":5},false],"ratingCount":["a whole number, not negative",{"integer":true},false],"relatedExternalProductIds":["any text",{},false],"priority":["a whole number, not negative",{"integer":true},false],"unitPriceOriginal":["a number with a point: no thousands separator, no currency, not negative",{},false],"unitPriceWithoutVAT":["a number with a point: no thousands separator, no currency, not negative",{},false],"discountedPercentage":["a number with a point: no thousands separator, no currency, not negative",{"maximum":100},false],"discountedAmount":["a number with a point: no thousands separator, no currency, not negative",{},false],"publishedAt":["ISO 8601 with time and offset, such as 2026-01-15T10:20:30Z, or Unix milliseconds",{"format":"date-time"},false],"customField1":["any text",{},false],"customField2":["any text",{},false],"customField3":["any text",{},false]},"cart":{"cartId":["any text",{},true],"totalQuantity":["a whole number, not negative",{"integer":true},true],"totalPrice":["a number with a point: no thousands separator, no currency, not negative",{},true],"products":["a product_basket_item",{},false],"cartRecoveryUrl":["an absolute http(s) address, not percent-encoded",{"format":"uri"},false]},"contact":{"primaryKey":["an email address",{"format":"email"},true],"_name":["any text",{},false],"_surname":["any text",{},false],"_newsletterSubscriptionStatus":["one of subscribed, unsubscribed, none",{},false],"_birthdate":["a day, such as 2026-01-15",{"format":"date"},false],"_mobilePhone":["a number in international form, without blanks",{},false],"_emailStatus":["one of active, bounced, paused, banned",{},false],"_mobilePhoneStatus":["one of active, bounced, paused",{},false],"_smsSubscriptionStatus":["one of subscribed, unsubscribed, none",{},false],"_points":["a whole number, not negative",{"integer":true},false],"trackerId":["any text",{"maxLength":24},false]},"purchase":{"purchaseId":["any text",{},true],"totalQuantity":["a whole number, not negative",{"integer":true},true],"totalPrice":["a number with a point: no thousands separator, no currency, not negative",{},true],"products":["a product_basket_item",{},false],"cartId":["any text",{},false],"purchaseDate":["ISO 8601 with time and offset, such as 2026-01-15T10:20:30Z",{"format":"date-time"},false],"paymentMethod":["any text",{},false],"source_type":["one of marketplace, digital-store, point-of-sale, third-party, other",{},false],"source_name":["any text",{},false],"purchase":["a purchase",{},true]},"newsletter-subscribe":{"email":["an email address",{"format":"email"},true]},"login":{},"register":{},"custom":{"eventAlias":["any text",{},false],"eventId":["24 hexadecimal digits",{"pattern":"^[0-9a-fA-F]{24}$"},false],"payload":["names with values of any kind",{},false]},"search":{"searchText":["any text",{},true]}};
  const labels = {"productDetailUrl":"url","productId":"product_id","unitPrice":"unit_price","imageUrl":"image_url","thumbnailUrl":"thumbnail_url","categories":"category","tags":"tag","reviewCount":"review_count","rating":"rating_value","ratingCount":"rating_count","relatedExternalProductIds":"related_external_product_id","unitPriceOriginal":"unit_price_original","unitPriceWithoutVAT":"unit_price_without_vat","discountedPercentage":"discounted_percentage","discountedAmount":"discounted_amount","publishedAt":"published_at","customField1":"custom_field_1","customField2":"custom_field_2","customField3":"custom_field_3","cartId":"cart_id","totalQuantity":"total_quantity","totalPrice":"total_price","products":"product_basket_item","cartRecoveryUrl":"cart_recovery_url","primaryKey":"primary_key","_newsletterSubscriptionStatus":"_newsletter_subscription_status","_emailStatus":"_email_status","trackerId":"tracker_id","keywords":"keyword","purchaseId":"purchase_id","purchaseDate":"purchase_date","paymentMethod":"payment_method","eventAlias":"alias","eventId":"id","formId":"form_id","primaryKeyField":"primary_key_field","searchText":"search_text"};
  const said = new Set();
  const label = (name) => labels[name] || name;
  const place = (at) => {
    for (let path = String(at); path; path = path.slice(0, Math.max(0, path.lastIndexOf("/")))) {
      if (Object.prototype.hasOwnProperty.call(places, path)) return places[path];
    }
    return "connectif.yaml";
  };
  // One line for each cause: the next line of the cart has the same fault, and what follows from it is known.
  const warn = (at, message, cause = message) => {
    const known = `${place(at)}: ${cause}`;
    if (!said.has(known)) console.warn(`connectif-kit: ${place(at)}: ${message}`);
    said.add(known).add(String(at).split("/")[0]);
  };
  const empty = (value) => value == null || value === "" || (Array.isArray(value) && !value.length);
  const show = (value) => {
    if (empty(value)) return "nothing";
    return String(value.nodeType ? value.outerHTML : quietly(() => JSON.stringify(value))).slice(0, 80);
  };
  const promised = (entity, name) => (promises[entity] || {})[name] || ["a value", {}, false];
  const formats = {
    uri: (value) => /^https?:\/\/[^\s<>"]+$/.test(value),
    email: (value) => /^[^@\s<>"]+@[^@\s<>".]+(\.[^@\s<>".]+)+$/.test(value),
    "date-time": (value) => /^\d{12,14}$/.test(value) || !isNaN(Date.parse(value)),
    date: (value) => !isNaN(Date.parse(value)),
  };
  const fault = (limits, value) =>
    (limits.format && !formats[limits.format](value)) ||
    (limits.integer && value % 1) ||
    (limits.pattern && !new RegExp(limits.pattern).test(value)) ||
    value > limits.maximum ||
    (limits.maxLength && String(value).length > limits.maxLength);
  // What was found for a property, against what the vocabulary says of it.
  const examine = (entity, name, raw, value, at, missing, nested) => {
    const [doc, limits, needed] = promised(entity, name);
    const kept = [].concat(value === undefined ? [] : value);
    const after = needed ? `; without it no ${entity} is sent` : "";
    // A nested object has told itself why it is left out.
    if (!empty(raw) && !kept.length && !nested)
      warn(at, `${label(name)} is left out: expected ${doc}, got ${show(raw)}${after}`, `${name} is left out`);
    else if (Array.isArray(raw) && Array.isArray(value) && kept.length < raw.length && !nested)
      warn(at, `${raw.length - kept.length} of ${raw.length} ${label(name)} left out`);
    kept
      .filter((one) => one !== false && fault(limits, one))
      .forEach((one) => warn(at, `${label(name)}: expected ${doc}, got ${show(one)}`, `${name} is doubtful`));
    if (needed && !kept.length && empty(raw)) missing.push({ name, raw, at, doc });
  };
  // Why an object is not sent. A contact without address is an anonymous visitor, no mistake.
  const incomplete = (entity, out, missing, object, context) => {
    const lacks = missing.filter(
      ({ name, raw }) => out[name] === undefined && !(entity == "contact" && (raw === null || raw === ""))
    );
    if (!lacks[0]) return;
    const [kind, key] = context.source || [];
    if (key && !/^[of]/.test(typeof object)) {
      warn(context.at, `${entity} is left out: ${kind} \`${key}\` is no ${/^(storage|cookie)$/.test(kind) ? "JSON" : "object"}`);
      return;
    }
    const names = lacks.map(({ name }) => label(name)).join(", ");
    const expected = lacks[1] ? "" : `: expected ${lacks[0].doc}, got nothing`;
    const message = `${entity} is left out, ${names} ${lacks[1] ? "are" : "is"} missing${expected}`;
    warn(lacks[0].at, `${message} in ${show(object)}`, message);
  };
  const lacking = (rule, event, name, context) => {
    if (!event[name] && !entities[name] && !(rule.may || []).includes(name))
      warn(context.at, `${rule.send} is not sent, ${label(name)} is missing: expected ${promised(rule.send, name)[0]}, got nothing`);
  };
  const doubt = (now) => {
    now.wanted
      .filter((name) => !now[name] && !said.has(name))
      .forEach((name) => warn(name, `${name} is not sent: expected a ${name}, got nothing`));
    now.events
      .filter((event) => !now.contact && ["login","register"].includes(event.type))
      .forEach((event) => warn("contact", `${event.type} is not sent: expected a contact with primary_key, got nothing`));
  };

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
  const copy = (value) => value === undefined ? value : attempt(() => JSON.parse(JSON.stringify(value)));

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
    const missing = [];
    entities[entity].forEach(([, js, marks, html, words]) => {
      const has = (mark) => marks.includes(mark);
      const source = fields && fields[js];
      const at = { ...inner, at: `${context.at}/${html}` };
      const one = (value) => {
        const string = text(value);
        return has("^")
          ? record(html, Object(value), source && source[2], at)
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
      examine(entity, js, value, out[js], at.at, missing, has("^"));
    });
    // Of what is no line, this is no number.
    fill("price", rounded(out.unitPrice * out.quantity));
    if (out.products && !lost.products) {
      fill("totalQuantity", total(out.products, "quantity"));
      fill("totalPrice", total(out.products, "price"));
    }
    incomplete(entity, out, missing, object, context);
    return entities[entity].every(([, js, marks]) => out[js] != null || !marks.includes("!")) && out;
  };
  const make = (entity, source, context) =>
    attempt(() => {
      const object = source && read(source, context);
      return (object && record(entity, object, source[2], { ...context, source })) || undefined;
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
    now.contact = now.contact || make("contact", own.contact, { at: "contact" });
    now.cart = now.cart || make("cart", own.cart, { at: "cart" });
    group = 0;
    doubt(now);
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
      const at = { ...context, at: `${context.at}/${label(name)}` };
      event[name] = entities[name] ? make(name, rule.fields[name], at) : text(read(rule.fields[name], at));
      if (!entities[name]) examine(rule.send, name, event[name], event[name], at.at, []);
      lacking(rule, event, name, context);
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
      context = { at: rule.at || rule.asks, ...context };
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
      const product = record("product", tag, 0, { at: "pages/" + here()[2] });
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
      if (!rules.some((rule) => rule.name == name)) warn("events", `send: expected ${rules.map((rule) => rule.name).join(", ") || "an event of the plan"}, got ${show(name)}`);
      rules.forEach((rule) => rule.name == name && fire(rule, { detail }));
    },
    cart: tell("cart"),
    contact: tell("contact"),
    pageVisit: () => attempt(view),
  };
  attempt(start);
})
();
