// The panel: in a shadow root beside the body, so that neither the page nor it sees the other's styles.
const TABS = { page: ["Page", pageTab], events: ["Events", eventsTab], visitor: ["Visitor", visitorTab], journeys: ["Journeys", journeysTab] };
const KEPT = "connectif-kit.inspector";
const kept = () => {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT)) || {};
  } catch (error) {
    return {};
  }
};
const host = make("connectif-kit-inspector", { style: "all: initial" });
const root = host.attachShadow({ mode: "open" });
const state = { open: false, tab: "page", ...kept(), records: [], report: null, tags: [], box: make("div", { class: "outline", hidden: true }) };
const keepState = () => {
  try {
    sessionStorage.setItem(KEPT, JSON.stringify({ open: state.open, tab: state.tab }));
  } catch (error) {
    // Then it opens as it was first.
  }
};
const pill = make("button", { class: "pill", "aria-haspopup": "dialog", "aria-controls": "panel", title: "Connectif inspector" });
const body = make("div", { class: "body", role: "tabpanel", id: "body", tabindex: "-1" });
const tablist = make("div", { role: "tablist", "aria-label": "Inspector" });
const panel = make("aside", { class: "panel", id: "panel", "aria-label": "Connectif inspector", hidden: true }, make("header", {}, make("strong", {}, "Connectif"), make("span", { class: "quiet" }, "preview"), make("button", { class: "plain close", "aria-label": "Close the inspector" }, "✕")), tablist, body);

const faults = () => (state.report ? state.report.tags.filter((tag) => !tag.valid).length + state.report.absent.length + state.report.findings.filter((one) => one.severity !== "notice").length : 0) + here().flatMap((record) => record.events).filter((event) => !event.valid).length;
const here = () => state.records.filter((record) => record.load === page.load);
// The client collects on its own time; what has not come by then was promised and is missing.
const GRACE = 3000;
let arrived = performance.now();
const heldBack = () => facts.consent && !window.connectif;
const late = () => performance.now() - arrived > GRACE && !heldBack();
const drawPill = () => {
  const missing = missingHere(state).length;
  const wrong = faults() + (late() ? missing : 0);
  const good = state.report && !missing;
  const sent = here().reduce((sum, record) => sum + record.events.length, 0);
  const text = `${plural(state.tags.length, "tag")} · ${plural(sent, "event")}`;
  pill.replaceChildren(make("span", { class: wrong ? "dot bad" : good ? "dot good" : "dot" }), make("b", {}, wrong ? plural(wrong, "fault") : good ? "All right" : "Waiting"), make("span", {}, text));
  pill.setAttribute("aria-expanded", String(state.open));
  pill.setAttribute("aria-label", `Connectif inspector: ${wrong ? plural(wrong, "fault") : good ? "no faults" : "waiting"}, ${text}`);
};
const tabButton = (name) => {
  const chosen = state.tab === name;
  const badge = name === "events" ? here().reduce((sum, record) => sum + record.events.length, 0) : name === "page" ? state.tags.length : 0;
  return make("button", { role: "tab", id: `tab-${name}`, "aria-selected": String(chosen), "aria-controls": "body", tabindex: chosen ? 0 : -1, onclick: () => choose(name) }, TABS[name][0], badge > 0 && make("span", { class: "badge" }, badge));
};
const opened = () => new Set(Array.from(body.querySelectorAll("details"), (one, i) => (one.open ? i : -1)));
const draw = () => {
  drawPill();
  panel.hidden = !state.open;
  pill.hidden = state.open;
  state.box.hidden = true;
  if (!state.open) return;
  const focused = root.activeElement && root.activeElement.getAttribute("role") === "tab";
  const scrolled = body.scrollTop;
  tablist.replaceChildren(...Object.keys(TABS).map(tabButton));
  const before = body.dataset.tab === state.tab ? opened() : null;
  const counted = body.querySelectorAll("details").length;
  body.replaceChildren(TABS[state.tab][1](state));
  body.dataset.tab = state.tab;
  body.setAttribute("aria-labelledby", `tab-${state.tab}`);
  const all = body.querySelectorAll("details");
  if (before && counted === all.length) all.forEach((one, i) => (one.open = before.has(i)));
  body.scrollTop = before ? scrolled : 0;
  if (focused) tablist.querySelector('[aria-selected="true"]').focus();
};
const choose = (name) => {
  state.tab = name;
  keepState();
  draw();
  tablist.querySelector('[aria-selected="true"]').focus();
};
const toggle = (open) => {
  state.open = open;
  keepState();
  draw();
  if (open) tablist.querySelector('[aria-selected="true"]').focus();
  else pill.focus();
};
tablist.addEventListener("keydown", (event) => {
  const names = Object.keys(TABS);
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  const end = { Home: names[0], End: names[names.length - 1] }[event.key];
  if (step) choose(names[(names.indexOf(state.tab) + step + names.length) % names.length]);
  if (!end) return;
  event.preventDefault();
  choose(end);
});
pill.addEventListener("click", () => toggle(true));
panel.querySelector(".close").addEventListener("click", () => toggle(false));
panel.addEventListener("keydown", (event) => {
  if (event.key === "Escape") toggle(false);
});
// The page's own listeners need not hear what is done in the panel.
["click", "keydown", "keyup", "keypress", "input", "change", "submit", "pointerdown", "mousedown"].forEach((type) => host.addEventListener(type, (event) => event.stopPropagation()));

// ---------------------------------------------------------------- what changes

let asked = "";
const look = async () => {
  const tags = liveTags();
  const question = asQuestion(tags);
  const text = JSON.stringify(question);
  if (text === asked) return;
  asked = text;
  const answer = await ask("page", question).catch(() => null);
  if (!answer || !answer.ok || text !== asked) return;
  state.report = await answer.json();
  state.tags = tags;
  draw();
};
let waiting;
const lookSoon = () => {
  clearTimeout(waiting);
  waiting = setTimeout(look, 120);
};
const add = (...records) => {
  const known = new Set(state.records.map((one) => one.n));
  state.records.push(...records.filter((record) => !known.has(record.n)));
  state.records = state.records.sort((a, b) => a.n - b.n).slice(-1000);
  draw();
};
// Also when the stream begins: what was sent before it did, it does not tell.
const catchUp = async () => {
  const answer = await ask("session.json").catch(() => null);
  if (answer && answer.ok) add(...(await answer.json()).records);
};
let overlay;
const problems = (found) => {
  if (overlay) overlay.remove();
  overlay = undefined;
  if (!found.length) return;
  overlay = overlayOf(found, () => overlay && overlay.remove());
  root.append(overlay);
  overlay.showModal();
};
let version = preview.version;
const hear = (message) => {
  if (message.type === "gone") comeBack();
  if (message.type === "hello") catchUp();
  if (message.type === "record") add(message.record);
  if (message.type === "reload") location.reload();
  if (message.type === "cleared") {
    state.records = [];
    draw();
  }
  if (message.type === "files" && message.styles.length) swapStyles(message.styles);
  if (message.type === "files" && message.pages.some(isHere)) patch();
  if (message.type === "plan" || message.type === "hello") {
    if (message.version > version) {
      version = message.version;
      location.reload();
    } else problems(message.problems);
  }
};
// React marks each element that it has taken over; when it is idle after that, it has taken over all.
const takenOver = async () => {
  const done = () => Object.keys(document.body).some((key) => key.startsWith("__react"));
  for (let tries = 0; tries < 100 && !done(); tries += 1) await new Promise((resolve) => setTimeout(resolve, 50));
  await new Promise((resolve) => (window.requestIdleCallback || setTimeout)(resolve));
};
const start = async () => {
  if (hydrated) await takenOver();
  root.append(make("link", { rel: "stylesheet", href: `${preview.base}/assets/${preview.token}/preview.css` }), state.box, pill, panel);
  document.documentElement.append(host);
  listen(hear);
  draw();
  look();
  new MutationObserver(lookSoon).observe(document.body, { childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: ["class"] });
  // A route of a single-page app changes the address and perhaps no element that is watched.
  let path = location.pathname;
  setInterval(() => {
    if (location.pathname !== path) {
      arrived = performance.now();
      setTimeout(drawPill, GRACE + 100);
      lookSoon();
    }
    path = location.pathname;
  }, 300);
  arrived = performance.now();
  setTimeout(drawPill, GRACE + 100);
  document.addEventListener("connectif-kit.patched", () => {
    asked = "";
    lookSoon();
  });
  await catchUp();
  if (!preview.proxied) remember();
};
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();
