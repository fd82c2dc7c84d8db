{# The plan as a map, redrawn whenever a page sends something. #}
(function () {
  "use strict";
  const preview = {{ preview | tojson }};
  const facts = {{ facts | tojson }};
{% filter indent(2, first=true) %}
{% include "preview/dom.js" %}

{% include "preview/listen.js" %}
{% endfilter %}

  const main = document.getElementById("main");
  const COUNTED = {
    valid: (n) => tn(n, "{n} correct", "{n} correct"),
    seen: (n) => tn(n, "{n} with a fault", "{n} with a fault"),
    missing: (n) => tn(n, "{n} missing", "{n} missing"),
    waiting: (n) => tn(n, "{n} not visited yet", "{n} not visited yet"),
  };
  const STATES = { valid: t("correct"), seen: t("with a fault"), missing: t("missing"), waiting: t("not visited yet") };
  const faultMark = (number) => make("span", { class: "fault-count" }, tn(number, "{n} fault", "{n} faults"));
  const stateChip = (one) => make("span", { class: `state ${one.state}`, title: STATES[one.state] }, one.name);
  const none = () => make("span", { class: "quiet" }, "–");

  const count = (data) => {
    const found = { valid: 0, seen: 0, missing: 0, waiting: 0 };
    for (const page of data.map.pages) for (const one of [...page.tags, ...page.events]) found[one.state] += 1;
    for (const event of data.map.events) found[event.state] += 1;
    return found;
  };
  const coverage = (data) => {
    const found = count(data);
    const all = data.map.all || 1;
    return make(
      "section",
      { class: "cover", key: "cover", "aria-label": t("Coverage") },
      make("b", {}, t("{n} of {all} tags and events correct in this session", { n: found.valid, all: data.map.all }), data.map.faults > 0 && [" · ", faultMark(data.map.faults)]),
      make("div", { class: "bar", role: "img", "aria-label": Object.entries(found).map(([state, number]) => COUNTED[state](number)).join(", ") }, ["valid", "seen", "missing"].map((state) => make("i", { class: state, style: `width: ${(100 * found[state]) / all}%` }))),
      make("div", { class: "legend" }, Object.entries(found).map(([state, number]) => make("span", { class: state }, COUNTED[state](number))))
    );
  };

  const pageRow = (page) =>
    make(
      "tr",
      {},
      make("th", { scope: "row" }, page.href ? make("a", { href: page.href }, page.name) : page.name, make("span", { class: "quiet" }, make("code", {}, page.match.join(" "))), page.visited > 0 && make("span", { class: "quiet" }, tn(page.visited, "{n} page visited", "{n} pages visited"))),
      make("td", {}, page.tags.length ? make("div", { class: "states" }, page.tags.map(stateChip)) : none()),
      make("td", {}, make("div", { class: "states" }, page.events.map(stateChip))),
      make("td", { class: "place quiet" }, page.plan)
    );
  // Every faulty page until this very page was seen without the fault, with what shows it.
  const faultyPage = (page) =>
    make(
      "article",
      { class: "faulty", key: `faulty ${page.path}` },
      make("h3", {}, make("a", { href: page.path }, page.path), faultMark(page.faults)),
      make("ul", {}, page.causes.map((cause) => make("li", { key: cause.cause }, causeName(cause.cause), make("ul", {}, cause.signs.map((sign) => make("li", {}, withCode(sign)))))))
    );
  const faulty = (data) => {
    const found = [...data.map.pages.flatMap((page) => page.faulty), ...data.map.others];
    return found.length > 0 && make("section", { key: "faulty", "aria-label": t("Faulty pages") }, make("h2", {}, t("Pages with faults")), found.map(faultyPage));
  };
  const cartWord = (cart) => (cart ? tn(Number(cart.value.totalQuantity) || 0, "{n} unit for {price}", "{n} units for {price}", { price: show(cart.value.totalPrice) }) : t("no cart"));
  const visitorRow = (one) => make("tr", { key: one.visitor }, make("th", { scope: "row" }, one.contact ? show(one.contact.value.primaryKey) || t("anonymous") : t("anonymous"), make("span", { class: "quiet" }, make("code", {}, one.visitor))), make("td", {}, cartWord(one.cart)), make("td", {}, tn(one.requests, "{n} request", "{n} requests")));
  const visitors = (data) =>
    data.visitors.length > 0 && make("section", { key: "visitors" }, make("h2", {}, t("Visitors")), make("div", { class: "scroll", role: "group", tabindex: "0", "aria-label": t("Visitors") }, make("table", {}, make("thead", {}, make("tr", {}, [t("Contact"), t("Cart"), t("Sent")].map((name) => make("th", { scope: "col" }, name)))), make("tbody", {}, data.visitors.map(visitorRow)))));
  const pages = (data) =>
    make("section", { key: "pages" }, make("h2", {}, t("Pages")), make("div", { class: "scroll", role: "group", tabindex: "0", "aria-label": t("Pages") }, make("table", {}, make("thead", {}, make("tr", {}, [t("Page"), t("Tags in its HTML"), t("Events it reports"), t("In the plan")].map((name) => make("th", { scope: "col" }, name)))), make("tbody", {}, data.map.pages.map(pageRow)))));
  const eventRow = (event) =>
    make("tr", {}, make("th", { scope: "row" }, event.name), make("td", {}, make("code", {}, event.on)), make("td", {}, stateChip({ name: event.send, state: event.state })), make("td", { class: "place quiet" }, event.plan));
  const events = (data) =>
    data.map.events.length > 0 &&
    make("section", { key: "events" }, make("h2", {}, t("What visitors do")), make("div", { class: "scroll", role: "group", tabindex: "0", "aria-label": t("What visitors do") }, make("table", {}, make("thead", {}, make("tr", {}, [t("Event"), t("When"), t("Sends"), t("In the plan")].map((name) => make("th", { scope: "col" }, name)))), make("tbody", {}, data.map.events.map(eventRow)))));

  const setting = (one) =>
    make("li", {}, make("b", {}, one.title), make("span", { class: "value" }, one.value), make("span", { class: "quiet" }, withCode(one.where)), make("span", { class: "quiet" }, withCode(one.why)), one.url && make("a", { href: one.url, target: "_blank", rel: "noreferrer" }, t("article")));
  const settings = (data) => make("section", { key: "settings" }, make("h2", {}, t("Store settings that go with this plan")), make("ul", { class: "settings" }, data.settings.map(setting)));

  // ---------------------------------------------------------------- push

  const workerState = async () => {
    if (!facts.worker) return t("The plan has no service_worker.");
    if (!navigator.serviceWorker) return t("This browser has no service workers.");
    const found = await registration();
    if (!found) return t("Not registered yet: open a page of the shop.");
    const worker = found.active || found.waiting || found.installing;
    const state = worker.state === "activated" ? t("Activated and running") : worker.state;
    return t("{state}, scope {scope}, notifications {permission}", { state, scope: new URL(found.scope).pathname, permission: Notification.permission });
  };
  const registration = async () => {
    const found = await navigator.serviceWorker.getRegistrations();
    return found.find((one) => [one.active, one.waiting, one.installing].some((worker) => worker && new URL(worker.scriptURL).pathname === facts.worker));
  };
  const deliver = async () => {
    if (Notification.permission !== "granted" && (await Notification.requestPermission()) !== "granted") return t("The browser does not allow notifications here.");
    const found = await registration();
    if (!found || !found.active) return t("There is no active worker: open a page of the shop.");
    const channel = new MessageChannel();
    const answer = new Promise((resolve) => {
      channel.port1.onmessage = (event) => resolve(event.data);
      setTimeout(() => resolve({ error: t("the worker did not answer; does it import the vendor's script?") }), 3000);
    });
    const push = { title: t("A test push"), options: { body: t("Delivered by connectif-kit to your own service worker."), data: { notificationClick: { actionTypeId: "open-new-window", redirectUrl: location.origin } } } };
    found.active.postMessage({ type: "connectif-kit.push", push }, [channel.port2]);
    const result = await answer;
    const why = result.error || t("the worker refused it");
    return result.done ? t("Delivered: the worker has shown it.") : t("Not shown: {why}", { why });
  };
  const said = make("p", { role: "status", "data-own": true });
  const push = make("section", { key: "push", "data-own": true }, make("h2", {}, t("Web push")), make("div", { class: "push" }, said, make("button", { class: "small", onclick: async () => (said.textContent = await deliver()) }, t("Deliver a test push"))));

  // ---------------------------------------------------------------- whole

  const problems = (data) =>
    data.problems.length > 0 && make("section", { key: "problems", class: "problems", role: "alert" }, make("b", {}, t("The plan has mistakes; the last good one is shown.")), make("ul", {}, data.problems.map((one) => make("li", {}, placeLink(one), " ", withCode(one.message)))));
  const catalogue = (data) =>
    data.catalogue.length > 0 && make("section", { key: "catalogue", class: "problems", "aria-label": t("Catalogue") }, make("b", {}, t("The catalogue has mistakes; those products get no tags, or not all of them.")), make("ul", {}, data.catalogue.map((one) => make("li", {}, placeLink(one), " ", withCode(one.message)))));
  const imported = make("span", { role: "status", "data-own": true, key: "imported", class: "quiet" });
  // A session is a JSON file, or a page that carries it.
  const sessionIn = (text) => {
    if (!text.trimStart().startsWith("<")) return text;
    const element = new DOMParser().parseFromString(text, "text/html").getElementById("connectif-session");
    return element ? element.textContent : "";
  };
  const take = async (event) => {
    const [file] = event.target.files;
    event.target.value = "";
    if (!file) return;
    const answer = await ask("import", sessionIn(await file.text())).catch(() => null);
    imported.textContent = !answer ? t("The preview does not answer.") : answer.ok ? t("{file} was imported.", { file: file.name }) : t("{file} was not imported: {why}", { file: file.name, why: await answer.text() });
  };
  const actions = make(
    "div",
    { class: "actions", key: "actions", "data-own": true },
    make("a", { class: "small", href: "/" }, t("Open the shop")),
    make("a", { class: "small", href: fileLink("session.html"), download: "connectif-session.html" }, t("Export as a page")),
    make("a", { class: "small", href: fileLink("session.json"), download: "connectif-session.json" }, t("as JSON")),
    make("label", { class: "small" }, t("Import"), make("input", { type: "file", class: "unseen", accept: ".json,.html,application/json,text/html", onchange: take })),
    make("button", { class: "small", onclick: () => ask("clear", {}) }, t("New session")),
    imported
  );
  const top = (data) =>
    make("div", { class: "top", key: "top" }, make("div", {}, make("h1", {}, t("Plan coverage")), make("span", { class: "quiet" }, `${data.store.url} · ${data.method} · ${tn(data.requests, "{n} request recorded", "{n} requests recorded")} · ${t("Alt+Shift+C opens the inspector")}`)), actions);

  const draw = async () => {
    const answer = await ask("state").catch(() => null);
    if (!answer || !answer.ok) {
      const why = answer ? t("The preview answered {status}: this map cannot be drawn.", { status: String(answer.status) }) : t("The preview does not answer.");
      morphChildren(main, [make("section", { class: "problems", role: "alert", key: "down" }, make("b", {}, why), make("p", {}, t("What was here is not up to date any more; see the terminal of serve.")))]);
      return;
    }
    const data = await answer.json();
    morphChildren(main, [top(data), problems(data), catalogue(data), coverage(data), faulty(data), pages(data), events(data), visitors(data), push, settings(data)].filter(Boolean));
  };
  let waiting;
  const drawSoon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(draw, 60);
  };
  listen((message) => {
    if (message.type === "gone") comeBack();
    else drawSoon();
  });
  draw();
  workerState().then((text) => (said.textContent = text));
})();
