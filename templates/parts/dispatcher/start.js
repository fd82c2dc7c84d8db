// The beginning, once; and what the page may call.
const start = () => {
  run("start");
  const first = () => attempt(() => view || begin({ whole: true, landing: true }));
  if (document.readyState == "complete") first();
  // At the window: after the page's own listeners. A script that comes late hears `load` only.
  ["DOMContentLoaded", "load"].forEach((type) => window.addEventListener(type, first));
  flush();
};
const tell = (/** @type {string} */ name) => (/** @type {any} */ given) =>
  fire({ asks: name, [name]: given && ["literal", given] }, {});
window.connectifKit = {
  version: plan.version,
  send: (/** @type {string} */ name, /** @type {any} */ detail) => {
    if (DEVELOPMENT) run("asked", name);
    const element = USES.module ? (detail instanceof Element ? detail : undefined) : detail;
    rules.forEach((rule) => rule.name == name && fire(rule, { detail, element }));
  },
  cart: tell("cart"),
  contact: tell("contact"),
  pageVisit: () => {
    if (allowed()) attempt(() => begin({ whole: true, asked: true, hurry: true }));
  },
};
