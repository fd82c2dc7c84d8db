// Our own stand-in for the vendor's client, for tests: it behaves as the documentation and the
// observed build 1.3.0 do (js-events facts: life cycle, sendEvents, tags). `window.__client` sets it
// up before it loads: {old, autoSend, autoInitialize, wait}. Every call is kept in `window.__sent`.
(function () {
  const setup = Object.assign({ autoSend: false, autoInitialize: true }, window.__client);
  const fire = (name) => document.dispatchEvent(new CustomEvent(name));
  const copy = (value) => (value === undefined ? undefined : JSON.parse(JSON.stringify(value)));
  const first = (selector) => document.querySelector(selector);
  const text = (tag, name) => {
    const found = tag.querySelector("." + name);
    return found ? found.textContent : undefined;
  };
  let ready = false;
  window.__sent = [];
  window.__loads = (window.__loads || 0) + 1;

  const lines = (tag) =>
    Array.from(tag.querySelectorAll(".product_basket_item"), (line) => ({
      productId: text(line, "product_id"),
      quantity: parseInt(text(line, "quantity")),
      price: parseFloat(text(line, "price")),
    }));
  const cart = () => {
    const tag = first(".cn_cart");
    return tag && { cartId: text(tag, "cart_id"), totalPrice: parseFloat(text(tag, "total_price")), products: lines(tag) };
  };
  const contact = () => {
    const info = {};
    const tag = first(".cn_client_info");
    for (const child of tag ? tag.children : []) {
      const name = child.className === "primary_key" ? "primaryKey" : child.className;
      const list = child.getAttribute("data-field-list") === "true";
      info[name] = list ? Array.from(child.children, (one) => one.textContent) : child.textContent;
    }
    return info;
  };
  const events = () => {
    const found = [];
    const each = (name, event) => document.querySelectorAll("." + name).forEach((tag) => found.push(event(tag)));
    each("cn_product_visited", (tag) => ({ type: "product-visited", product: { productId: text(tag, "product_id") } }));
    if (first(".cn_login")) found.push({ type: "login" });
    if (first(".cn_search")) found.push({ type: "search", searchText: text(first(".cn_search"), "search_text") });
    each("cn_purchase", (tag) => ({
      type: "purchase",
      purchase: { purchaseId: text(tag, "purchase_id"), totalPrice: parseFloat(text(tag, "total_price")), products: lines(tag) },
    }));
    return [...found, { type: "page-visit" }];
  };

  const sendEvents = (given, options) => {
    if (!ready) throw new Error("Connectif: cannot getSubscription before initialize");
    const { entityInfo = contact(), cart: basket = cart() } = options || {};
    const { title = document.title } = (options || {}).pageInfo || {};
    window.__sent.push(copy({ events: given, options, entityInfo, cart: basket, title, path: location.pathname + location.hash }));
    // The client writes onto what it is given.
    if (options && options.entityInfo) Object.assign(options.entityInfo, { trackerId: "t".repeat(24), primaryKey: "changed" });
    for (const event of given) event.seen = true;
    return window.__client && window.__client.rejects ? Promise.reject(new Error("offline")) : Promise.resolve();
  };

  window.connectif = { version: setup.old ? "1.3.0" : "2.0.0" };
  fire("connectif.loaded");
  window.connectifConfiguration = { token: "x", autoSendEventsOnInit: setup.autoSend };
  window.initializeConnectif = (configuration) => {
    if (!configuration) throw new Error("Connectif: no configuration");
    window.__initialized = (window.__initialized || 0) + 1;
    window.connectif.managed = { sendEvents };
    if (!setup.old) window.connectif.managed.isInitialized = () => ready;
    const finish = () => {
      ready = true;
      fire("connectif.managed.initialized");
      fire("connectif.initialized");
      if (setup.autoSend) sendEvents(events());
    };
    if (setup.wait) document.addEventListener("client:go", finish);
    else setTimeout(finish);
  };
  if (setup.autoInitialize) window.initializeConnectif(window.connectifConfiguration);
})();
