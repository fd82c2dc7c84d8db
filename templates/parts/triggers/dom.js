// Captured at the window, and at each open shadow root: a page that stops the event does not stop the report.
const domTypes = ["submit", "click", "change"].filter((type) => rules.some((rule) => rule[type]));
const domSeen = new WeakSet();
/** One function for all roots: heard once at each, however often it is asked for. */
const domHeard = (/** @type {Event} */ event) => attempt(() => domHappened(event));
const listenAt = (/** @type {any} */ target, root = target) => {
  if (!root) return;
  domTypes.forEach((type) => target.addEventListener(type, domHeard, true));
  root.querySelectorAll("*").forEach((/** @type {Element} */ element) => listenAt(element.shadowRoot));
};
const listenInside = (/** @type {any[]} */ path) => path.forEach((node) => listenAt(node.shadowRoot));
const domHappened = (/** @type {Event} */ event) => {
  if (domSeen.has(event)) return;
  domSeen.add(event);
  /** @type {any[]} */
  const path = event.composedPath().filter((node) => node instanceof Element);
  listenInside(path);
  // A click on a label's words is followed by the browser's own click on its control.
  const words = event.type == "click" && path[0] && path[0].closest("a,label,:enabled");
  rules.forEach((rule) =>
    attempt(() => {
      const element = rule[event.type] && path.find((one) => one.matches(rule[event.type]));
      if (element && !(words && words.control && element.contains(words.control)))
        happened(rule, { element });
    }),
  );
};
const listenToPage = () => listenAt(window, document);
when("start", () => {
  listenToPage();
  if (!USES.shadows) return;
  // Neither `submit` nor `change` leaves a shadow root: those that come later are met on the way to them.
  ["focusin", "keydown", "pointerdown", "click"].forEach((type) =>
    on(document, type, (event) => listenInside(event.composedPath())),
  );
  on(window, "load", listenToPage);
});
if (USES.shadows) when("look", listenToPage);
