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
  const stateChip = (one) => make("span", { class: `state ${one.state}`, title: one.state }, one.name);
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
    const words = { valid: "came and is right", seen: "came with a fault", missing: "missing where it was promised", waiting: "nobody was there yet" };
    return make(
      "section",
      { class: "cover", "aria-label": "Coverage" },
      make("b", {}, `${found.valid} of ${data.map.all} promises kept in this session`),
      make("div", { class: "bar", role: "img", "aria-label": Object.entries(found).map(([state, number]) => `${number} ${words[state]}`).join(", ") }, ["valid", "seen", "missing"].map((state) => make("i", { class: state, style: `width: ${(100 * found[state]) / all}%` }))),
      make("div", { class: "legend" }, Object.entries(found).map(([state, number]) => make("span", { class: state }, `${number} ${words[state]}`)))
    );
  };

  const pageRow = (page) =>
    make(
      "tr",
      {},
      make("th", { scope: "row" }, page.href ? make("a", { href: page.href }, page.name) : page.name, make("span", { class: "quiet" }, make("code", {}, page.match.join(" ")))),
      make("td", {}, page.tags.length ? make("div", { class: "states" }, page.tags.map(stateChip)) : none()),
      make("td", {}, make("div", { class: "states" }, page.events.map(stateChip))),
      make("td", { class: "place quiet" }, page.plan)
    );
  const pages = (data) =>
    make("section", {}, make("h2", {}, "Pages"), make("div", { class: "scroll" }, make("table", {}, make("thead", {}, make("tr", {}, ["Page", "Tags in its HTML", "Events it reports", "In the plan"].map((name) => make("th", { scope: "col" }, name)))), make("tbody", {}, data.map.pages.map(pageRow)))));
  const eventRow = (event) =>
    make("tr", {}, make("th", { scope: "row" }, event.name), make("td", {}, make("code", {}, event.on)), make("td", {}, stateChip({ name: event.send, state: event.state })), make("td", { class: "place quiet" }, event.plan));
  const events = (data) =>
    data.map.events.length > 0 &&
    make("section", {}, make("h2", {}, "What visitors do"), make("div", { class: "scroll" }, make("table", {}, make("thead", {}, make("tr", {}, ["Event", "When", "Sends", "In the plan"].map((name) => make("th", { scope: "col" }, name)))), make("tbody", {}, data.map.events.map(eventRow)))));

  const setting = (one) =>
    make("li", {}, make("b", {}, one.title), make("span", { class: "value" }, one.value), make("span", { class: "quiet" }, one.where), make("span", { class: "quiet" }, one.why), one.url && make("a", { href: one.url, target: "_blank", rel: "noreferrer" }, "article"));
  const settings = (data) => make("section", {}, make("h2", {}, "Store settings that go with this plan"), make("ul", { class: "settings" }, data.settings.map(setting)));

  // ---------------------------------------------------------------- push

  const workerState = async () => {
    if (!facts.worker) return "The plan has no service_worker.";
    if (!navigator.serviceWorker) return "This browser has no service workers.";
    const found = await registration();
    if (!found) return "Not registered yet: open a page of the shop.";
    const worker = found.active || found.waiting || found.installing;
    return `${worker.state === "activated" ? "Activated and running" : worker.state}, scope ${new URL(found.scope).pathname}, notifications ${Notification.permission}`;
  };
  const registration = async () => {
    const found = await navigator.serviceWorker.getRegistrations();
    return found.find((one) => [one.active, one.waiting, one.installing].some((worker) => worker && new URL(worker.scriptURL).pathname === facts.worker));
  };
  const deliver = async () => {
    if (Notification.permission !== "granted" && (await Notification.requestPermission()) !== "granted") return "The browser does not allow notifications here.";
    const found = await registration();
    if (!found || !found.active) return "There is no active worker: open a page of the shop.";
    const channel = new MessageChannel();
    const answer = new Promise((resolve) => {
      channel.port1.onmessage = (event) => resolve(event.data);
      setTimeout(() => resolve({ error: "the worker did not answer; does it import the vendor's script?" }), 3000);
    });
    const push = { title: "A test push", options: { body: "Delivered by connectif-kit to your own service worker.", data: { notificationClick: { actionTypeId: "open-new-window", redirectUrl: location.origin } } } };
    found.active.postMessage({ type: "connectif-kit.push", push }, [channel.port2]);
    const result = await answer;
    return result.done ? "Delivered: the worker has shown it." : `Not shown: ${result.error || "the worker refused it"}`;
  };
  const said = make("p", { role: "status" });
  const push = make("section", {}, make("h2", {}, "Web push"), make("div", { class: "push" }, said, make("button", { class: "small", onclick: async () => (said.textContent = await deliver()) }, "Deliver a test push")));

  // ---------------------------------------------------------------- whole

  const problems = (data) =>
    data.problems.length > 0 && make("section", { class: "problems", role: "alert" }, make("b", {}, "The plan has mistakes; the last good one is shown."), make("ul", {}, data.problems.map((one) => make("li", {}, placeLink(one), ` ${one.message}`))));
  const catalogue = (data) =>
    data.catalogue.length > 0 && make("section", { class: "problems", "aria-label": "Catalogue" }, make("b", {}, "The catalogue has mistakes; those products get no tags, or not all of them."), make("ul", {}, data.catalogue.map((one) => make("li", {}, placeLink(one), ` ${one.message}`))));
  const top = (data) =>
    make("div", { class: "top" }, make("div", {}, make("h1", {}, "The plan, and what became of it"), make("span", { class: "quiet" }, `${data.store.url} · ${data.method} · ${plural(data.records.length, "request")} recorded`)), make("div", { class: "actions" }, make("a", { class: "small", href: "/" }, "Open the shop"), make("a", { class: "small", href: `${preview.base}/session.json?t=${encodeURIComponent(preview.token)}`, download: "connectif-session.json" }, "Export session"), make("button", { class: "small", onclick: () => ask("clear", {}) }, "New session")));

  const draw = async () => {
    const answer = await ask("state").catch(() => null);
    if (!answer || !answer.ok) {
      const why = answer ? `The preview answered ${answer.status}: this map cannot be drawn.` : "The preview does not answer.";
      main.replaceChildren(make("section", { class: "problems", role: "alert" }, make("b", {}, why), make("p", {}, "What was here is not up to date any more; see the terminal of serve.")));
      return;
    }
    const data = await answer.json();
    const scrolled = scrollY;
    main.replaceChildren(...[top(data), problems(data), catalogue(data), coverage(data), pages(data), events(data), push, settings(data)].filter(Boolean));
    scrollTo(0, scrolled);
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
