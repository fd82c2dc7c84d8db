// What was sent and what was not, load by load, each event held against the plan.
const asTest = (record, event) => `import json
from pathlib import Path


def test_${event.type.replace(/\W/g, "_")}() -> None:
    session = json.loads(Path("connectif-session.json").read_text())
    sent = [e["event"] for r in session["records"] if r["path"] == ${JSON.stringify(record.path)} for e in r["events"]]
    assert json.loads(r"""${JSON.stringify(event.event).replace(/[\u007f-\uffff]/g, (c) => "\\u" + c.charCodeAt(0).toString(16).padStart(4, "0"))}""") in sent
`;
const copies = (label, text) => {
  const button = make("button", { class: "small", "data-own": true }, label);
  heard(button, "click", async () => {
    await navigator.clipboard.writeText(text).catch(() => {});
    button.textContent = t("copied");
    setTimeout(() => (button.textContent = label), 1200);
  });
  return button;
};
const eventActions = (record, event) => [copies(t("Copy JSON"), JSON.stringify(event.event, null, 2)), copies(t("Copy as test"), asTest(record, event))];
const missingHere = (state) => {
  const came = tally.types.get(pathHere()) || new Set();
  return ((state.report && state.report.expected) || []).filter((type) => !came.has(type));
};
const toolbar = (state, shown) =>
  make(
    "div",
    { class: "toolbar", key: "toolbar" },
    make("input", { type: "search", placeholder: t("Search"), "aria-label": t("Search the events"), oninput: (event) => setView({ text: event.target.value }) }),
    make("select", { "aria-label": t("Show"), onchange: (event) => setView({ filter: event.target.value }) }, Object.entries(FILTERS).map(([name, [label]]) => make("option", { value: name, selected: state.filter === name }, label))),
    make("button", { class: "small", "aria-pressed": String(state.paused), onclick: () => setView({ paused: !state.paused }) }, state.paused ? [t("Go on"), state.waiting.length > 0 && ` · ${t("{n} new", { n: state.waiting.length })}`] : t("Pause")),
    make("span", { class: "quiet" }, t("{shown} of {all}", { shown, all: state.records.length }))
  );
const eventsTab = (state) => {
  const missing = missingHere(state);
  const records = found(state.records, state.filter, state.text);
  const loads = byLoad(records.slice(-state.most)).reverse();
  return make(
    "div",
    {},
    toolbar(state, records.length),
    heldBack() && make("p", { class: "note refused", key: "held" }, make("b", {}, t("Held back")), " ", t("nothing is sent before consent: {rule}", { rule: facts.consentRule })),
    missing.length > 0 && make("p", { class: "absent", key: "missing" }, t("Not sent from this page yet:"), " ", missing.map((type) => [make("code", {}, type), " "])),
    !loads.length && make("p", { class: "quiet", key: "none" }, state.records.length ? t("No event matches the search.") : t("Nothing was sent yet.")),
    timeline(loads, state.records, page.load, eventActions),
    olderButton(records.length - state.most, () => setView({ most: state.most + MOST_SHOWN }))
  );
};
