/* connectif-kit: generated from connectif.yaml, do not edit; content da5ba960c704 */
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
    {"name":"newsletter","submit":"form#newsletter","send":"newsletter-subscribe","fields":{"email":["selector","input[type=email]"]},"need":["email"],"at":"events/newsletter"},
    {"name":"signed-in","event":["user:login"],"send":"login","contact":["detail",""],"at":"events/signed-in"},
    {"name":"registered","event":["user:register"],"send":"register","contact":["detail",""],"at":"events/registered"},
    {"name":"cart-changed","event":["cart:changed"],"send":"cart","at":"events/cart-changed"},
    {"name":"liked","click":"[data-like]","send":"custom","fields":{"eventAlias":["literal","product-like"],"payload":{"productId":["attribute","data-like"]}},"need":["eventAlias"],"at":"events/liked"},
  ];
  const pages = [
    {"name":"home","match":"^/?$"},
    {"name":"category","match":"^/c/[^/]*/?$"},
    {"name":"product","match":"^/p/[^/]*/?$"},
    {"name":"search","match":"^/search/?$","reports":[{"send":"search","fields":{"searchText":["query","q"]},"need":["searchText"],"at":"pages/search"}]},
    {"name":"cart","match":"^/cart/?$"},
    {"name":"checkout","match":"^/checkout/?$"},
    {"name":"confirmation","match":"^/checkout/done/?$","reports":[{"send":"purchase","fields":{"purchase":["storage","shop.order",null,{"purchaseId":"id","totalQuantity":"quantity","totalPrice":"total","cartId":"cart_id","purchaseDate":"date","paymentMethod":"payment","source_type":["literal","digital-store"],"products":["path","lines",null,{"productId":"sku","name":"title","productDetailUrl":"url","unitPrice":"price","price":"total"}]}]},"need":["purchase"],"at":"pages/confirmation"}]},
  ];

  // Nothing of ours may break the page.
  const quietly = (work) => {
    try {
      return work();
    } catch (error) {
      return undefined;
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
  const promises = {"product":{"productDetailUrl":["an absolute http(s) address, not percent-encoded",{"format":"uri"},true],"productId":["any text",{},true],"name":["any text",{},true],"unitPrice":["a number with a point: no thousands separator, no currency, not negative",{},true],"description":["any text",{},false],"imageUrl":["an absolute http(s) address, not percent-encoded",{"format":"uri"},false],"thumbnailUrl":["an absolute http(s) address, not percent-encoded",{"format":"uri"},false],"availability":["one of InStock, OutOfStock",{},false],"categories":["any text",{},false],"tags":["any text",{},false],"brand":["any text",{},false],"reviewCount":["a whole number, not negative",{},false],"rating":["a number with a point: no thousands separator, no currency, not negative",{"maximum":5},false],"ratingCount":["a whole number, not negative",{},false],"relatedExternalProductIds":["any text",{},false],"priority":["a whole number, not negative",{},false],"unitPriceOriginal":["a number with a point: no thousands separator, no currency, not negative",{},false],"unitPriceWithoutVAT":["a number with a point: no thousands separator, no currency, not negative",{},false],"discountedPercentage":["a number with a point: no thousands separator, no currency, not negative",{"maximum":100},false],"discountedAmount":["a number with a point: no thousands separator, no currency, not negative",{},false],"publishedAt":["ISO 8601 with time and offset, such as 2026-01-15T10:20:30Z",{"format":"date-time"},false],"customField1":["any text",{},false],"customField2":["any text",{},false],"customField3":["any text",{},false]},"product_basket_item":{"quantity":["a whole number, not negative",{},true],"price":["a number with a point: no thousands separator, no currency, not negative",{},true],"productDetailUrl":["an absolute http(s) address, not percent-encoded",{"format":"uri"},true],"productId":["any text",{},true],"name":["any text",{},true],"unitPrice":["a number with a point: no thousands separator, no currency, not negative",{},true],"description":["any text",{},false],"imageUrl":["an absolute http(s) address, not percent-encoded",{"format":"uri"},false],"thumbnailUrl":["an absolute http(s) address, not percent-encoded",{"format":"uri"},false],"availability":["one of InStock, OutOfStock",{},false],"categories":["any text",{},false],"tags":["any text",{},false],"brand":["any text",{},false],"reviewCount":["a whole number, not negative",{},false],"rating":["a number with a point: no thousands separator, no currency, not negative",{"maximum":5},false],"ratingCount":["a whole number, not negative",{},false],"relatedExternalProductIds":["any text",{},false],"priority":["a whole number, not negative",{},false],"unitPriceOriginal":["a number with a point: no thousands separator, no currency, not negative",{},false],"unitPriceWithoutVAT":["a number with a point: no thousands separator, no currency, not negative",{},false],"discountedPercentage":["a number with a point: no thousands separator, no currency, not negative",{"maximum":100},false],"discountedAmount":["a number with a point: no thousands separator, no currency, not negative",{},false],"publishedAt":["ISO 8601 with time and offset, such as 2026-01-15T10:20:30Z",{"format":"date-time"},false],"customField1":["any text",{},false],"customField2":["any text",{},false],"customField3":["any text",{},false]},"cart":{"cartId":["any text",{},true],"totalQuantity":["a whole number, not negative",{},true],"totalPrice":["a number with a point: no thousands separator, no currency, not negative",{},true],"products":["a product_basket_item",{},false],"cartRecoveryUrl":["an absolute http(s) address, not percent-encoded",{"format":"uri"},false]},"contact":{"primaryKey":["an email address",{"format":"email"},true],"_name":["any text",{},false],"_surname":["any text",{},false],"_newsletterSubscriptionStatus":["one of subscribed, unsubscribed, none",{},false],"_birthdate":["a day, such as 2026-01-15",{"format":"date"},false],"_mobilePhone":["a number in international form, without blanks",{},false],"_emailStatus":["one of active, bounced, paused, banned",{},false],"_mobilePhoneStatus":["one of active, bounced, paused",{},false],"_smsSubscriptionStatus":["one of subscribed, unsubscribed, none",{},false],"_points":["a whole number, not negative",{},false],"trackerId":["any text",{"maxLength":24},false]},"purchase":{"purchase":["a purchase",{},true]},"newsletter-subscribe":{"email":["an email address",{"format":"email"},true]},"login":{},"register":{},"custom":{"eventAlias":["any text",{},false],"eventId":["24 hexadecimal digits",{"pattern":"^[0-9a-fA-F]{24}$"},false],"payload":["names with values of any kind",{},false]},"search":{"searchText":["any text",{},true]}};
  const labels = {"productDetailUrl":"url","productId":"product_id","unitPrice":"unit_price","imageUrl":"image_url","thumbnailUrl":"thumbnail_url","categories":"category","tags":"tag","reviewCount":"review_count","rating":"rating_value","ratingCount":"rating_count","relatedExternalProductIds":"related_external_product_id","unitPriceOriginal":"unit_price_original","unitPriceWithoutVAT":"unit_price_without_vat","discountedPercentage":"discounted_percentage","discountedAmount":"discounted_amount","publishedAt":"published_at","customField1":"custom_field_1","customField2":"custom_field_2","customField3":"custom_field_3","cartId":"cart_id","totalQuantity":"total_quantity","totalPrice":"total_price","products":"product_basket_item","cartRecoveryUrl":"cart_recovery_url","primaryKey":"primary_key","_newsletterSubscriptionStatus":"_newsletter_subscription_status","_emailStatus":"_email_status","trackerId":"tracker_id","keywords":"keyword","purchaseId":"purchase_id","purchaseDate":"purchase_date","paymentMethod":"payment_method","eventAlias":"alias","eventId":"id","formId":"form_id","primaryKeyField":"primary_key_field","searchText":"search_text"};
  const said = new Set();
  const place = (at) => {
    for (let path = String(at); path; path = path.slice(0, Math.max(0, path.lastIndexOf("/")))) {
      if (Object.prototype.hasOwnProperty.call(places, path)) return places[path];
    }
    return "connectif.yaml";
  };
  const warn = (at, message) => {
    const line = `connectif-kit: ${place(at)}: ${message}`;
    if (!said.has(line)) console.warn(line);
    said.add(line);
  };
  const show = (value) => {
    const found = value && value.nodeType ? value.outerHTML : quietly(() => JSON.stringify(value));
    return value == null || value === "" ? "nothing" : String(found).slice(0, 80);
  };
  const promise = (entity, name) => (promises[entity] || {})[name] || ["a value", {}];
  const expected = (entity, name) => promise(entity, name)[0];
  const formats = {
    uri: (value) => /^https?:\/\/[^\s<>"]+$/.test(value),
    email: (value) => /^[^@\s<>"]+@[^@\s<>".]+(\.[^@\s<>".]+)+$/.test(value),
    "date-time": (value) => /^\d{12,14}$/.test(value) || !isNaN(Date.parse(value)),
    date: (value) => !isNaN(Date.parse(value)),
  };
  const fault = (rule, value) =>
    (rule.format && !formats[rule.format](value)) ||
    (rule.pattern && !new RegExp(rule.pattern).test(value)) ||
    value > rule.maximum ||
    (rule.maxLength && String(value).length > rule.maxLength);
  const examine = (entity, name, raw, value, at, missing) => {
    const [doc, rule, needed] = promise(entity, name);
    const empty = raw == null || raw === "" || (raw.length === 0 && typeof raw == "object");
    if (value === undefined && !empty) warn(at, `${labels[name] || name} is left out: expected ${doc}, got ${show(raw)}`);
    if (Array.isArray(raw) && Array.isArray(value) && value.length < raw.length)
      warn(at, `${raw.length - value.length} of ${raw.length} ${labels[name] || name} left out`);
    [].concat(value === undefined ? [] : value)
      .filter((one) => fault(rule, one))
      .forEach((one) => warn(at, `${labels[name] || name}: expected ${doc}, got ${show(one)}`));
    if (value === undefined && needed) missing.push({ name, raw, at, doc });
  };
  const incomplete = (entity, out, missing, object, context) =>
    missing
      // A contact without address is an anonymous visitor, no mistake.
      .filter(({ name, raw }) => out[name] === undefined && !(entity == "contact" && (raw === null || raw === "")))
      .forEach(({ name, raw, at, doc }) =>
        warn(at, `${entity} is left out: ${labels[name] || name} is missing; expected ${doc}, got ${show(raw)}${show(raw) == "nothing" ? ` in ${show(object)}` : ""}`)
      );

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
    const missing = [];
    entities[entity].forEach(([js, html, ga4, kind, many]) => {
      const source = fields && fields[js];
      if (typeof source == "string") taken[source] = true;
      let value = source === undefined ? lookup(object, html, [js, html, ga4], taken) : read(source, inner);
      const nested = Array.isArray(source) ? source[3] : 0;
      const at = `${context.at}/${html}`;
      const raw = value;
      const checked = { ...inner, at };
      if (many) {
        value = value == null ? undefined : [].concat(value).map((one) => coerced(kind, one, nested, checked));
        value = value && value.filter((one) => one !== undefined);
        if (value && !value[0] && !entities[kind]) value = undefined;
      } else value = coerced(kind, Array.isArray(value) && kind != "*" ? value[0] : value, nested, checked);
      if (value !== undefined) out[js] = value;
      examine(entity, js, raw, value, at, missing);
    });
    if (entity == "product_basket_item") {
      complete(out, "price", rounded(out.unitPrice * out.quantity));
    }
    if (out.products) {
      complete(out, "totalQuantity", total(out.products, "quantity"));
      complete(out, "totalPrice", total(out.products, "price"));
    }
    incomplete(entity, out, missing, object, context);
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
      const value = known[name] || (own[name] && make(name, own[name], { at: name }));
      if (value) sent[options[name]] = value;
    }
    wanted.filter((one) => !sent[one.option]).forEach((one) => warn(one.at, `${one.name}: not sent, nothing is known of it`));
    if (!sent.entityInfo)
      events
        .filter((event) => identified.includes(event.type))
        .forEach((event) => warn("contact", `${event.type}: not sent; expected a contact with primary_key, got nothing`));
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
        if (events.length || wanted.some((one) => sent[one.option])) {
          // The client changes what it is given, and its promise is nobody's to await.
          const passed = copy(sent);
          Promise.resolve(managed.sendEvents(copy(events), passed)).catch(() => {});
        }
      } catch (error) {
        // An old client cannot say that it is not ready: it throws.
        if (!heard && !managed.isInitialized) return;
        console.warn("connectif-kit: the client refused", events, error);
      }
      queue.shift();
      events.forEach(reported);
    }
  };

  const asks = (name, rule) => ({ name, option: options[name], at: rule ? `events/${rule.name}` : name });
  // What the plan says of a rule's event; nothing where something required is missing.
  const build = (rule, context) => {
    const event = { type: rule.send };
    for (const name in rule.fields) {
      const source = rule.fields[name];
      const at = { ...context, at: `${context.at}/${labels[name]}` };
      if (name == "payload") {
        event.payload = {};
        for (const key in source) event.payload[key] = copy(read(source[key], at));
        continue;
      }
      event[name] = entities[name] ? make(name, source, at) : text([].concat(read(source, at))[0]);
      if (!entities[name]) examine(rule.send, name, event[name], event[name], at.at, []);
    }
    (rule.need || [])
      .filter((name) => event[name] === undefined && !entities[name] && !context.view)
      .forEach((name) => warn(context.at, `${rule.send}: not sent, ${labels[name]} is missing; expected ${expected(rule.send, name)}, got nothing`));
    return (rule.need || []).every((name) => event[name] !== undefined) && event;
  };

  const fire = (rule, context) => {
    context = { at: rule.at, ...context };
    const now = turn();
    for (const name in options) {
      const value = rule[name] && make(name, rule[name], context);
      if (value) now.known[name] = value;
    }
    if (options[rule.send]) return now.wanted.push(asks(rule.send, rule));
    const event = build(rule, context);
    return event && now.events.push(event);
  };

  const tell = (name, given) => {
    const now = turn();
    const value = given && record(name, given, 0, { at: name });
    if (value) now.known[name] = value;
    now.wanted.push(asks(name));
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
      const product = record("product", tag, 0, { at: "pages/" + here().name });
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
      if (!rule) warn("events", `send: expected ${rules.map((one) => one.name).join(", ") || "an event of the plan"}, got ${show(name)}`);
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
