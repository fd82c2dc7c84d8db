// Tags for the client to read, written before it starts.
const append = (/** @type {Element} */ parent, /** @type {string} */ entity, /** @type {any} */ value) =>
  entities[entity].forEach(([js, marks, html]) => {
    const nested = marks.includes("^");
    (marks.includes("*") ? value[js] || [] : [value[js]]).forEach((/** @type {any} */ one) => {
      if (one == null) return;
      const child = document.createElement(nested ? "div" : "span");
      child.className = html;
      if (nested) append(child, html, one);
      else if (Array.isArray(one)) {
        // A list of options (360014701399).
        child.dataset.fieldList = "true";
        one.forEach((option) => {
          child.appendChild(document.createElement("span")).textContent = option;
        });
      } else child.textContent = one;
      parent.append(child);
    });
  });
const write = (/** @type {string} */ cssClass, /** @type {string} */ entity, /** @type {any} */ value) => {
  const tag = document.createElement("div");
  const old = document.querySelector("." + cssClass);
  tag.className = cssClass;
  tag.hidden = true;
  tag.style.display = "none";
  append(tag, entity, value);
  if (old) old.replaceWith(tag);
  else document.body.append(tag);
};
/** Reports that a tag has made. */
/** @type {Rule[]} */
const written = [];
const writeReport = (/** @type {Rule} */ rule) => {
  if (tagged(rule)) return;
  const event = build(rule, fresh({ at: rule.at }));
  if (!event) return;
  written.push(rule);
  const now = { events: [event] };
  run("close", now);
  if (!now.events[0]) return;
  write(String(rule.tag), String(rule.writes), event[String(rule.writes)] || event);
  run("sent", now, now.events);
};
when("close", (now) =>
  ["contact", "cart"].forEach((name) => now[name] && attempt(() => write(plan.tags[name], name, now[name]))),
);
when("start", () => {
  complete(/** @type {any} */ ({ events: [] }), fresh());
  (page()[1] || []).forEach((rule) => attempt(() => writeReport(rule)));
});
when("begin", (now) => {
  if (now.landing) now.pending = now.pending.filter((/** @type {Rule} */ rule) => !written.includes(rule));
});
