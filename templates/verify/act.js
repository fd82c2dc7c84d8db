// What a visitor would look for in a page, whatever shop it is: called with an order, gives an element or an answer.
async (order) => {
  "use strict";
  const WORDS = {
    add: /add.{0,12}(cart|bag|basket)|buy|(^|\W)add(\W|$)|a[nñ]adir|agregar|comprar|al carrito|adicionar|ajouter|acheter|warenkorb|kaufen|aggiungi|acquista/i,
    remove: /remove|delete|quitar|eliminar|borrar|supprimer|retirer|entfernen|l[oö]schen|rimuovi|elimina|remover|^\s*[×✕✖x]\s*$/i,
    accept: /accept|agree|allow|i consent|got it|acept|permit|aceit|autoriser|akzept|zustimm|einverstanden|accett|d.accord/i,
    refuse: /reject|refuse|decline|deny|necessary only|only necessary|rechaz|recus|refuser|ablehn|rifiut/i,
  };
  const isShown = (element) => element.getClientRects().length > 0 && getComputedStyle(element).visibility === "visible";
  const isUsable = (element) => isShown(element) && !element.disabled && element.getAttribute("aria-disabled") !== "true";
  const data = (element) => Object.entries(element.dataset).flat().join(" ");
  const said = (element) =>
    [element.textContent, element.value, element.getAttribute("aria-label"), element.title].filter(Boolean).join(" ").trim();
  const coded = (element) => [element.id, element.className, element.name, data(element)].filter((t) => typeof t === "string").join(" ");
  const BUTTONS = "button, input[type=submit], input[type=button], [role=button], a[href^='#'], a:not([href])";
  const buttons = (root) => Array.from(root.querySelectorAll(BUTTONS)).filter(isUsable);
  const inside = document.querySelector("main, [role=main]") || document.body;

  // Words count before names: a button's class may speak of the whole page.
  const named = (kind, root = document) => {
    const all = buttons(root);
    const no = kind === "accept" ? WORDS.refuse : /$^/;
    return (
      all.find((one) => WORDS[kind].test(said(one)) && !no.test(said(one))) ||
      all.find((one) => WORDS[kind].test(coded(one).replace(/[-_]/g, " ")) && !no.test(coded(one))) ||
      null
    );
  };

  const TEXTS = [
    [/mail/i, order.email],
    [/pass/i, "Verify-1234"],
    [/(post|zip|postal)/i, "46001"],
    [/(phone|tel|mobile)/i, "+34600000000"],
    [/(last|sur|apellido|nachname|cognome|nom$)/i, "Verify"],
    [/(country|pais|land)/i, "ES"],
    [/(card|cc-?number)/i, "4242424242424242"],
  ];
  const textFor = (field) => {
    const about = [field.type, field.name, field.id, field.autocomplete, field.placeholder].join(" ");
    const known = TEXTS.find(([pattern]) => pattern.test(about));
    if (field.type === "number" || field.type === "range") return field.min || "1";
    if (field.type === "date") return "2030-01-01";
    if (field.type === "url") return "https://shop.example/";
    return known ? known[1] : "Verify";
  };
  const write = (field, value) => {
    const owner = Object.getPrototypeOf(field);
    const setter = Object.getOwnPropertyDescriptor(owner, "value");
    if (setter && setter.set) setter.set.call(field, value);
    else field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  // A form's own rules count more than what its names say: the first of these that the browser takes.
  const EXAMPLES = [
    "46001", "12345678", "12345678Z", "600000000", "+34600000000", "4242 4242 4242 4242", "12/30", "123",
    "Verify Verify", "verify", "VERIFY", "Verify-1234", "Verify-1234-Verify-1234", "2030-01-01", "A1", "1", "10", "1000",
  ];
  const satisfy = (field, value) => {
    write(field, value);
    if (!field.validity || field.validity.valid) return;
    const fits = EXAMPLES.find((one) => (write(field, one), field.validity.valid));
    if (fits === undefined) write(field, value);
  };
  const AGREED = /term|condition|privac|legal|gdpr|rgpd|agree|accept|consent|acept|polic|age/i;
  const hasCaptcha = (form) =>
    form.querySelector("[class*=captcha i], [id*=captcha i], [name*=captcha i], iframe[src*=captcha i], .cf-turnstile") !== null;
  const SKIPPED = ["hidden", "submit", "button", "reset", "image", "file"];
  const fill = (form) => {
    for (const field of form.elements) {
      if (field.disabled || field.readOnly || SKIPPED.includes(field.type) || !field.matches("input, select, textarea")) continue;
      if (field.type === "checkbox") {
        const isAsked = field.required || AGREED.test([field.name, field.id, field.className].join(" "));
        if (isAsked && !field.checked) field.click();
      }
      else if (field.type === "radio") {
        const group = form.elements[field.name];
        if (group && !group.value) field.checked = true;
      } else if (field.tagName === "SELECT") {
        const option = Array.from(field.options).find((one) => one.value && !one.disabled);
        if (!field.value && option) write(field, option.value);
      } else if (!field.value || (field.validity && !field.validity.valid)) satisfy(field, textFor(field));
    }
  };
  const submit = (form) => {
    fill(form);
    const button = Array.from(form.elements).find((one) => one.type === "submit" && !one.disabled);
    form.requestSubmit(button);
  };

  // Forms of the page's own content: the search box and what fills a cart are others' business.
  const forms = () => Array.from(inside.querySelectorAll("form")).filter((form) => isShown(form) && !form.matches("[role=search]"));
  const change = (field) => {
    if (field.type === "checkbox" || field.type === "radio") {
      field.click();
      return;
    }
    if (field.tagName === "SELECT") {
      const other = Array.from(field.options).find((one) => !one.selected && !one.disabled);
      if (other) field.value = other.value;
    } else write(field, textFor(field));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  };

  const idle = () =>
    new Promise((done) => {
      if (window.requestIdleCallback) requestIdleCallback(done, { timeout: 500 });
      else setTimeout(done, 50);
    });
  const activated = (worker) =>
    new Promise((done, failed) => {
      const look = () => {
        if (worker.state === "activated") done();
        if (worker.state === "redundant") failed(new Error("it ended while it was being installed"));
      };
      worker.addEventListener("statechange", look);
      look();
    });
  const register = async (path, scope) => {
    const made = await navigator.serviceWorker.register(path, scope ? { scope } : {});
    await activated(made.installing || made.waiting || made.active);
    return { scope: made.scope };
  };
  const notified = async ({ scope, title, patience }) => {
    const registration = await navigator.serviceWorker.getRegistration(scope);
    const end = performance.now() + patience;
    while (registration && performance.now() < end) {
      if ((await registration.getNotifications()).some((one) => one.title === title)) return true;
      await new Promise((again) => requestAnimationFrame(again));
    }
    return false;
  };

  const within = (selector) => Array.from(document.querySelectorAll(selector));
  switch (order.do) {
    case "find":
      return named(order.kind, order.kind === "add" || order.kind === "remove" ? inside : document);
    case "lacks":
      return named(order.kind, inside) === null;
    case "match":
      return within(order.selector).find(isUsable) || within(order.selector)[0] || null;
    case "submit": {
      const form = order.selector ? within(order.selector).map((one) => one.closest("form") || one)[0] : forms()[order.index];
      if (!form || !form.requestSubmit) return false;
      submit(form);
      return true;
    }
    case "write": {
      const field = within(order.selector)[0];
      if (!field || !("value" in field)) return false;
      write(field, order.text);
      field.dispatchEvent(new Event("change", { bubbles: true }));
      return true;
    }
    case "hindrance": {
      const form = within(order.selector).map((one) => one.closest("form") || one)[0];
      if (!form || !form.elements) return "";
      if (hasCaptcha(form)) return "captcha";
      const refused = form.noValidate ? null : Array.from(form.elements).find((one) => one.willValidate && !one.validity.valid);
      return refused ? refused.name || refused.id || refused.type : "";
    }
    case "fill": {
      const form = within(order.selector).map((one) => one.closest("form") || one)[0];
      if (form && form.elements) fill(form);
      return Boolean(form);
    }
    case "read": {
      const owner = order.at ? within(order.at)[0] : null;
      if (order.selector === undefined) return owner && owner.getAttribute(order.attribute);
      const found = (owner && owner.querySelector(order.selector)) || document.querySelector(order.selector);
      if (!found) return null;
      if (order.attribute) return found.getAttribute(order.attribute);
      if (order.property) return found[order.property];
      return found.matches("input, select, textarea") ? found.value : (found.innerText || found.textContent).trim();
    }
    case "links":
      return Array.from(document.querySelectorAll("a[href]"))
        .filter((one) => isShown(one) && one.origin === location.origin && !one.target)
        .map((one) => one.pathname);
    case "link":
      return Array.from(document.querySelectorAll("a[href]")).find((one) => isShown(one) && one.pathname === order.path);
    case "forms":
      return forms().length;
    case "change": {
      const field = within(order.selector)[0];
      if (field) change(field);
      return Boolean(field);
    }
    case "dispatch":
      document.dispatchEvent(new CustomEvent(order.name, { detail: order.detail, bubbles: true }));
      return true;
    case "push":
      (window[order.layer] = window[order.layer] || []).push(order.entry);
      return true;
    case "store":
      localStorage.setItem(order.key, JSON.stringify(order.value));
      return true;
    case "stored":
      return localStorage.getItem(order.key);
    case "forget":
      if (order.storage) localStorage.removeItem(order.storage);
      if (order.cookie) document.cookie = order.cookie + "=; path=/; max-age=0";
      return true;
    case "idle":
      return idle().then(idle).then(() => true);
    case "register":
      return register(order.path, order.scope).catch((error) => ({ error: error.message }));
    case "registrations": {
      const found = await navigator.serviceWorker.getRegistrations();
      const scriptOf = (one) => one.installing || one.waiting || one.active;
      return found.filter(scriptOf).map((one) => ({ scope: one.scope, script: scriptOf(one).scriptURL }));
    }
    case "caches": {
      const names = await caches.keys();
      const kept = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
      return kept.flat().map((request) => request.url);
    }
    case "notified":
      return notified(order);
    default:
      return null;
  }
};
