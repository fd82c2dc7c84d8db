// Captured at the window, and at each open shadow root: a page that stops the event does not stop the report.
const domTypes = ["submit", "click", "change"].filter((type) => rules.some((rule) => rule[type]));
const domSeen = new WeakSet();
/** One function for all roots: heard once at each, however often it is asked for. */
const domHeard = (/** @type {Event} */ event) => attempt(() => domHappened(event));
const listenAt = (/** @type {EventTarget} */ target) =>
  domTypes.forEach((type) => target.addEventListener(type, domHeard, true));
const meet = (/** @type {any} */ { shadowRoot }) => {
  if (!shadowRoot) return;
  listenAt(shadowRoot);
  shadowRoot.querySelectorAll("*").forEach(meet);
};
/** A look at every element costs: the first is with the view, once the document is there. */
const meetAll = () => document.querySelectorAll("*").forEach(meet);
const domHappened = (/** @type {Event} */ event) => {
  if (domSeen.has(event)) return;
  domSeen.add(event);
  /** @type {any[]} */
  const path = event.composedPath().filter((node) => node instanceof Element);
  path.forEach(meet);
  // A click on a label's words is followed by the browser's own click on its control.
  const words = event.type == "click" && path[0] && path[0].closest("a,label,:enabled");
  rules.forEach((rule) =>
    attempt(() => {
      // Nothing matches a selector that the rule does not have.
      const element = path.find((one) => one.matches(rule[event.type]));
      if (element && !(words && words.control && element.contains(words.control)))
        happened(rule, { element });
    }),
  );
};
when("look", meetAll);
when("start", () => {
  listenAt(window);
  if (!USES.shadows) return;
  // Neither `submit` nor `change` leaves a shadow root: those that come later are met on the way to them.
  ["focusin", "keydown", "pointerdown", "click"].forEach((type) =>
    on(document, type, (event) => event.composedPath().forEach(meet)),
  );
  on(window, "load", meetAll);
});
