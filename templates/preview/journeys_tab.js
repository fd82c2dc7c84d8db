// Journeys at the push of a button: the page's own storage filled, its own triggers pulled.
const fresh = (value, paths) => {
  const copy = JSON.parse(JSON.stringify(value));
  for (const path of paths || []) {
    const steps = path.split(".");
    const last = steps.pop();
    const holder = steps.reduce((inside, step) => inside && inside[step], copy);
    if (holder && holder[last]) holder[last] = `${holder[last]}-${Date.now().toString(36)}`;
  }
  return copy;
};
const samples = { email: "ana@shop.example", search: "mug", tel: "+34651234567", number: "1", text: "Ana" };
const fillIn = (form) => {
  for (const field of form.elements) if (field.type in samples && !field.value) field.value = samples[field.type];
};
const doing = {
  keep: (step) => localStorage.setItem(step.key, JSON.stringify(fresh(step.value, step.fresh))),
  dispatch: (step) => document.dispatchEvent(new CustomEvent(step.name, { detail: fresh(step.detail, step.fresh), bubbles: true })),
  push: (step) => (window.dataLayer = window.dataLayer || []).push(fresh(step.entry, step.fresh)),
  go: (step) => location.assign(step.to),
  click: (step) => {
    const found = document.querySelector(step.selector);
    if (found) found.click();
    return Boolean(found);
  },
  submit: (step) => {
    const found = document.querySelector(step.selector);
    if (found) fillIn(found);
    if (found) found.requestSubmit();
    return Boolean(found);
  },
};
const stepWord = (step) =>
  ({
    keep: () => t("fills {what}", { what: step.key }),
    dispatch: () => t("says {what}", { what: step.name }),
    push: () => t("pushes {what}", { what: (step.entry || {}).event }),
    go: () => t("goes to {what}", { what: step.to }),
    click: () => t("clicks {what}", { what: step.selector }),
    submit: () => t("sends {what}", { what: step.selector }),
  })[step.do]();
const journeysTab = () => {
  const said = make("p", { class: "quiet", role: "status", "data-own": true, key: "said" });
  const run = (journey) => {
    const failed = journey.steps.find((step) => doing[step.do](step) === false);
    body.querySelector('[data-key="said"]').textContent = failed ? t("{selector} is not on this page.", { selector: failed.selector }) : t("{name}: done. See Events.", { name: journey.name });
  };
  return make(
    "div",
    {},
    make("p", { class: "quiet" }, t("Each fills in what the plan reads and fires the plan's own triggers, with invented data.")),
    make("div", { class: "journeys" }, preview.journeys.map((journey) => make("button", { class: "journey", disabled: !journey.steps, title: journey.why, onclick: () => run(journey) }, make("b", {}, journey.name), make("span", {}, journey.why || journey.steps.map((step) => stepWord(step)).join(", "))))),
    said,
    make("p", { class: "actions" }, make("a", { class: "small", href: fileLink("session.html"), download: "connectif-session.html" }, t("Export as a page")), make("a", { class: "small", href: fileLink("session.json"), download: "connectif-session.json" }, t("as JSON")), make("button", { class: "small", onclick: () => ask("clear", {}) }, t("New session")), make("a", { class: "small", href: `${preview.base}/` }, t("Overview")))
  );
};
