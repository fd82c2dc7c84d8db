// The panel's place: floating or docked to an edge, as wide as the reader likes, above everything else.
const DOCKS = { float: t("Float"), left: t("Left"), right: t("Right"), bottom: t("Bottom") };
const SIDES = { left: "margin-left", right: "margin-right", bottom: "margin-bottom" };
const sizeName = () => (state.dock === "bottom" ? "height" : "width");
const clamped = (size) => {
  const whole = state.dock === "bottom" ? innerHeight : innerWidth;
  return Math.round(Math.min(Math.max(size, 280), Math.max(280, whole * 0.9)));
};
// On a phone the panel is a sheet, wherever it is docked: there is no room beside it.
const isSheet = () => matchMedia("(max-width: 560px)").matches;
const placePanel = () => {
  panel.dataset.dock = state.dock;
  panel.style.width = panel.style.height = "";
  if (state[sizeName()]) panel.style[sizeName()] = `${clamped(state[sizeName()])}px`;
  const page = document.documentElement.style;
  Object.values(SIDES).forEach((side) => page.removeProperty(side));
  const rect = panel.getBoundingClientRect();
  if (state.open && SIDES[state.dock] && !isSheet()) page.setProperty(SIDES[state.dock], `${state.dock === "bottom" ? rect.height : rect.width}px`);
  handle.setAttribute("aria-orientation", state.dock === "bottom" ? "horizontal" : "vertical");
  handle.setAttribute("aria-valuenow", String(Math.round(state.dock === "bottom" ? rect.height : rect.width)));
};
const resizeTo = (size) => {
  state[sizeName()] = clamped(size);
  keepState();
  placePanel();
};
const handle = make("div", { class: "handle", role: "separator", tabindex: "0", "aria-label": t("Resize the inspector"), "aria-valuemin": "280" });
heard(handle, "pointerdown", (event) => {
  handle.setPointerCapture(event.pointerId);
  const move = ({ clientX, clientY }) => {
    const rect = panel.getBoundingClientRect();
    resizeTo(state.dock === "bottom" ? rect.bottom - clientY : state.dock === "left" ? clientX - rect.left : rect.right - clientX);
  };
  handle.addEventListener("pointermove", move);
  heard(handle, "pointerup", () => handle.removeEventListener("pointermove", move));
});
heard(handle, "keydown", (event) => {
  const larger = state.dock === "bottom" ? "ArrowUp" : state.dock === "left" ? "ArrowRight" : "ArrowLeft";
  const smaller = { ArrowUp: "ArrowDown", ArrowRight: "ArrowLeft", ArrowLeft: "ArrowRight" }[larger];
  const step = { [larger]: 24, [smaller]: -24 }[event.key];
  if (!step) return;
  event.preventDefault();
  resizeTo(panel.getBoundingClientRect()[sizeName()] + step);
});

// In the top layer whoever came last lies on top; a modal dialog leaves only what is inside it usable.
// So does an element that fills the screen. A frame that does has an inspector of its own.
const BEARS_NOTHING = /^(IFRAME|VIDEO|OBJECT|EMBED|CANVAS|IMG)$/;
const inFull = () => (document.fullscreenElement && !BEARS_NOTHING.test(document.fullscreenElement.nodeName) ? document.fullscreenElement : undefined);
const inFront = () => Array.from(document.querySelectorAll("dialog[open]")).filter((dialog) => dialog.matches(":modal")).pop() || inFull();
const isOutOfSight = () => framed && top.document.fullscreenElement !== frameElement;
const onToggle = ({ target, newState }) => {
  const hid = target === host ? !host.matches(":popover-open") : false;
  if (hid || (target !== host && newState === "open" && target.matches("[popover], dialog"))) raise();
};
const raise = () => {
  if (!document.documentElement) return;
  if (isOutOfSight()) {
    host.remove();
    return;
  }
  const focused = root.activeElement;
  const parent = inFront() || document.documentElement;
  if (host.parentElement !== parent) parent.append(host);
  hearKeys();
  document.addEventListener("toggle", onToggle, true);
  document.addEventListener("fullscreenchange", raise);
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
  new MutationObserver(raiseIfNeeded).observe(document, { attributes: true, attributeFilter: ["open"], subtree: true, childList: true });
  if (framed) top.document.addEventListener("fullscreenchange", raise);
};
