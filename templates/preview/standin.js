{# A stand-in for the vendor's client: our own code, behaving as documented, sending to the local collector. #}
// connectif-kit's stand-in for the Connectif client. It answers only to this preview.
(function () {
  "use strict";
  const facts = {{ facts | tojson }};
  const preview = {{ preview | tojson }};
  preview.base = new URL(preview.base, location.origin).href; // whatever the page's own base is
  const script = document.currentScript;

{% filter indent(2, first=true) %}
{% include "preview/reader.js" %}
{% endfilter %}

  const pathHere = () => (window.connectifKitPreview ? window.connectifKitPreview.pathHere() : location.pathname);
  let notes = [];
  const say = (level, template, values = {}, element = "") => {
    const said = note(template, values);
    const message = inEnglish(said);
    notes.push({ level, message, said });
    const { info, warn } = (window.connectifKitPreview || {}).console || console;
    const write = level === "info" ? info : warn;
    if (level !== "quiet") write(`connectif-kit: ${message}`, element);
  };
  const quiet = () => {};

  const trigger = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }));
  const later = (work) => {
    if (typeof work === "function") setTimeout(work, 0);
  };
  const kept = (key) => {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch (error) {
      return null;
    }
  };
  const keep = (key, value) => {
    try {
      localStorage.setItem(key, JSON.stringify(value));
    } catch (error) {
      // A forbidden storage costs change detection, nothing else.
    }
  };
  const deepEquals = (a, b) => {
    if (a === b) return true;
    if (typeof a !== "object" || typeof b !== "object" || !a || !b) return false;
    const keys = Object.keys(a);
    return keys.length === Object.keys(b).length && keys.every((key) => deepEquals(a[key], b[key]));
  };

  // ---------------------------------------------------------------- identity

  const address = new URL(location.href);
  if (address.searchParams.has("__cn_tracker")) {
    keep("cn_tracker", { id: address.searchParams.get("__cn_tracker").slice(0, 24) });
    address.searchParams.delete("__cn_tracker");
    history.replaceState(history.state, "", address);
  }
  const tracker = () => (kept("cn_tracker") || {}).id;

  // ---------------------------------------------------------------- what goes into a request

  const SAME = ["cartId", "totalPrice", "totalQuantity"];
  const SAME_LINE = ["productId", "quantity", "price"];
  const asLine = (line) => JSON.stringify(SAME_LINE.map((key) => (line || {})[key]));
  const asLines = (cart) => JSON.stringify(cart.products.map(asLine).sort());
  const sameCart = (a, b) =>
    Boolean(a && b && Array.isArray(a.products) && Array.isArray(b.products)) &&
    SAME.every((key) => a[key] === b[key]) &&
    asLines(a) === asLines(b);

  const browserInfo = () => ({
    windowWidth: innerWidth,
    windowHeight: innerHeight,
    screenWidth: screen.width,
    screenHeight: screen.height,
    colorDepth: screen.colorDepth,
    cookieEnabled: navigator.cookieEnabled,
    language: navigator.language,
    platform: navigator.platform,
    url: encodeURIComponent(location.href),
    referer: document.referrer,
    device: matchMedia("(max-width: 760px)").matches ? "mobile" : "desktop",
  });

  // The object that was passed is changed, as the real client changes it.
  const identified = (given) => {
    const entity = given && typeof given === "object" ? given : {};
    const id = entity.trackerId || tracker();
    if (id) entity.trackerId = String(id).slice(0, 24);
    if (entity.primary_key && !entity.primaryKey) say("error", "`primary_key` in `entityInfo` identifies nobody; the key is `primaryKey`");
    return entity;
  };

  const changedCart = (cart) => {
    if (!cart) return undefined;
    if (sameCart(cart, kept("cn_previous_cart"))) {
      say("info", "the cart is left out: nothing in it has changed");
      return undefined;
    }
    keep("cn_previous_cart", cart);
    return cart;
  };

  const changedEntity = (entity) => {
    const changed = !deepEquals(entity, kept("cn_previous_entity_info") || {});
    keep("cn_previous_entity_info", entity);
    return changed;
  };

  const hooks = {};
  const hooked = (name, data) =>
    (hooks[name] || []).reduce(
      (before, handler) =>
        before.then((value) => new Promise((resolve) => handler(value, (error, next) => resolve(next)))),
      Promise.resolve(data)
    );

  // ---------------------------------------------------------------- sending

  let initialized = false;
  let pushSubscription = null;
  let pushChanged = false;

  let left = 0;
  for (const name of ["beforeunload", "pagehide"]) addEventListener(name, () => (left = Date.now()));
  const deliver = (body) => {
    const sent = JSON.stringify({ load: (window.connectifKitPreview || preview).load, visitor: (window.connectifKitPreview || {}).visitor, path: pathHere() + location.search, at: Date.now(), notes, body });
    notes = [];
    // Requests that outlive their page may hold 64 KiB, all of them together: what is too much goes as others do.
    const post = (keepalive) => fetch(`${preview.base}/collect?t=${preview.token}`, { method: "POST", body: sent, keepalive });
    return (sent.length < 60000 ? post(true).catch(() => post(false)) : post(false))
      .then((response) => response.json())
      .then((answer) => {
        if (answer.trackerId && !tracker()) keep("cn_tracker", { id: answer.trackerId });
      });
  };

  const sendData = (data, callback) => {
    if (!initialized) throw new Error("Connectif: cannot send data before initialize");
    if (!data || typeof data !== "object") throw new Error("Connectif: data is not an object");
    hooked("before-send-data", data).then(deliver).then(callback, callback);
  };

  const pageInfo = (given) => {
    const info = readPageInfo(say);
    if (!given || typeof given !== "object") return info;
    return { ...info, ...given };
  };

  const listed = (events) => {
    if (events !== undefined && !Array.isArray(events)) say("warning", "sendEvents: the first argument is not an array and counts as empty");
    return Array.isArray(events) ? events : [];
  };

  // What is passed and what the page holds are read after the call, so that changes in the same turn count.
  const sendEvents = (given, options) => {
    if (!initialized) throw new Error("Connectif: cannot getSubscription before initialize");
    return Promise.resolve().then(() => sendNow(given, options));
  };

  const sendNow = (given, options) => {
    const asked = options && typeof options === "object" ? options : {};
    const events = listed(given);
    const entityInfo = identified(asked.entityInfo || readFirst("cn_client_info", say));
    const cart = changedCart(asked.cart || readFirst("cn_cart", say));
    const newEntity = changedEntity(entityInfo);
    const newPush = pushChanged;
    pushChanged = false;
    if (!events.length && !cart && !newEntity && !newPush) {
      say("info", "nothing was sent: no events, and contact and cart are unchanged");
      deliver(null);
      later(asked.onResponded);
      return;
    }
    const body = { entityInfo, events, bannerPlaceholders: placeholders(), pageInfo: pageInfo(asked.pageInfo), browserInfo: browserInfo() };
    if (cart) body.cart = cart;
    if (pushSubscription) body.pushSubscription = pushSubscription;
    const frozen = JSON.parse(JSON.stringify(body));
    hooked("before-send-data", frozen)
      .then(deliver)
      .then(() => {
        if (typeof asked.onResponded === "function") asked.onResponded();
      })
      // A page that is left never hears the answer to what it has sent.
      .catch((error) => Date.now() - left < 5000 || console.warn("connectif-kit: the preview's server did not answer", error));
  };

  const placeholders = () => named(document, "cn_banner_placeholder").map((element) => element.id).filter(Boolean);
  const collect = (heard) => [...submitted(), ...facts.events.flatMap(([name, type]) => readEvents(name, type, heard)), { type: "page-visit" }];

{% filter indent(2, first=true) %}
{% include "preview/captured.js" %}
{% endfilter %}

  // ---------------------------------------------------------------- push

  const subscribe = (callback) => {
    const done = (error) => {
      if (!error) {
        pushSubscription = { endpoint: `${preview.base}/push`, keys: { p256dh: "preview", auth: "preview" } };
        pushChanged = true;
      }
      if (typeof callback === "function") callback(error, error ? undefined : pushSubscription);
    };
    if (!facts.worker) {
      say("warning", "push: the plan has no `service_worker`, so nobody is asked");
      return callback && callback(null, null);
    }
    if (!("Notification" in window)) return done(new Error("this browser has no notifications"));
    return Notification.requestPermission().then((answer) => done(answer === "granted" ? null : new Error(`permission ${answer}`)));
  };

  const registered = () => {
    if (!facts.worker || !navigator.serviceWorker) return Promise.resolve();
    return navigator.serviceWorker.register(facts.worker).catch((error) => {
      say("error", "the service worker was not registered: {why}", { why: error.message });
    });
  };

  // ---------------------------------------------------------------- the public object

  const managed = {
    sendEvents,
    isInitialized: () => initialized,
    getAllEvents: () => collect(say),
    getAllEventsAsync: () => Promise.resolve(collect(say)),
    isAllowedDomain: () => true,
    isExcludedPage: () => false,
    getSamplingValue: () => 0,
    deepEquals,
    // Filled by the platform's "share data" node (19805399074076); nothing is shared in a preview.
    getSharedDataById: () => undefined,
  };

  const first = (name, type) => () => readEvents(name, type, quiet)[0];
  const all = (name, type) => () => readEvents(name, type, quiet);
  const core = {
    version: "preview",
    triggerEvent: trigger,
    set: (key, value) => localStorage.setItem(key, value),
    unset: (key) => localStorage.removeItem(key),
    get: (key) => localStorage.getItem(key),
    getAsync: (key) => Promise.resolve(localStorage.getItem(key)),
    getClientInfo: () => readFirst("cn_client_info", quiet) || {},
    getCartModel: () => readFirst("cn_cart", quiet),
    getPageVisitEvent: () => ({ type: "page-visit" }),
    getVisitedProductEvents: all("cn_product_visited", "product-visited"),
    getSearchedProductEvents: all("cn_product_searched", "product-searched"),
    getProductsNotFoundEvents: all("cn_product_not_found", "product-not-found"),
    getPurchaseEvents: all("cn_purchase", "purchase"),
    getLoginEvent: first("cn_login", "login"),
    getRegisterEvent: first("cn_register", "register"),
    getSearchEvent: first("cn_search", "search"),
    getNewsletterSubscribeEvent: first("cn_newsletter_subscribe", "newsletter-subscribe"),
    getPageInfo: () => readPageInfo(quiet),
    getEmbeddedBlockPlaceholderIds: placeholders,
    sendData,
    addHookHandler: (hook, handler) => {
      (hooks[hook] = hooks[hook] || []).push(handler);
    },
    removeHookHandler: (hook, handler) => {
      hooks[hook] = (hooks[hook] || []).filter((one) => one !== handler);
    },
    getPushSubscription: () => Promise.resolve(pushSubscription),
    subscribeToPushNotifications: subscribe,
  };

  // ---------------------------------------------------------------- life cycle

  const settled = () => {
    initialized = true;
    trigger("connectif.managed.initialized");
    if (facts.autoSend) Promise.resolve().then(() => sendEvents(collect(say)));
    trigger("connectif.initialized");
  };

  const whenReady = (work) => {
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", work, { once: true });
    else setTimeout(work, 0);
  };

  const checkLoader = () => {
    const [environment, , store] = (script && script.src ? new URL(script.src).pathname.split(`/cdn/${preview.token}/`)[1] || "" : "").split("/");
    if (store && store !== facts.store) say("error", "the page's loader names the store {store}, the plan {ours}", { store: quoted(store), ours: quoted(facts.store) });
    if (environment && environment !== facts.environment)
      say("error", "the page's loader names the environment {environment}, the plan {ours}", { environment: quoted(environment), ours: quoted(facts.environment) });
  };

  let times = 0;
  const initialize = () => {
    times += 1;
    window.connectif.managed = managed;
    if (times > 1) say("error", "the client was initialised twice: every event of this page is sent twice");
    whenReady(() => registered().then(settled));
  };

  checkLoader();
  if (!window.connectif) listenToForms();
  if (window.connectif) {
    // As the real one: the object stays, the initialisation runs again.
    if (facts.autoInitialize) window.initializeConnectif(window.connectifConfiguration);
    return;
  }
  window.connectif = core;
  window.initializeConnectif = initialize;
  window.connectifConfiguration = { token: facts.store, autoInitialize: facts.autoInitialize, autoSendEventsOnInit: facts.autoSend };
  trigger("connectif.loaded");
  if (facts.autoInitialize) window.initializeConnectif(window.connectifConfiguration);
})();
