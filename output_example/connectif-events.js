/* connectif-kit: generated from connectif.yaml, do not edit; content 0c36843247cf */
(function () {
  "use strict";
  // A second copy of this file does nothing.
  if (window.connectifKit) return;

  // The plan. An entity's property: name here, name in tags, name in GA4, kind, many.
  const entities = {
    product: [
      ["productDetailUrl","url","","u"],
      ["productId","product_id","item_id"],
      ["name","name","item_name"],
      ["unitPrice","unit_price","price","n"],
      ["description","description"],
      ["imageUrl","image_url","","u"],
      ["thumbnailUrl","thumbnail_url","","u"],
      ["availability","availability","",["InStock","OutOfStock"]],
      ["categories","category","item_category","",1],
      ["tags","tag","","",1],
      ["brand","brand","item_brand"],
      ["reviewCount","review_count","","i"],
      ["rating","rating_value","","n"],
      ["ratingCount","rating_count","","i"],
      ["relatedExternalProductIds","related_external_product_id","","",1],
      ["priority","priority","","i"],
      ["unitPriceOriginal","unit_price_original","","n"],
      ["unitPriceWithoutVAT","unit_price_without_vat","","n"],
      ["discountedPercentage","discounted_percentage","","n"],
      ["discountedAmount","discounted_amount","","n"],
      ["publishedAt","published_at"],
      ["customField1","custom_field_1"],
      ["customField2","custom_field_2"],
      ["customField3","custom_field_3"],
    ],
    cart: [
      ["cartId","cart_id"],
      ["totalQuantity","total_quantity","","i"],
      ["totalPrice","total_price","value","n"],
      ["products","product_basket_item","items","product_basket_item",1],
      ["cartRecoveryUrl","cart_recovery_url","","u"],
    ],
    contact: [
      ["primaryKey","primary_key"],
      ["_name","_name"],
      ["_surname","_surname"],
      ["_newsletterSubscriptionStatus","_newsletter_subscription_status","",["subscribed","unsubscribed","none"]],
      ["_birthdate","_birthdate"],
      ["_mobilePhone","_mobilePhone"],
      ["_emailStatus","_email_status","",["active","bounced","paused","banned"]],
      ["_mobilePhoneStatus","_mobilePhoneStatus","",["active","bounced","paused"]],
      ["_smsSubscriptionStatus","_smsSubscriptionStatus","",["subscribed","unsubscribed","none"]],
      ["_points","_points","","i"],
      ["trackerId","tracker_id"],
    ],
    purchase: [
      ["purchaseId","purchase_id","transaction_id"],
      ["totalQuantity","total_quantity","","i"],
      ["totalPrice","total_price","value","n"],
      ["products","product_basket_item","items","product_basket_item",1],
      ["cartId","cart_id"],
      ["purchaseDate","purchase_date"],
      ["paymentMethod","payment_method","payment_type"],
      ["source_type","source_type","",["marketplace","digital-store","point-of-sale","third-party","other"]],
      ["source_name","source_name"],
    ],
  };
  entities.product_basket_item = entities.product.concat([["quantity","quantity","quantity","i"],["price","price","","n"]]);
  const required = {"product":["productDetailUrl","productId","name","unitPrice"],"product_basket_item":["quantity","price","productDetailUrl","productId","name","unitPrice"],"cart":["cartId","totalQuantity","totalPrice"],"contact":["primaryKey"],"purchase":["purchaseId","totalQuantity","totalPrice"]};
  const own = {"cart":["storage","shop.cart",null,{"cartId":"id","totalQuantity":"quantity","totalPrice":"total","cartRecoveryUrl":"recovery","products":["path","lines",null,{"productId":"sku","name":"title","productDetailUrl":"url","imageUrl":"image","unitPrice":"price","price":"total"}]}],"contact":["storage","shop.user",null,{"primaryKey":"email","_name":"first_name","_surname":"last_name","_newsletterSubscriptionStatus":"newsletter"}]};
  const identified = ["login","register"];
  const rules = [
    {"name":"newsletter","submit":"form#newsletter","send":"newsletter-subscribe","fields":{"email":["selector","input[type=email]"]},"need":["email"]},
    {"name":"signed-in","event":["user:login"],"send":"login","contact":["detail",""]},
    {"name":"registered","event":["user:register"],"send":"register","contact":["detail",""]},
    {"name":"cart-changed","event":["cart:changed"],"send":"cart"},
    {"name":"liked","click":"[data-like]","send":"custom","fields":{"eventAlias":["literal","product-like"],"payload":{"productId":["attribute","data-like"]}},"need":["eventAlias"]},
  ];
  const pages = [
    {"name":"home","match":"^/?$"},
    {"name":"category","match":"^/c/[^/]*/?$"},
    {"name":"product","match":"^/p/[^/]*/?$"},
    {"name":"search","match":"^/search/?$","reports":[{"send":"search","fields":{"searchText":["query","q"]},"need":["searchText"]}]},
    {"name":"cart","match":"^/cart/?$"},
    {"name":"checkout","match":"^/checkout/?$"},
    {"name":"confirmation","match":"^/checkout/done/?$","reports":[{"send":"purchase","fields":{"purchase":["storage","shop.order",null,{"purchaseId":"id","totalQuantity":"quantity","totalPrice":"total","cartId":"cart_id","purchaseDate":"date","paymentMethod":"payment","source_type":["literal","digital-store"],"products":["path","lines",null,{"productId":"sku","name":"title","productDetailUrl":"url","unitPrice":"price","price":"total"}]}]},"need":["purchase"]}]},
  ];

  // Nothing of ours may break the page.
  const quietly = (work) => {
    try {
      return work();
    } catch (error) {
      return undefined;
    }
  };
  const attempt = quietly;
  const on = (target, type, work) => target.addEventListener(type, (event) => attempt(() => work(event)), true);

  // Values.

  const dig = (object, path) =>
    (path ? path.split(".") : []).reduce((inner, step) => (inner == null ? undefined : inner[step]), object);

  const parsed = (string) => {
    const value = quietly(() => JSON.parse(string));
    return value && typeof value == "object" ? value : string;
  };

  const text = (value) => {
    if (value instanceof Date) value = quietly(() => value.toISOString());
    return value == null || /^(object|function|symbol)$/.test(typeof value) ? undefined : String(value).trim() || undefined;
  };

  const copy = (value) => (value == null ? undefined : attempt(() => JSON.parse(JSON.stringify(value))));

  const sources = {
    attribute: (context, name) => context.element && context.element.getAttribute(name),
    detail: (context, path) => dig(context.detail, path),
    literal: (context, value) => value,
    path: (context, path) => dig(context.object, path),
    query: (context, name) => new URLSearchParams(location.search).get(name),
    selector: (context, selector, option, fields) => {
      const find = (root) => (root ? Array.from(root.querySelectorAll(selector)) : []);
      const inside = find(context.element);
      const found = inside.length ? inside : find(document);
      const value = (element) => {
        if (fields) return element;
        if (option && option.attribute) return element.getAttribute(option.attribute);
        if (option && option.property) return element[option.property];
        if (/^(checkbox|radio)$/.test(element.type)) return element.checked ? element.value : undefined;
        if (element.multiple && element.selectedOptions) return Array.from(element.selectedOptions, (one) => one.value);
        return "value" in element && element.form !== undefined ? element.value : element.textContent.trim();
      };
      if (option && option.all) return [].concat(...found.map(value)).filter((one) => one !== undefined);
      // Of a group of radio buttons the ticked one answers.
      const first = found.find((element) => element.type == "radio" && element.checked) || found[0];
      return first && value(first);
    },
    storage: (context, key, path) => {
      const steps = key.split(".");
      const rest = path ? [path] : [];
      const stored = (name) =>
        ["localStorage", "sessionStorage"]
          .map((store) => quietly(() => window[store].getItem(name)))
          .find((value) => value != null);
      // `shop.user.email` may be a key, or `email` inside the key `shop.user`.
      let found;
      while ((found = stored(steps.join("."))) === undefined && steps.length > 1) rest.unshift(steps.pop());
      return dig(parsed(found), rest.join("."));
    },
  };

  // A text is a path in the object at hand; a list is a source: name, key, option, fields.
  const read = (source, context) =>
    Array.isArray(source)
      ? attempt(() => sources[source[0]](context, ...source.slice(1)))
      : dig(context.object, source);

  const lookup = (object, html, names, taken) => {
    if (object instanceof Element) return Array.from(object.querySelectorAll("." + html), (element) => element.textContent);
    const name = names.find((one) => object[one] != null && !taken[one]);
    taken[name] = true;
    return object[name];
  };

  const numbers = { n: /^\d+(\.\d+)?$/, i: /^\d+$/ };

  const coerced = (kind, value, fields, context) => {
    if (entities[kind]) return value && typeof value == "object" ? record(kind, value, fields, context) : undefined;
    const string = text(value);
    if (!kind || !string) return string;
    if (numbers[kind]) return numbers[kind].test(string) ? +string : undefined;
    if (kind == "u") return string.replace(/^\/(?!\/)/, "https://shop.example" + "/");
    return kind.find((choice) => choice.toLowerCase() == string.toLowerCase());
  };

  const rounded = (number) => +(number + 1e-9).toFixed(2);
  const total = (lines, name) => rounded(lines.reduce((sum, line) => sum + line[name], 0));
  const complete = (object, name, value) => {
    if (object[name] === undefined && value === value) object[name] = value;
  };

  // The entity's properties found in an object or an element; nothing where a required one is missing.
  const record = (entity, object, fields, context) => {
    const out = {};
    const taken = {};
    const inner = Object.assign({}, context, { object }, object instanceof Element && { element: object });
    entities[entity].forEach(([js, html, ga4, kind, many]) => {
      const source = fields && fields[js];
      if (typeof source == "string") taken[source] = true;
      let value = source === undefined ? lookup(object, html, [js, html, ga4], taken) : read(source, inner);
      const nested = Array.isArray(source) ? source[3] : 0;
      const checked = inner;
      if (many) {
        value = value == null ? undefined : [].concat(value).map((one) => coerced(kind, one, nested, checked));
        value = value && value.filter((one) => one !== undefined);
        if (value && !value[0] && !entities[kind]) value = undefined;
      } else value = coerced(kind, Array.isArray(value) && kind != "*" ? value[0] : value, nested, checked);
      if (value !== undefined) out[js] = value;
    });
    if (entity == "product_basket_item") {
      complete(out, "price", rounded(out.unitPrice * out.quantity));
    }
    if (out.products) {
      complete(out, "totalQuantity", total(out.products, "quantity"));
      complete(out, "totalPrice", total(out.products, "price"));
    }
    return required[entity].every((name) => out[name] !== undefined) ? out : undefined;
  };

  const make = (entity, source, context) =>
    attempt(() => {
      const object = read(source, context);
      return object == null ? undefined : record(entity, object, source[3], context);
    });

  // What outlives a page.
  const kept = (store, key) => {
    const list = quietly(() => JSON.parse(window[store].getItem(key)));
    return Array.isArray(list) ? list : [];
  };
  const keep = (store, key, value) => quietly(() => window[store].setItem(key, JSON.stringify(value)));

  // An order is reported once, however often its page is seen.
  const PURCHASES = "connectif-kit.purchases";
  const handed = [];
  const unreported = ({ purchase }) =>
    !purchase || !kept("localStorage", PURCHASES).concat(handed).includes(purchase.purchaseId);
  const reported = ({ purchase }) => {
    if (purchase) {
      handed.push(purchase.purchaseId);
      keep("localStorage", PURCHASES, [...kept("localStorage", PURCHASES), purchase.purchaseId].slice(-50));
    }
  };

  // Sending: what happens in one turn goes in one call.

  const queue = [];
  const options = { contact: "entityInfo", cart: "cart" };
  let group;

  const turn = () => {
    if (!group) {
      group = { events: [], known: {}, wanted: [] };
      Promise.resolve().then(() => attempt(close));
    }
    return group;
  };

  const close = () => {
    const { known, wanted, events } = group;
    const sent = {};
    group = undefined;
    for (const name in options) {
      const value = known[name] || (own[name] && make(name, own[name], {}));
      if (value) sent[options[name]] = value;
    }
    queue.push([events.filter((event) => sent.entityInfo || !identified.includes(event.type)), sent, wanted]);
    flush();
  };

  let heard;
  const flush = () => {
    const { managed } = window.connectif || {};
    if (!managed || (managed.isInitialized && !managed.isInitialized())) return;
    while (queue.length) {
      const [all, sent, wanted] = queue[0];
      const events = all.filter(unreported);
      try {
        if (events.length || wanted.some((one) => sent[one])) {
          // The client changes what it is given, and its promise is nobody's to await.
          const passed = copy(sent);
          Promise.resolve(managed.sendEvents(copy(events), passed)).catch(() => {});
        }
      } catch (error) {
        // An old client cannot say that it is not ready: it throws.
        if (!heard && !managed.isInitialized) return;
      }
      queue.shift();
      events.forEach(reported);
    }
  };

  // What the plan says of a rule's event; nothing where something required is missing.
  const build = (rule, context) => {
    const event = { type: rule.send };
    for (const name in rule.fields) {
      const source = rule.fields[name];
      const at = context;
      if (name == "payload") {
        event.payload = {};
        for (const key in source) event.payload[key] = copy(read(source[key], at));
        continue;
      }
      event[name] = entities[name] ? make(name, source, at) : text([].concat(read(source, at))[0]);
    }
    return (rule.need || []).every((name) => event[name] !== undefined) && event;
  };

  const fire = (rule, context) => {
    const now = turn();
    for (const name in options) {
      const value = rule[name] && make(name, rule[name], context);
      if (value) now.known[name] = value;
    }
    if (options[rule.send]) return now.wanted.push(options[rule.send]);
    const event = build(rule, context);
    return event && now.events.push(event);
  };

  const tell = (name, given) => {
    const now = turn();
    const value = given && record(name, given, 0, {});
    if (value) now.known[name] = value;
    now.wanted.push(options[name]);
  };

  // Page views.

  const here = () => {
    let path = quietly(() => decodeURI(location.pathname)) || location.pathname;
    // One form for `/p/mug`, `/p/mug/`, `/p/mug.html` and `/p/mug/index.html`.
    path = path.replace(/(^|\/)index\.x?html?$/i, "$1").replace(/\.x?html?$/i, "");
    path = "/" + path.replace(/^\/+|\/+$/g, "");
    return pages.find((page) => new RegExp(page.match, "u").test(path)) || {};
  };

  let pending = [];
  const view = (asked) => {
    const now = turn();
    document.querySelectorAll(".cn_product_searched").forEach((tag) => {
      const product = record("product", tag, 0, {});
      if (product) now.events.push({ type: "product-visited", product });
    });
    const reports = here().reports || [];
    pending = reports.filter((rule) => !fire(rule, { view: true }));
    now.events.push({ type: "page-visit" });
  };

  const whenSeen = (work) => {
    const once = () => {
      if (work) attempt(work);
      work = 0;
    };
    if (document.readyState == "complete") once();
    else {
      // At the window: after the page's own listeners on the document. A script that comes late hears `load` only.
      window.addEventListener("DOMContentLoaded", once);
      window.addEventListener("load", once);
    }
  };

  const whenAllowed = (start) => start();

  const start = () => {
    rules.forEach((rule) => {
      ["submit", "click"].forEach((type) => {
        if (rule[type]) {
          // Captured at the document: a page that stops the event does not stop the report.
          on(document, type, ({ target }) => {
            const element = target.closest && target.closest(rule[type]);
            if (element) fire(rule, { element });
          });
        }
      });
      (rule.event || []).forEach((name) =>
        // Captured at the window: heard wherever it is dispatched, bubbling or not.
        on(window, name, ({ target, detail }) => fire(rule, { detail, element: target.closest ? target : undefined }))
      );
    });
    on(document, "connectif.managed.initialized", () => {
      heard = true;
      flush();
    });
    whenSeen(() => view());
  };

  window.connectifKit = {
    version: "0.1.0",
    send: (name, detail) => {
      const rule = rules.find((one) => one.name === name);
      if (rule) attempt(() => fire(rule, { detail }));
    },
    cart: (given) => {
attempt(() => tell("cart", given));
    },
    contact: (given) => {
attempt(() => tell("contact", given));
    },
    pageVisit: () => {
attempt(() => view(true));
    },
  };
  whenAllowed(() => attempt(start));
})();
