// The page in view: its tags as a tree, what is absent, what the audit says, how the disk differs.
const tagTree = (tag, number, live, state) =>
  make(
    "details",
    { class: "tag", key: `${tag.name} ${number}`, open: !tag.valid || state.tags.length === 1, ...outlines(state.box, live && live.element, tag.name) },
    make("summary", {}, mark(tag.valid), make("code", {}, tag.name), make("span", { class: "count" }, tag.values.length ? tn(tag.values.length, "{n} value", "{n} values") : t("empty"))),
    make("p", { class: "quiet" }, withCode(tag.doc), " ", tag.article && make("a", { href: helpLink(tag.article), target: "_blank", rel: "noreferrer" }, t("article"))),
    tag.values.length > 0 && verdictTable(tag.values, (i) => (live && live.values[i] ? outlines(state.box, live.values[i][2], live.values[i][0] || tag.name) : {}))
  );
const findingCard = (finding) =>
  make(
    "li",
    { class: `finding ${finding.severity}`, key: `${finding.rule} ${finding.place} ${finding.message}` },
    make("p", {}, make("b", {}, finding.rule), " ", withCode(finding.message)),
    finding.hint && make("p", { class: "hint" }, withCode(finding.hint)),
    make("p", { class: "quiet" }, placeLink(finding), finding.plan && ` ${t("breaks")} ${finding.plan}`)
  );
const section = (key, title, ...content) => make("section", { key }, make("h2", {}, title), ...content);
const BLOCKS = {
  edited: [t("The block on the disk was edited by hand"), t("This page is shown as it lies on the disk, and `inject` leaves it alone. Undo the edit, or run `connectif-kit inject --force`.")],
  broken: [t("One of the comments around the block on the disk is missing"), t("This page is shown as it lies on the disk, and `inject` leaves it alone. Build the page again, then inject.")],
  stale: [t("The block on the disk is stale"), t("This page is shown as `inject` would write it now; visitors get the old block until you run `connectif-kit inject`.")],
};
const LINE_CLASSES = { "-": "gone", "+": "come" };
const diffOf = (lines, key, title) =>
  make(
    "details",
    { class: "raw diff", key, open: true },
    make("summary", {}, title),
    make("pre", { tabindex: "0" }, make("code", {}, lines.map(([sign, text]) => make("span", { class: LINE_CLASSES[sign] || "same" }, `${sign} ${text}\n`))))
  );
const filesSection = (files) =>
  section(
    "files",
    t("Files of this page"),
    make("p", { class: "quiet" }, withCode(t("What lies on the disk is not what `inject` would write there; visitors get the file on the disk."))),
    files.map((file) => diffOf(file.lines, `file ${file.path}`, file.path))
  );
const blockSection = (block) =>
  section(
    "disk",
    t("On the disk"),
    make("p", { class: "absent" }, mark(false), " ", withCode(BLOCKS[block.state][0])),
    make("p", { class: "quiet" }, withCode(BLOCKS[block.state][1])),
    diffOf(block.lines, "diff", t("− on the disk, + as inject would write it"))
  );
const faultList = (faults) =>
  section(
    "faults",
    t("Faults · {n}", { n: faults.length }),
    make("ol", { class: "faults" }, faults.map((fault) => make("li", { key: fault.cause }, make("details", {}, make("summary", {}, mark(false), causeName(fault.cause), make("span", { class: "count" }, tn(fault.signs.length, "{n} sign", "{n} signs"))), make("ul", {}, fault.signs.map((sign) => make("li", {}, withCode(sign))))))))
  );
const pageTab = (state) => {
  const { report, tags } = state;
  if (!report) return make("p", { class: "quiet" }, t("Looking at the page …"));
  const kind = report.name ? `${report.name}${report.kind === report.name ? "" : ` (${report.kind})`}` : t("no page of the plan");
  return make(
    "div",
    {},
    make("p", { class: "where" }, make("span", { class: "chip" }, kind), " ", make("span", { class: "quiet" }, report.plan || withCode(t("no `match` in the plan fits this address")))),
    state.faults.length > 0 && faultList(state.faults),
    report.block && blockSection(report.block),
    report.files.length > 0 && filesSection(report.files),
    section(
      "tags",
      t("Tags"),
      report.tags.map((tag, i) => tagTree(tag, i, tags[i], state)),
      report.absent.map((name) => make("p", { class: "absent", key: `absent ${name}` }, mark(false), " ", make("code", {}, name), " ", t("is missing: the plan requires it"))),
      !report.tags.length && !report.absent.length && make("p", { class: "quiet" }, t("No tags, and none required."))
    ),
    section("audit", report.findings.length ? t("Audit · {n}", { n: report.findings.length }) : t("Audit · clean"), report.findings.length ? make("ul", { class: "findings" }, report.findings.map(findingCard)) : make("p", { class: "quiet" }, preview.proxied ? t("A proxied page has no file to audit.") : t("No findings.")))
  );
};
