// Search, filters, places on demand. Without scripts the page shows its first findings as they are.
(() => {
  const form = document.querySelector("form.search");
  if (!form) return;
  const report = JSON.parse(document.getElementById("report").textContent);
  const words = JSON.parse(document.getElementById("words").textContent);
  const STEP = { findings: 40, places: 200, pages: 200, print: 1000, printed: 4000 };
  const language = document.documentElement.lang;
  const list = document.getElementById("list");
  const moreFindings = document.getElementById("more");
  const byPage = document.querySelector(".by-page");
  const folded = new WeakMap();
  let shown = [];
  let next = 0;

  // ---- Words and nodes

  const plural = new Intl.PluralRules(language);
  const number = (value) => value.toLocaleString(language);
  const say = (name, n, more) =>
    words[name][plural.select(n) === "one" ? 0 : 1].replace(/\{(\w+)\}/g, (all, key) =>
      key === "n" ? number(n) : more && key in more ? more[key] : all,
    );
  const copy = (id) => document.getElementById(id).content.firstElementChild.cloneNode(true);

  // Text between backticks is code; nothing in it is ever HTML.
  const write = (node, text) => {
    node.replaceChildren(
      ...text.split("`").map((piece, index) => {
        if (index % 2 === 0) return document.createTextNode(piece);
        const code = document.createElement("code");
        code.textContent = piece;
        return code;
      }),
    );
    if (!text) node.remove();
  };

  // ---- What is looked for

  const paths = report.paths.map((path) => path.toLowerCase());
  const rule = (finding) => report.rules[finding.rule] || { title: "", doc: "" };
  const texts = new Map();
  const textOf = (finding) => {
    if (!texts.has(finding)) {
      const { rule: name, message, hint, element } = finding;
      const plan = finding.plan ? report.paths[finding.plan[0]] : "";
      texts.set(finding, [name, rule(finding).title, message, hint, element, plan].join("\n").toLowerCase());
    }
    return texts.get(finding);
  };

  const read = () => {
    const asked = new URLSearchParams(location.search);
    form.elements.q.value = asked.get("q") || "";
    for (const name of ["rule", "state"])
      if (form.elements[name]) form.elements[name].value = asked.get(name) || "";
    const severities = asked.get("severity");
    for (const box of form.querySelectorAll("[name=severity]"))
      box.checked = !severities || severities.split(",").includes(box.value);
    form.dataset.page = asked.get("page") || "";
  };

  const filters = () => {
    const boxes = [...form.querySelectorAll("[name=severity]")];
    const checked = boxes.filter((box) => box.checked).map((box) => box.value);
    const q = form.elements.q.value.trim();
    return {
      q,
      words: q.toLowerCase().split(/\s+/).filter(Boolean),
      rule: form.elements.rule.value,
      state: form.elements.state ? form.elements.state.value : "",
      page: form.dataset.page,
      severities: checked,
      severity: checked.length === boxes.length ? "" : checked.join(",") || "none",
    };
  };

  const address = (wanted) => {
    const query = new URLSearchParams();
    for (const name of ["q", "severity", "rule", "state", "page"])
      if (wanted[name]) query.set(name, wanted[name]);
    const text = query.toString();
    return location.pathname + (text ? `?${text}` : "");
  };

  const remember = (wanted, push) => {
    try {
      const there = address(wanted) + (push ? "" : location.hash);
      history[push ? "pushState" : "replaceState"](null, "", there);
    } catch {
      // A browser that lets no file change its address still filters.
    }
  };

  // The places of a finding that fit, by number; nothing where none does.
  const fitting = (finding, wanted, page) => {
    if (!wanted.severities.includes(finding.severity) || (wanted.rule && wanted.rule !== finding.rule))
      return null;
    if (wanted.state && (wanted.state === "same") !== (finding.state === "same")) return null;
    const rest = wanted.words.filter((word) => !textOf(finding).includes(word));
    const found = [];
    for (let at = 0; at * 3 < finding.places.length; at += 1) {
      const path = finding.places[at * 3];
      if ((page < 0 || path === page) && rest.every((word) => paths[path].includes(word))) found.push(at);
    }
    return found.length ? found : null;
  };

  // ---- What is shown

  const at = (finding, index) => finding.places.slice(index * 3, index * 3 + 3);
  const placed = ([path, line, column]) => `${report.paths[path]}:${line}:${column}`;

  const setEditor = (link, [path, line, column]) => {
    const { url, folder } = report.editor || { url: "" };
    if (!/^[a-z][a-z0-9+.-]*:/i.test(url) || /^(javascript|data|vbscript|blob):/i.test(url))
      return link.remove();
    const name = report.paths[path];
    if (/^https?:/i.test(name)) return link.remove();
    const file = /^([a-z]:)?[\\/]/i.test(name) ? name : `${folder}/${name}`;
    const values = { path: encodeURI(file).replace(/[?#]/g, encodeURIComponent), line, column };
    link.href = url.replace(/\{(path|line|column)\}/g, (_, key) => values[key]);
  };

  const setPage = (link, place) => {
    link.textContent = placed(place);
    link.href = address({ ...filters(), page: report.paths[place[0]] });
    link.dataset.page = report.paths[place[0]];
  };

  const addPlaces = (node, entry) => {
    const { finding, places } = entry;
    const fresh = new Set(finding.state === "more" ? finding.fresh : []);
    const items = node.querySelector("ul");
    for (const index of places.slice(items.childElementCount, items.childElementCount + STEP.places)) {
      const item = copy("place");
      setPage(item.querySelector(".page"), at(finding, index));
      setEditor(item.querySelector(".editor"), at(finding, index));
      if (!fresh.has(index)) item.querySelector(".fresh").remove();
      items.append(item);
    }
    setMore(
      node.querySelector(".more button"),
      "morePlaces",
      places.length - items.childElementCount,
      STEP.places,
    );
  };

  const setMore = (button, name, left, step) => {
    button.hidden = left <= 0;
    button.textContent = left > 0 ? say(name, Math.min(left, step)) : "";
  };

  const setSource = (node, finding, line) => {
    if (!finding.source) return node.remove();
    node.querySelector(".ln").textContent = line;
    node.querySelector("mark").textContent = finding.source.marked;
    for (const part of ["before", "after"]) node.querySelector(`.${part}`).textContent = finding.source[part];
  };

  const setAlso = (node, entry) => {
    const all = entry.finding.places.length / 3;
    const some = entry.places.length < all;
    if (all === 1) return node.remove();
    const name = some ? "fittingPlaces" : "allPlaces";
    node.querySelector("summary").textContent = say(name, entry.places.length, { all: number(all) });
    const fill = () => node.querySelector("li") || addPlaces(node, entry);
    node.addEventListener("toggle", () => node.open && fill());
    folded.set(node, { fill, count: entry.places.length });
    node.querySelector("button").addEventListener("click", () => addPlaces(node, entry));
  };

  const setTimes = (node, finding) => {
    const pages = say("pages", finding.pages);
    write(node, finding.count > 1 ? say("times", finding.count, { pages }) : "");
  };

  const findingNode = (entry) => {
    const { finding } = entry;
    const node = copy("finding");
    const part = (selector) => node.querySelector(selector);
    const place = at(finding, entry.places[0]);
    node.id = finding.id;
    write(part(".text"), finding.message);
    write(part(".fresh"), words.state[finding.state] || "");
    part(".anchor").href = `#${finding.id}`;
    setPage(part(".place .page"), place);
    setEditor(part(".place .editor"), place);
    setTimes(part(".times"), finding);
    setSource(part("pre"), finding, finding.places[1]);
    write(part(".hint"), finding.hint);
    write(part(".fix"), finding.fixable ? say("fixable", finding.fixable) : "");
    setPlan(part(".plan"), finding.plan);
    setAlso(part(".also"), entry);
    return node;
  };

  const setPlan = (node, plan) => {
    if (!plan) return node.remove();
    node.querySelector("code").textContent = placed(plan);
    setEditor(node.querySelector(".editor"), plan);
  };

  const ruleNode = (finding) => {
    const node = copy("rule");
    const badge = node.querySelector(".badge");
    badge.textContent = words.severity[finding.severity];
    badge.classList.add(finding.severity);
    node.dataset.rule = finding.rule;
    node.dataset.severity = finding.severity;
    node.querySelector("code").textContent = finding.rule;
    if (rule(finding).link) node.querySelector(".help").href = rule(finding).link;
    write(node.querySelector(".note"), rule(finding).title);
    if (rule(finding).doc) write(node.querySelector(".why p"), rule(finding).doc);
    else node.querySelector(".why").remove();
    return node;
  };

  const sectionFor = (finding) => {
    const last = list.lastElementChild;
    if (last && last.dataset.rule === finding.rule && last.dataset.severity === finding.severity) return last;
    list.append(ruleNode(finding));
    return list.lastElementChild;
  };

  const addFindings = (count) => {
    const end = Math.min(shown.length, next + count);
    for (; next < end; next += 1) {
      const { finding } = shown[next];
      sectionFor(finding).querySelector(":scope > ul").append(findingNode(shown[next]));
    }
    setMore(moreFindings, "moreFindings", shown.length - next, STEP.findings);
  };

  const setChip = (page) => {
    const chip = form.querySelector(".chip");
    chip.hidden = !page;
    chip.querySelector("span").textContent = words.onlyPage.replace("{page}", () => page);
  };

  const setCount = () => {
    const all = report.findings.length;
    const name = shown.length < all ? "ofFindings" : "findings";
    const places = shown.reduce((sum, entry) => sum + entry.places.length, 0);
    const counted = [say(name, shown.length, { all: number(all) })];
    if (places > shown.length) counted.push(say("places", places));
    form.querySelector("output").textContent = counted.join(" · ");
  };

  const show = () => {
    const wanted = filters();
    const page = wanted.page ? report.paths.indexOf(wanted.page) : -1;
    const entry = (finding) => ({
      finding,
      places: fitting(finding, wanted, wanted.page && page < 0 ? NaN : page),
    });
    shown = report.findings.map(entry).filter((each) => each.places);
    next = 0;
    list.replaceChildren();
    setChip(wanted.page);
    setCount();
    addFindings(STEP.findings);
    if (byPage.querySelector("details").open) showPages();
  };

  // ---- Pages

  const counts = () => {
    const found = new Map();
    for (const { finding, places } of shown)
      for (const index of places) {
        const path = finding.places[index * 3];
        found.set(path, (found.get(path) || 0) + 1);
      }
    return [...found].sort((one, other) => other[1] - one[1] || one[0] - other[0]);
  };

  let pages = [];
  const addPages = () => {
    const items = byPage.querySelector("ol");
    for (const [path, count] of pages.slice(items.childElementCount, items.childElementCount + STEP.pages)) {
      const item = copy("page");
      setPage(item.querySelector(".page"), [path, 1, 1]);
      item.querySelector(".page").textContent = report.paths[path];
      item.querySelector(".times").textContent = say("findings", count);
      items.append(item);
    }
    setMore(byPage.querySelector("button"), "morePages", pages.length - items.childElementCount, STEP.pages);
  };

  const showPages = () => {
    pages = counts();
    byPage.querySelector("ol").replaceChildren();
    addPages();
  };

  // ---- Anchors, printing, events

  const goTo = (id) => {
    let index = shown.findIndex((entry) => entry.finding.id === id);
    if (index < 0 && report.findings.some((finding) => finding.id === id)) {
      clear();
      index = shown.findIndex((entry) => entry.finding.id === id);
    }
    if (index < 0) return;
    if (index >= next) addFindings(index + 1 - next + 5);
    document.querySelector(".finding.aimed")?.classList.remove("aimed");
    const node = document.getElementById(id);
    node.classList.add("aimed");
    node.scrollIntoView({ block: "start" });
  };

  // On paper nothing can be opened: findings and, as far as a reader would turn the pages, their places.
  const unfold = () => {
    addFindings(STEP.print);
    let left = STEP.printed;
    for (const node of list.querySelectorAll(".also")) {
      const { fill, count } = folded.get(node);
      left -= Math.min(count, STEP.places);
      if (left < 0) return;
      fill();
      node.open = true;
    }
  };

  const clear = () => {
    form.elements.q.value = "";
    form.elements.rule.value = "";
    if (form.elements.state) form.elements.state.value = "";
    for (const box of form.querySelectorAll("[name=severity]")) box.checked = true;
    form.dataset.page = "";
    remember(filters());
    show();
  };

  const toPage = (page) => {
    form.dataset.page = page;
    remember(filters(), true);
    show();
    document.getElementById("findings").scrollIntoView();
  };

  const aim = () => goTo(decodeURIComponent(location.hash.slice(1)));
  const changed = () => {
    remember(filters());
    show();
  };

  for (const name of [...new Set(report.findings.map((finding) => finding.rule))])
    form.elements.rule.append(new Option(name, name));
  form.addEventListener("input", changed);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    clear();
  });
  form.elements.everywhere.addEventListener("click", () => toPage(""));
  moreFindings.addEventListener("click", () => addFindings(STEP.findings));
  new IntersectionObserver((seen) => seen.some((each) => each.isIntersecting) && addFindings(STEP.findings), {
    rootMargin: "600px",
  }).observe(moreFindings);
  byPage.querySelector("details").addEventListener("toggle", (event) => event.target.open && showPages());
  byPage.querySelector("button").addEventListener("click", addPages);
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.page");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    toPage(link.dataset.page);
  });
  addEventListener("beforeprint", unfold);
  addEventListener("hashchange", aim);
  addEventListener("popstate", () => {
    read();
    show();
  });

  form.hidden = false;
  byPage.hidden = false;
  read();
  show();
  if (location.hash) aim();
})();
