/* The shop's own script. It knows nothing of Connectif: it keeps the cart, the visitor and the last order
   in the browser, says what happens as events on `document`, and feeds GA4's words to `dataLayer`.

   localStorage  shop.cart   {id, lines: [{sku, title, url, price, quantity, total, image}], quantity, total, recovery}
                 shop.user   {email, first_name, last_name, newsletter: "subscribed" | "none"}
                 shop.order  {id, cart_id, lines, quantity, total, date, payment}
   document      cart:changed, user:login, user:register, order:placed, search:done */
(function () {
  "use strict";

  const CURRENCY = "EUR";
  const money = new Intl.NumberFormat("en", { style: "currency", currency: CURRENCY });
  const dataLayer = (window.dataLayer = window.dataLayer || []);

  // ---------------------------------------------------------------- small tools

  const $ = (selector, root = document) => root.querySelector(selector);
  const round = (amount) => Math.round(amount * 100) / 100;
  const newId = (prefix) => `${prefix}-${Date.now().toString(36)}${Math.random().toString(36).slice(2, 6)}`;
  const say = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }));
  const localPath = (url) => new URL(url, location.href).pathname;

  /** An element from data. Text goes in as text: nothing that a product is called can become markup. */
  function make(tag, properties, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(properties || {})) {
      if (name in element) element[name] = value;
      else element.setAttribute(name, value);
    }
    element.append(...children);
    return element;
  }

  function read(key) {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch (error) {
      return null;
    }
  }

  function write(key, value) {
    try {
      localStorage.setItem(key, JSON.stringify(value));
    } catch (error) {
      // A full or forbidden storage must not stop the page.
    }
  }

  /** Pages name themselves by their canonical address, wherever they are served from. */
  function address(path) {
    const canonical = $("link[rel=canonical]");
    return new URL(path, canonical ? canonical.href : location.href).href;
  }

  // ---------------------------------------------------------------- GA4's words

  function ecommerce(event, lines, more) {
    const items = lines.map((line) => ({
      item_id: line.sku,
      item_name: line.title,
      price: line.price,
      quantity: line.quantity,
    }));
    const value = round(lines.reduce((sum, line) => sum + line.price * line.quantity, 0));
    dataLayer.push({ ecommerce: null }); // or the next entry would inherit this one's items
    dataLayer.push({ event, ecommerce: Object.assign({ currency: CURRENCY, value, items }, more) });
  }

  // ---------------------------------------------------------------- cart

  function cart() {
    const kept = read("shop.cart");
    return kept && Array.isArray(kept.lines) ? kept : withTotals({ id: newId("c"), lines: [] });
  }

  function withTotals({ id, lines }) {
    for (const line of lines) line.total = round(line.price * line.quantity);
    const content = lines.map((line) => `${line.sku}:${line.quantity}`).join(",");
    return {
      id,
      lines,
      quantity: lines.reduce((sum, line) => sum + line.quantity, 0),
      total: round(lines.reduce((sum, line) => sum + line.total, 0)),
      recovery: address("/cart/" + (content && "?restore=" + encodeURIComponent(content))),
    };
  }

  function keepCart(id, lines) {
    const next = withTotals({ id, lines });
    write("shop.cart", next);
    showCount();
    say("cart:changed", next);
  }

  /** A cart that became an order keeps its id, emptied; the next thing put in starts another. */
  function idForNextLine(current) {
    const order = read("shop.order");
    return order && order.cart_id === current.id ? newId("c") : current.id;
  }

  /** Make the cart hold so many of a product; zero takes the line out. */
  function setQuantity(product, quantity) {
    const current = cart();
    const line = current.lines.find((each) => each.sku === product.sku);
    const change = quantity - (line ? line.quantity : 0);
    if (!change) return;
    const lines = current.lines.filter((each) => each !== line || quantity > 0);
    if (line) line.quantity = quantity;
    else lines.push(Object.assign({}, product, { quantity }));
    const changed = Object.assign({}, line || product, { quantity: Math.abs(change) });
    ecommerce(change > 0 ? "add_to_cart" : "remove_from_cart", [changed]);
    keepCart(change > 0 ? idForNextLine(current) : current.id, lines);
  }

  function add(product, quantity) {
    const line = cart().lines.find((each) => each.sku === product.sku);
    setQuantity(product, quantity + (line ? line.quantity : 0));
  }

  function showCount() {
    const { quantity } = cart();
    $("[data-cart-count]").textContent = String(quantity);
  }

  // ---------------------------------------------------------------- product page

  /** The product that this page is about, from its own JSON-LD. */
  function productHere() {
    for (const script of document.querySelectorAll('script[type="application/ld+json"]')) {
      const data = JSON.parse(script.textContent);
      if (data["@type"] === "Product") {
        return { sku: data.sku, title: data.name, url: data.url, price: Number(data.offers.price), image: data.image };
      }
    }
    return null;
  }

  function productPage() {
    const product = productHere();
    const form = $("form[data-buy]");
    if (!product || !form) return;
    ecommerce("view_item", [Object.assign({ quantity: 1 }, product)]);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      add(product, Number(form.elements.quantity.value) || 1);
      $("[data-added]").replaceChildren("In your cart. ", make("a", { href: "/cart/", textContent: "View cart" }));
    });
  }

  function likes() {
    const liked = new Set(read("shop.likes") || []);
    const show = (button) => {
      const on = liked.has(button.dataset.like);
      button.setAttribute("aria-pressed", String(on));
    };
    for (const button of document.querySelectorAll("[data-like]")) {
      show(button);
      button.addEventListener("click", () => {
        const sku = button.dataset.like;
        if (!liked.delete(sku)) liked.add(sku);
        write("shop.likes", [...liked]);
        show(button);
      });
    }
  }

  // ---------------------------------------------------------------- search

  const catalogue = () => fetch("/products.json").then((response) => response.json());

  const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();

  function matches(product, query) {
    const text = plain([product.title, product.description, product.brand, ...product.categories].join(" "));
    return plain(query).split(/\s+/).every((word) => text.includes(word));
  }

  function card(product) {
    const now = make("span", { className: product.old_price ? "reduced" : "", textContent: money.format(product.price) });
    const price = make("p", { className: "price" }, now);
    if (product.old_price) price.append(" ", make("s", { textContent: money.format(product.old_price) }));
    if (!product.available) price.append(" ", make("span", { className: "tag", textContent: "Sold out" }));
    const picture = make("img", { src: localPath(product.image), alt: "", width: 480, height: 480, loading: "lazy" });
    const link = make("a", { href: localPath(product.url), textContent: product.title });
    return make("li", { className: "card" }, picture, make("h2", {}, link), price);
  }

  async function searchPage() {
    const results = $("[data-results]");
    const query = (new URLSearchParams(location.search).get("q") || "").trim();
    if (!results || !query) return;
    $(".site-search input").value = query;
    const found = (await catalogue()).filter((product) => matches(product, query));
    results.replaceChildren(...found.map(card));
    const count = found.length === 1 ? "1 result" : `${found.length || "No"} results`;
    $("[data-result-count]").textContent = `${count} for “${query}”`;
    dataLayer.push({ event: "search", search_term: query });
    say("search:done", { query, results: found.length });
  }

  // ---------------------------------------------------------------- cart page

  function cartLine(line) {
    const quantity = make("input", { type: "number", min: 1, max: 20, value: line.quantity });
    quantity.setAttribute("aria-label", `Quantity of ${line.title}`);
    quantity.addEventListener("change", () => {
      setQuantity(line, Math.max(1, Math.round(Number(quantity.value)) || 1));
      showCart();
    });
    const remove = make("button", { type: "button", className: "plain", textContent: "Remove" });
    remove.setAttribute("aria-label", `Remove ${line.title}`);
    remove.addEventListener("click", () => {
      setQuantity(line, 0);
      showCart();
      $("[data-cart] h1").focus();
    });
    return make(
      "li",
      {},
      make("img", { src: localPath(line.image), alt: "", width: 96, height: 96 }),
      make("a", { href: localPath(line.url), textContent: line.title }),
      quantity,
      make("b", { textContent: money.format(line.total) }),
      remove
    );
  }

  function showCart() {
    const { lines, total } = cart();
    $("[data-cart-lines]").replaceChildren(...lines.map(cartLine));
    $("[data-cart-total]").textContent = money.format(total);
    $("[data-cart-full]").hidden = !lines.length;
    $("[data-cart-empty]").hidden = lines.length > 0;
  }

  /** `?restore=MUG-01:2,PLT-01:1`, as in the cart's own recovery address, fills an empty cart. */
  async function restoreCart() {
    const wanted = new URLSearchParams(location.search).get("restore");
    if (!wanted || cart().lines.length) return;
    const products = await catalogue();
    for (const part of wanted.split(",")) {
      const [sku, quantity] = part.split(":");
      const product = products.find((each) => each.sku === sku && each.available);
      const { title, url, price, image } = product || {};
      if (product) add({ sku, title, url, price, image }, Math.min(20, Math.max(1, parseInt(quantity, 10) || 1)));
    }
  }

  async function cartPage() {
    if (!$("[data-cart]")) return;
    showCart();
    await restoreCart();
    showCart();
  }

  // ---------------------------------------------------------------- checkout

  function summary(lines, total) {
    const rows = lines.map((line) =>
      make("li", {}, `${line.quantity} × ${line.title}`, make("b", { textContent: money.format(line.total) }))
    );
    return [...rows, make("li", { className: "sum" }, "Total", make("b", { textContent: money.format(total) }))];
  }

  function placeOrder(form) {
    const { id, lines, quantity, total } = cart();
    if (!lines.length) return; // a second click while the next page is on its way
    const payment = form.elements.payment.value;
    const date = new Date().toISOString();
    write("shop.user", visitorFrom(form));
    write("shop.order", { id: newId("o"), cart_id: id, lines, quantity, total, date, payment });
    write("shop.cart", withTotals({ id, lines: [] }));
    location.assign("/checkout/done/");
  }

  function checkoutPage() {
    const form = $("form#checkout");
    if (!form) return;
    const { lines, total } = cart();
    $("[data-checkout-full]").hidden = !lines.length;
    $("[data-checkout-empty]").hidden = lines.length > 0;
    $("[data-summary]").replaceChildren(...summary(lines, total));
    fill(form, read("shop.user") || {});
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      placeOrder(form);
    });
  }

  function donePage() {
    const done = $("[data-order]");
    const order = read("shop.order");
    if (!done || !order) return;
    $("[data-order-none]").hidden = true;
    done.hidden = false;
    $("[data-order-id]").textContent = order.id;
    $("[data-summary]").replaceChildren(...summary(order.lines, order.total));
    if (read("shop.reported") === order.id) return; // a reload is not a second purchase
    write("shop.reported", order.id);
    ecommerce("purchase", order.lines, { transaction_id: order.id, payment_type: order.payment });
    say("order:placed", order);
    say("cart:changed", cart()); // emptied by the order, told after it
  }

  // ---------------------------------------------------------------- account and newsletter (nothing leaves the browser)

  function fill(form, user) {
    for (const name of ["email", "first_name", "last_name"]) {
      if (form.elements[name]) form.elements[name].value = user[name] || "";
    }
    if (form.elements.newsletter) form.elements.newsletter.checked = user.newsletter === "subscribed";
  }

  function visitorFrom(form) {
    const { email, first_name, last_name, newsletter } = form.elements;
    return {
      email: email.value.trim().toLowerCase(),
      first_name: first_name.value.trim(),
      last_name: last_name.value.trim(),
      newsletter: newsletter.checked ? "subscribed" : "none",
    };
  }

  function showAccount() {
    const user = read("shop.user");
    $("[data-signed-in]").hidden = !user;
    $("[data-signed-out]").hidden = Boolean(user);
    if (user) $("[data-user]").textContent = user.first_name || user.email;
  }

  function enter(user, name, ga4) {
    const accounts = read("shop.accounts") || {};
    write("shop.accounts", Object.assign(accounts, { [user.email]: user }));
    write("shop.user", user);
    showAccount();
    $("[data-signed-in] h1").focus();
    dataLayer.push({ event: ga4, method: "email" });
    say(name, user);
  }

  function accountPage() {
    if (!$("[data-signed-in]")) return;
    showAccount();
    $("form#login").addEventListener("submit", (event) => {
      event.preventDefault();
      const email = event.target.elements.email.value.trim().toLowerCase();
      const known = (read("shop.accounts") || {})[email];
      enter(known || { email, first_name: "", last_name: "", newsletter: "none" }, "user:login", "login");
    });
    $("form#register").addEventListener("submit", (event) => {
      event.preventDefault();
      enter(visitorFrom(event.target), "user:register", "sign_up");
    });
    $("[data-log-out]").addEventListener("click", () => {
      localStorage.removeItem("shop.user");
      showAccount();
    });
  }

  function newsletter() {
    const form = $("form#newsletter");
    if (!form) return;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const user = read("shop.user");
      if (user) write("shop.user", Object.assign(user, { newsletter: "subscribed" }));
      // The field keeps its value: others that listen to this form read it after us.
      $("[role=status]", form).textContent = "Thank you. The next kiln opening is yours to know first.";
    });
  }

  // ---------------------------------------------------------------- start

  function markCurrentPage() {
    for (const link of document.querySelectorAll(".site-head a")) {
      if (localPath(link.href) === location.pathname) link.setAttribute("aria-current", "page");
    }
  }

  function start() {
    markCurrentPage();
    showCount();
    likes();
    newsletter();
    productPage();
    searchPage();
    cartPage();
    checkoutPage();
    donePage();
    accountPage();
    window.addEventListener("storage", showCount); // another tab changed the cart
  }

  // Deferred scripts run before this event, so every listener is there when the page first speaks.
  document.addEventListener("DOMContentLoaded", start);
})();
