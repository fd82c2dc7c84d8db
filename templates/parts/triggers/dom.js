// Captured at the window, and at each open shadow root: a page that stops the event does not stop the report.
const domTypes = ["submit", "click", "change"].filter((type) => rules.some((rule) => rule[type]));
const domSeen = new WeakSet();
const roots = new WeakSet();
const listenAt = (/** @type {any} */ root) => {
  if (!root || roots.has(root)) return;
  roots.add(root);
  domTypes.forEach((type) => on(root == document ? window : root, type, domHappened));
  enterShadows(root);
};
const enterShadows = (/** @type {any} */ root) =>
  root.querySelectorAll("*").forEach((/** @type {Element} */ element) => listenAt(element.shadowRoot));
const domHappened = (/** @type {Event} */ event) => {
  if (domSeen.has(event)) return;
  domSeen.add(event);
  /** @type {any[]} */
  const path = event.composedPath().filter((node) => node instanceof Element);
  path.forEach((element) => listenAt(element.shadowRoot));
  rules.forEach((rule) => attempt(() => rule[event.type] && matched(rule, event, path)));
};
const matched = (/** @type {Rule} */ rule, /** @type {Event} */ event, /** @type {any[]} */ path) => {
  const element = path.find((one) => one.matches(rule[event.type]));
  // A click on a label's words is followed by the browser's own click on its control.
  const words = event.type == "click" && path[0].closest("a,label,:enabled");
  if (element && !(words && words.control && element.contains(words.control))) happened(rule, { element });
};
when("start", () => {
  listenAt(document);
  if (!USES.shadows) return;
  // Neither `submit` nor `change` leaves a shadow root: those that come later are met on the way to them.
  ["focusin", "keydown", "pointerdown", "click"].forEach((type) =>
    on(document, type, (event) =>
      event.composedPath().forEach((/** @type {any} */ node) => listenAt(node.shadowRoot)),
    ),
  );
  on(window, "load", () => enterShadows(document));
});
if (USES.shadows) when("look", () => enterShadows(document));
