// The page in view: its tags as a tree, what is absent, what the audit says.
const mark = (valid) => make("span", { class: valid ? "mark good" : "mark bad", role: "img", "aria-label": valid ? "right" : "wrong" }, valid ? "✓" : "✗");
const verdictRow = (verdict, given) =>
  make(
    "tr",
    { class: verdict.expected ? "wrong" : "", ...given },
    make("th", { scope: "row" }, verdict.path || "text"),
    make("td", { class: "value" }, verdict.value === null ? make("em", {}, "nothing") : show(verdict.value), verdict.expected && make("span", { class: "expected" }, `expected ${verdict.expected}`), verdict.hint && make("span", { class: "hint" }, verdict.hint)),
    make("td", { class: "kind" }, verdict.kind, verdict.expected && " ", verdict.expected && mark(false))
  );
const verdictTable = (verdicts, given = () => ({})) => make("table", {}, make("tbody", {}, verdicts.map((verdict, i) => verdictRow(verdict, given(i)))));
const tagTree = (tag, live, state) =>
  make(
    "details",
    { class: "tag", open: !tag.valid || state.tags.length === 1, ...outlines(state.box, live.element, tag.name) },
    make("summary", {}, mark(tag.valid), make("code", {}, tag.name), make("span", { class: "count" }, tag.values.length ? plural(tag.values.length, "value") : "empty")),
    make("p", { class: "quiet" }, tag.doc, " ", tag.article && make("a", { href: tag.article, target: "_blank", rel: "noreferrer" }, "article")),
    tag.values.length > 0 && verdictTable(tag.values, (i) => (live.values[i] ? outlines(state.box, live.values[i][2], live.values[i][0] || tag.name) : {}))
  );
const findingCard = (finding) =>
  make(
    "li",
    { class: `finding ${finding.severity}` },
    make("p", {}, make("b", {}, finding.rule), " ", finding.message),
    finding.hint && make("p", { class: "hint" }, finding.hint),
    make("p", { class: "quiet" }, placeLink(finding), finding.plan && ` breaks ${finding.plan}`)
  );
const section = (title, ...content) => make("section", {}, make("h2", {}, title), ...content);
const pageTab = (state) => {
  const { report, tags } = state;
  if (!report) return make("p", { class: "quiet" }, "Looking at the page …");
  const kind = report.name ? `${report.name}${report.kind === report.name ? "" : ` (${report.kind})`}` : "no page of the plan";
  return make(
    "div",
    {},
    make("p", { class: "where" }, make("span", { class: "chip" }, kind), " ", make("span", { class: "quiet" }, report.plan || "no `match` in the plan fits this address")),
    section(
      "Tags",
      report.tags.map((tag, i) => tagTree(tag, tags[i], state)),
      report.absent.map((name) => make("p", { class: "absent" }, mark(false), " ", make("code", {}, name), " is promised and not here")),
      !report.tags.length && !report.absent.length && make("p", { class: "quiet" }, "No tags, and none promised.")
    ),
    section(`Audit · ${report.findings.length || "clean"}`, report.findings.length ? make("ul", { class: "findings" }, report.findings.map(findingCard)) : make("p", { class: "quiet" }, preview.proxied ? "A proxied page has no file to audit." : "No rule has anything to say about this page."))
  );
};
