// The panel: in a shadow root beside the body, so that neither the page nor it sees the other's styles.
const TABS = { page: [t("Page"), pageTab], events: [t("Events"), eventsTab], visitor: [t("Visitor"), visitorTab], data: [t("Data"), dataTab], journeys: [t("Journeys"), journeysTab] };
const KEPT = "connectif-kit.inspector";
const LASTING = ["open", "tab", "corner", "hidden", "dock", "width", "height"];
const kept = () => {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT)) || {};
  } catch (error) {
    return {};
  }
};
const host = make("connectif-kit-inspector", { popover: "manual", lang: preview.language });
const root = host.attachShadow({ mode: "open" });
const state = { open: false, tab: "page", corner: "bottom-right", hidden: false, dock: "float", ...kept(), filter: "all", text: "", most: MOST_SHOWN, paused: false, waiting: [], records: [], report: null, faults: [], tags: [], box: make("div", { class: "outline", hidden: true }) };
const keepState = () => {
  try {
    sessionStorage.setItem(KEPT, JSON.stringify(Object.fromEntries(LASTING.map((name) => [name, state[name]]))));
  } catch (error) {
    // Then it opens as it was first.
  }
};
const setView = (changed) => {
  Object.assign(state, changed);
  if (!state.paused && state.waiting.length) state.records = [...state.records, ...state.waiting.splice(0)];
  draw();
};
const pill = make("button", { class: "pill", "aria-haspopup": "dialog", "aria-controls": "panel", title: t("Connectif inspector (Alt+Shift+C)") });
const body = make("div", { class: "body", role: "tabpanel", id: "body", tabindex: "-1" });
const tablist = make("div", { role: "tablist", "aria-label": t("Inspector") });
const layout = make("div", { class: "layout" });
const panel = make("aside", { class: "panel", id: "panel", "aria-label": t("Connectif inspector"), hidden: true }, handle, make("header", {}, make("strong", {}, "Connectif"), make("span", { class: "quiet" }, t("preview")), layout, make("button", { class: "plain close", "aria-label": t("Close the inspector"), title: t("Close (Escape)") }, "✕")), tablist, body);
const choice = (label, name, options) =>
  make("select", { class: "choice", key: name, "aria-label": label, title: label, onchange: (event) => arrange({ [name]: event.target.value }) }, options.map(([value, text]) => make("option", { value, selected: state[name] === value }, text)));
const drawLayout = () =>
  morphChildren(layout, [
    choice(t("Panel"), "dock", Object.entries(DOCKS)),
    choice(t("Pill"), "corner", [...Object.entries(CORNERS), ["hidden", t("Hide")]]),
  ]);
const arrange = (changed) => {
  const hidden = changed.corner === "hidden";
  Object.assign(state, hidden ? { hidden } : changed, changed.corner && !hidden ? { hidden: false } : {});
  keepState();
  draw();
};

// What this page has sent, however many records came since.
const tally = { events: 0, types: new Map() };
const count = (record) => {
  if (record.load !== page.load) return;
  tally.events += record.events.length;
  const path = record.path.split("?")[0];
  const types = tally.types.get(path) || new Set();
  tally.types.set(path, types);
  record.events.forEach((event) => types.add(event.type));
};
const MOST_KEPT = 1000;
// The client collects on its own time; what has not come by then was required and is missing.
const GRACE = 3000;
let arrived = performance.now();
const heldBack = () => facts.consent && !window.connectif;
const late = () => performance.now() - arrived > GRACE && !heldBack();
const drawPill = () => {
  const missing = missingHere(state).length;
  const wrong = state.faults.length;
  const good = state.report && !missing;
  const text = `${tn(state.tags.length, "{n} tag", "{n} tags")} · ${tn(tally.events, "{n} event", "{n} events")}`;
  const word = wrong ? tn(wrong, "{n} fault", "{n} faults") : good ? t("All right") : heldBack() ? t("No consent") : t("Waiting");
  morphChildren(pill, [make("span", { class: wrong ? "dot bad" : good ? "dot good" : "dot" }), make("span", { class: "unseen" }, `${t("Connectif inspector")}: `), make("b", {}, word), make("span", { class: "sums" }, text)]);
  pill.setAttribute("aria-expanded", String(state.open));
};
const badgeOf = (name) => (name === "events" ? tally.events : name === "page" ? state.faults.length || state.tags.length : 0);
const tabButton = (name) => {
  const chosen = state.tab === name;
  const badge = badgeOf(name);
  const bad = name === "page" && state.faults.length > 0;
  return make("button", { role: "tab", key: name, id: `tab-${name}`, "aria-selected": String(chosen), "aria-controls": "body", tabindex: chosen ? 0 : -1, onclick: () => choose(name) }, TABS[name][0], badge > 0 && make("span", { class: bad ? "badge bad" : "badge" }, badge));
};
const draw = () => {
  const was = panel.hidden;
  drawPill();
  panel.hidden = !state.open;
  pill.hidden = state.open || state.hidden;
  if (!state.open) {
    endOutline();
    if (was) placeSoon();
    else {
      placePanel();
      placePill(true);
    }
    return;
  }
  drawLayout();
  morphChildren(tablist, Object.keys(TABS).map(tabButton));
  const next = TABS[state.tab][1](state);
  if (body.dataset.tab === state.tab) morphChildren(body, [next]);
  else body.replaceChildren(next);
  body.dataset.tab = state.tab;
  body.setAttribute("aria-labelledby", `tab-${state.tab}`);
  placePanel();
};
// A page may send thousands: what is drawn next shows them all.
let drawing;
const drawSoon = () => {
  drawing = drawing || setTimeout(() => {
    drawing = undefined;
    draw();
  }, 60);
};
const chosenTab = () => tablist.querySelector('[aria-selected="true"]');
const choose = (name) => {
  state.tab = name;
  keepState();
  draw();
  body.scrollTop = 0;
  chosenTab().focus();
};
const toggle = (open) => {
  state.open = open;
  keepState();
  draw();
  if (open) chosenTab().focus();
  else if (!state.hidden) pill.focus();
};
heard(tablist, "keydown", (event) => {
  const names = Object.keys(TABS);
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  const end = { Home: names[0], End: names[names.length - 1] }[event.key];
  if (step) choose(names[(names.indexOf(state.tab) + step + names.length) % names.length]);
  if (!end) return;
  event.preventDefault();
  choose(end);
});
heard(pill, "click", () => toggle(true));
heard(panel.querySelector(".close"), "click", () => toggle(false));
// Wherever the focus is: Escape closes what is open, Alt+Shift+C opens and closes.
const shortcuts = (event) => {
  if (event.altKey && event.shiftKey && event.code === "KeyC") {
    event.preventDefault();
    toggle(!state.open);
  } else if (event.key === "Escape" && state.open && !overlay) {
    if (event.composedPath().includes(host)) event.preventDefault();
    toggle(false);
  }
};
// What is done in the panel is no business of the page: no menu of it closes, no trap takes the focus back, no
// shortcut of it swallows a key. We come first in the page, so its listeners have not heard it yet.
const OURS = "click dblclick contextmenu pointerdown pointerup mousedown mouseup touchstart touchend wheel keydown keyup keypress focusin copy cut paste".split(" ");
const keepToOurselves = (event) => {
  const path = event.composedPath();
  const end = path.indexOf(host);
  if (end < 0) return;
  event.stopImmediatePropagation();
  for (const element of path.slice(0, end)) if (element[HANDLERS] && element[HANDLERS][event.type]) element[HANDLERS][event.type](event);
};
// Also after `document.open()`, which takes away every listener.
const hearKeys = () => {
  addEventListener("keydown", shortcuts, true);
  OURS.forEach((type) => addEventListener(type, keepToOurselves, { capture: true, passive: type === "wheel" || type.startsWith("touch") }));
};
if (!framed) hearKeys();
["input", "change", "submit"].forEach((type) => host.addEventListener(type, (event) => event.stopPropagation()));

// ---------------------------------------------------------------- what changes

let asked = "";
const look = async () => {
  const tags = liveTags();
  const question = { ...asQuestion(tags), load: page.load, late: late() };
  const text = JSON.stringify(question);
  if (text === asked) return;
  asked = text;
  const answer = await ask("page", question).catch(() => null);
  if (!answer || !answer.ok || text !== asked) return;
  state.report = await answer.json();
  state.faults = state.report.faults;
  state.tags = tags;
  draw();
};
let waiting;
const lookSoon = () => {
  clearTimeout(waiting);
  waiting = setTimeout(look, 120);
};
// Older ones were dropped to stay within MOST_KEPT; they do not come back as new.
let forgotten = 0;
const add = (...records) => {
  const known = new Set([...state.records, ...state.waiting].map((one) => one.n));
  const fresh = records.filter((record) => !known.has(record.n) && record.n > forgotten);
  fresh.forEach(count);
  if (state.paused) state.waiting = [...state.waiting, ...fresh].slice(-MOST_KEPT);
  else state.records = [...state.records, ...fresh].sort((a, b) => a.n - b.n).slice(-MOST_KEPT);
  if (state.records.length === MOST_KEPT) forgotten = state.records[0].n - 1;
  drawSoon();
};
const hearRecord = ({ record, faults }) => {
  if (record.load === page.load && faults) state.faults = faults;
  add(record);
};
// A new session has new visitors: what the client and the dispatcher remember of the old one goes, too.
const forget = () => {
  state.records = [];
  state.waiting = [];
  const ours = (key) => key.startsWith("cn_") || (key.startsWith("connectif-kit.") && key !== KEPT);
  for (const store of [localStorage, sessionStorage]) Object.keys(store).filter(ours).forEach((key) => store.removeItem(key));
  location.reload();
};
// Also when the stream begins: what was sent before it did, it does not tell.
const catchUp = async () => {
  const answer = await ask(`session.json?last=${MOST_KEPT}`).catch(() => null);
  if (answer && answer.ok) add(...(await answer.json()).records);
};
let overlay;
const problems = (found) => {
  if (overlay) overlay.remove();
  overlay = undefined;
  if (!found.length) return;
  overlay = overlayOf(found, () => {
    if (overlay) overlay.remove();
    overlay = undefined;
  });
  root.append(overlay);
  overlay.showModal();
};
let version = preview.version;
const hear = (message) => {
  if (message.type === "gone") comeBack();
  if (message.type === "hello") {
    catchUp();
    if (!preview.proxied) remember(); // what changed before the stream began was told to nobody
  }
  if (message.type === "record") hearRecord(message);
  if (message.type === "reload") location.reload();
  if (message.type === "cleared") forget();
  if (message.type === "imported") {
    state.records = [];
    state.waiting = [];
    catchUp();
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
// After the grace what is missing is missing, and the server is told.
const lookLate = () => {
  setTimeout(() => {
    asked = "";
    look();
  }, GRACE + 100);
};
const begin = () => {
  arrived = performance.now();
  lookLate();
};
const style = new CSSStyleSheet();
root.adoptedStyleSheets = [style];
style.replaceSync(STYLES);
const watchPage = () => {
  new MutationObserver(lookSoon).observe(document, { childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: ["class"] });
  addEventListener("resize", placeAll);
  addEventListener("scroll", placeSoon, true);
  // A route of a single-page app changes the address and perhaps no element that is watched.
  let path = location.pathname;
  let pushed = layer().length;
  setInterval(() => {
    if (location.pathname !== path) {
      begin();
      lookSoon();
    }
    if (state.open && state.tab === "data" && layer().length !== pushed) draw();
    path = location.pathname;
    pushed = layer().length;
  }, 300);
};
// React marks each element that it has taken over; when it is idle after that, it has taken over all.
const takenOver = async () => {
  const done = () => Object.keys(document.body).some((key) => key.startsWith("__react"));
  for (let tries = 0; tries < 100 && !done(); tries += 1) await new Promise((resolve) => setTimeout(resolve, 50));
  await new Promise((resolve) => (window.requestIdleCallback || setTimeout)(resolve));
};
const start = async () => {
  if (hydrated) await takenOver();
  root.append(state.box, pill, panel);
  raise();
  stayOnTop();
  listen(hear);
  draw();
  placePill();
  look();
  watchPage();
  begin();
  document.addEventListener("connectif-kit.patched", () => {
    asked = "";
    lookSoon();
  });
  await catchUp();
  if (!preview.proxied) remember();
};
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();
