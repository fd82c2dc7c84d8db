// What was sent, load by load, each event held against the plan.
const asTest = (record, event) => `import json
from pathlib import Path


def test_${event.type.replace(/\W/g, "_")}() -> None:
    session = json.loads(Path("connectif-session.json").read_text())
    sent = [e["event"] for r in session["records"] if r["path"] == ${JSON.stringify(record.path)} for e in r["events"]]
    assert json.loads(r"""${JSON.stringify(event.event).replace(/[\u007f-\uffff]/g, (c) => "\\u" + c.charCodeAt(0).toString(16).padStart(4, "0"))}""") in sent
`;
const copies = (label, text) => {
  const button = make("button", { class: "small" }, label);
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(text).catch(() => {});
    button.textContent = "copied";
    setTimeout(() => (button.textContent = label), 1200);
  });
  return button;
};
// `product.name` of a product event is its `name`.
const shortened = (verdict) => ({ ...verdict, path: verdict.path.replace(/^(product|purchase)\./, "") });
const eventRow = (record, event) =>
  make(
    "details",
    { class: "event", open: !event.valid },
    make("summary", {}, mark(event.valid), make("code", {}, event.type), make("span", { class: "count" }, event.valid ? "as promised" : plural(event.verdicts.filter((v) => v.expected).length, "fault"))),
    verdictTable(event.verdicts.filter((v) => v.path !== "type" || v.expected).map(shortened)),
    make("details", { class: "raw" }, make("summary", {}, "JSON"), make("pre", {}, make("code", {}, JSON.stringify(event.event, null, 2)))),
    make("p", { class: "actions" }, copies("Copy JSON", JSON.stringify(event.event, null, 2)), copies("Copy as test", asTest(record, event)), make("span", { class: "quiet" }, event.plan, " ", event.article && make("a", { href: event.article, target: "_blank", rel: "noreferrer" }, "article")))
  );
const optionRow = (name, option) =>
  make("details", { class: "event option", open: !option.valid }, make("summary", {}, mark(option.valid), make("code", {}, name), make("span", { class: "count" }, "sent along")), verdictTable(option.verdicts));
const recordRow = (record) => [
  ...record.notes.map((note) => make("p", { class: `note ${note.level}` }, note.message)),
  ...record.events.map((event) => eventRow(record, event)),
  record.cart && optionRow("cart", record.cart),
  record.contact && optionRow("contact", record.contact),
];
const byLoad = (records) => {
  const loads = [];
  for (const record of records) {
    const last = loads[loads.length - 1];
    if (last && last.load === record.load && last.path === record.path) last.records.push(record);
    else loads.push({ load: record.load, path: record.path, page: record.page, at: record.at, records: [record] });
  }
  return loads.reverse();
};
const missingHere = (state) => {
  const here = state.records.filter((record) => record.load === page.load && record.path.split("?")[0] === location.pathname);
  const came = here.flatMap((record) => record.events.map((event) => event.type));
  return ((state.report && state.report.expected) || []).filter((type) => !came.includes(type));
};
const eventsTab = (state) => {
  const missing = missingHere(state);
  const loads = byLoad(state.records).slice(0, 60);
  return make(
    "div",
    {},
    missing.length > 0 && make("p", { class: "absent" }, "Not sent from this page yet: ", missing.map((type) => [make("code", {}, type), " "])),
    !loads.length && make("p", { class: "quiet" }, "Nothing was sent yet."),
    make(
      "ol",
      { class: "timeline" },
      loads.map((load) => make("li", { class: load.load === page.load ? "now" : "" }, make("h2", {}, make("span", {}, load.path), make("span", { class: "count" }, load.page || "", " ", clock(load.at))), load.records.map(recordRow)))
    )
  );
};
