// A payload property by property, right or wrong; shared by the inspector and the exported session.
const mark = (valid) => make("span", { class: valid ? "mark good" : "mark bad", role: "img", "aria-label": valid ? t("right") : t("wrong") }, valid ? "✓" : "✗");
const verdictRow = (verdict, given) =>
  make(
    "tr",
    { class: verdict.expected ? "wrong" : "", ...given },
    make("th", { scope: "row" }, verdict.path || t("text")),
    make("td", { class: "value" }, verdict.value === null ? make("em", {}, t("nothing")) : show(verdict.value), verdict.expected && make("span", { class: "expected" }, withCode(t("expected {what}", { what: verdict.expected }))), verdict.hint && make("span", { class: "hint" }, withCode(verdict.hint))),
    make("td", { class: "kind" }, verdict.kind, verdict.expected && " ", verdict.expected && mark(false))
  );
const verdictTable = (verdicts, given = () => ({})) => make("table", {}, make("tbody", {}, verdicts.map((verdict, i) => verdictRow(verdict, given(i)))));
// `product.name` of a product event is its `name`.
const shortened = (verdict) => ({ ...verdict, path: verdict.path.replace(/^(product|purchase)\./, "") });
const between = (ms) => (ms < 1000 ? `+${ms} ms` : ms < 60000 ? `+${(ms / 1000).toFixed(1)} s` : `+${Math.floor(ms / 60000)} min ${Math.round((ms % 60000) / 1000)} s`);
const eventRow = (record, event, number, actions) =>
  make(
    "details",
    { class: "event", key: `event ${number}`, open: !event.valid },
    make("summary", {}, mark(event.valid), make("code", {}, event.type), make("span", { class: "count" }, event.valid ? t("correct") : tn(event.verdicts.filter((v) => v.expected).length, "{n} fault", "{n} faults"))),
    verdictTable(event.verdicts.filter((v) => v.path !== "type" || v.expected).map(shortened)),
    make("details", { class: "raw", key: "json" }, make("summary", {}, "JSON"), make("pre", { tabindex: "0" }, make("code", {}, JSON.stringify(event.event, null, 2)))),
    make("p", { class: "actions" }, actions(record, event), make("span", { class: "quiet" }, event.plan, " ", event.article && make("a", { href: helpLink(event.article), target: "_blank", rel: "noreferrer" }, t("article"))))
  );
const optionRow = (name, option) =>
  make("details", { class: "event option", key: name, open: !option.valid }, make("summary", {}, mark(option.valid), make("code", {}, name), make("span", { class: "count" }, t("sent along"))), verdictTable(option.verdicts));
const NOTE_NAMES = { refused: t("Not sent"), missing: t("Missing"), blocked: t("Blocked") };
const noteRow = (note) => make("p", { class: `note ${note.level}` }, NOTE_NAMES[note.level] && make("b", {}, NOTE_NAMES[note.level], " "), withCode(note.message));
const recordRow = (record, before, actions = () => null) =>
  make(
    "div",
    { class: "record", key: `record ${record.n}` },
    make("p", { class: "number" }, `#${record.n}`, before && make("span", {}, between(Math.max(0, record.at - before.at)))),
    record.notes.map(noteRow),
    record.events.map((event, i) => eventRow(record, event, i, actions)),
    record.cart && optionRow("cart", record.cart),
    record.contact && optionRow("contact", record.contact)
  );
// What a reader looks for: by kind of outcome, and by any word of it.
const isFaulty = (record) => record.events.some((event) => !event.valid) || [record.cart, record.contact].some((option) => option && !option.valid) || record.notes.some((note) => ["error", "refused", "missing"].includes(note.level));
const FILTERS = {
  all: [t("All"), () => true],
  sent: [t("Sent"), (record) => Boolean(record.body)],
  faults: [t("Faults"), isFaulty],
  unsent: [t("Not sent"), (record) => record.notes.some((note) => ["refused", "missing", "error"].includes(note.level)) || !record.body],
  blocked: [t("Blocked"), (record) => record.notes.some((note) => note.level === "blocked")],
};
const found = (records, filter, text) => {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return records.filter(FILTERS[filter][1]).filter((record) => {
    const whole = words.length ? JSON.stringify([record.n, record.path, record.page, record.notes, record.body, record.events]).toLowerCase() : "";
    return words.every((word) => whole.includes(word));
  });
};
const byLoad = (records) => {
  const loads = [];
  for (const record of records) {
    const last = loads[loads.length - 1];
    if (last && (last.load === record.load || !record.load) && last.path === record.path) last.records.push(record);
    else loads.push({ load: record.load, path: record.path, page: record.page, at: record.at, n: record.n, records: [record] });
  }
  return loads;
};
// So many are drawn at once; all are searched.
const MOST_SHOWN = 100;
const olderButton = (more, onclick) => more > 0 && make("p", { key: "older" }, make("button", { class: "small", onclick }, tn(more, "Show older: {n} more", "Show older: {n} more")));
const timeline = (loads, all, current, actions) => {
  const before = new Map(all.map((record, i) => [record.n, all[i - 1]]));
  return make(
    "ol",
    { class: "timeline" },
    loads.map((load) => make("li", { class: load.load === current ? "now" : "", key: `load ${load.n}` }, make("h2", {}, make("span", {}, load.path), make("span", { class: "count" }, load.page || "", " ", clock(load.at))), load.records.map((record) => recordRow(record, before.get(record.n), actions))))
  );
};
