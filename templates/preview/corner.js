// Where the pill lies: in the reader's corner, unless it would cover something that can be used there.
const CORNERS = { "bottom-right": "↘", "bottom-left": "↙", "top-right": "↗", "top-left": "↖" };
const USABLE = "a[href], button, input, select, textarea, summary, label, iframe, video[controls], [role=button], [role=link], [role=checkbox], [role=tab], [onclick], [contenteditable=true]";
const EDGE = 12;
const deepAt = (x, y, root) => {
  const found = root.elementsFromPoint(x, y).filter((element) => element !== host);
  const inner = found[0] && found[0].shadowRoot;
  return inner ? [...deepAt(x, y, inner), ...found] : found;
};
const isUsable = (element) => Boolean(element.closest(USABLE)) || getComputedStyle(element).cursor === "pointer";
// Elements that a point hits, down to the first that hides what is below.
const usableAt = (x, y) => deepAt(x, y, document).slice(0, 4).some(isUsable);
const covers = (rect) => {
  const xs = [0, 0.25, 0.5, 0.75, 1].map((part) => rect.left + part * rect.width);
  const ys = [0, 0.5, 1].map((part) => rect.top + part * rect.height);
  return xs.some((x) => ys.some((y) => usableAt(Math.min(innerWidth - 1, Math.max(0, x)), Math.min(innerHeight - 1, Math.max(0, y)))));
};
const rectIn = (corner, { width, height }) => ({
  left: corner.endsWith("left") ? EDGE : innerWidth - EDGE - width,
  top: corner.startsWith("top") ? EDGE : innerHeight - EDGE - height,
  width,
  height,
});
// Along the edges, from the reader's corner on, there is nearly always room for a dot.
const alongTheEdges = (corner, size) => {
  const first = rectIn(corner, { width: size, height: size });
  const others = [rectIn("bottom-right", { width: size, height: size }).left, EDGE];
  const heights = [];
  for (let top = EDGE; top < innerHeight - size; top += 20) heights.push(top);
  heights.sort((a, b) => Math.abs(a - first.top) - Math.abs(b - first.top));
  const lefts = first.left === EDGE ? others.reverse() : others;
  return lefts.flatMap((left) => heights.map((top) => ({ left, top, width: size, height: size })));
};
const placePill = (anyway = false) => {
  // It does not run away from who is about to use it.
  if (pill.hidden || (!anyway && pill.matches(":hover, :focus-visible"))) return;
  pill.classList.remove("small-dot");
  const size = pill.getBoundingClientRect();
  const order = [state.corner, ...Object.keys(CORNERS).filter((one) => one !== state.corner)];
  const free = order.map((corner) => rectIn(corner, size)).find((rect) => !covers(rect));
  pill.classList.toggle("small-dot", !free);
  const rect = free || alongTheEdges(state.corner, 30).find((one) => !covers(one)) || rectIn(state.corner, { width: 30, height: 30 });
  pill.style.left = `${rect.left}px`;
  pill.style.top = `${rect.top}px`;
};
const placeAll = () => {
  placePanel();
  placeSoon();
};
let placing;
const placeSoon = () => {
  clearTimeout(placing);
  placing = setTimeout(() => placePill(), 120);
};
