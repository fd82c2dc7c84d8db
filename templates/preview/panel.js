// The panel's place: floating or docked to an edge, as wide as the reader likes, above everything else.
const DOCKS = { float: t("Float"), left: t("Left"), right: t("Right"), bottom: t("Bottom") };
const SIDES = { left: "margin-left", right: "margin-right", bottom: "margin-bottom" };
const sizeName = () => (state.dock === "bottom" ? "height" : "width");
const clamped = (size) => {
  const whole = state.dock === "bottom" ? innerHeight : innerWidth;
  return Math.round(Math.min(Math.max(size, 280), Math.max(280, whole * 0.9)));
};
const placePanel = () => {
  panel.dataset.dock = state.dock;
  panel.style.width = panel.style.height = "";
  if (state[sizeName()]) panel.style[sizeName()] = `${clamped(state[sizeName()])}px`;
  const page = document.documentElement.style;
  Object.values(SIDES).forEach((side) => page.removeProperty(side));
  const rect = panel.getBoundingClientRect();
  if (state.open && SIDES[state.dock]) page.setProperty(SIDES[state.dock], `${state.dock === "bottom" ? rect.height : rect.width}px`);
  handle.setAttribute("aria-orientation", state.dock === "bottom" ? "horizontal" : "vertical");
  handle.setAttribute("aria-valuenow", String(Math.round(state.dock === "bottom" ? rect.height : rect.width)));
};
const resizeTo = (size) => {
  state[sizeName()] = clamped(size);
  keepState();
  placePanel();
};
const handle = make("div", { class: "handle", role: "separator", tabindex: "0", "aria-label": t("Resize the inspector"), "aria-valuemin": "280" });
handle.addEventListener("pointerdown", (event) => {
  handle.setPointerCapture(event.pointerId);
  const move = ({ clientX, clientY }) => {
    const rect = panel.getBoundingClientRect();
    resizeTo(state.dock === "bottom" ? rect.bottom - clientY : state.dock === "left" ? clientX - rect.left : rect.right - clientX);
  };
  handle.addEventListener("pointermove", move);
  handle.addEventListener("pointerup", () => handle.removeEventListener("pointermove", move), { once: true });
});
handle.addEventListener("keydown", (event) => {
  const larger = state.dock === "bottom" ? "ArrowUp" : state.dock === "left" ? "ArrowRight" : "ArrowLeft";
  const smaller = { ArrowUp: "ArrowDown", ArrowRight: "ArrowLeft", ArrowLeft: "ArrowRight" }[larger];
  const step = { [larger]: 24, [smaller]: -24 }[event.key];
  if (!step) return;
  event.preventDefault();
  resizeTo(panel.getBoundingClientRect()[sizeName()] + step);
});

// In the top layer whoever came last lies on top; a modal dialog leaves only what is inside it usable.
const inFront = () => Array.from(document.querySelectorAll("dialog[open]")).filter((dialog) => dialog.matches(":modal")).pop();
const raise = () => {
  if (!host.isConnected && !document.documentElement) return;
  const focused = root.activeElement;
  const parent = inFront() || document.documentElement;
  if (host.parentElement !== parent) parent.append(host);
  if (typeof host.showPopover !== "function") return;
  if (host.matches(":popover-open")) host.hidePopover();
  host.showPopover();
  if (focused && focused.isConnected && focused !== root.activeElement) focused.focus({ preventScroll: true });
};
let lastFront = null;
const raiseIfNeeded = () => {
  const front = inFront() || null;
  if (front !== lastFront || !host.isConnected) {
    lastFront = front;
    raise();
  }
  placeSoon();
};
const stayOnTop = () => {
  new MutationObserver(raiseIfNeeded).observe(document.documentElement, { attributes: true, attributeFilter: ["open"], subtree: true, childList: true });
  document.addEventListener("toggle", (event) => event.target !== host && event.newState === "open" && event.target.matches("[popover], dialog") && raise(), true);
  document.addEventListener("fullscreenchange", raise);
};
