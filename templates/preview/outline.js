// Shows where an element is; a hidden one by what stands around it.
const shownAround = (element) => {
  let at = element;
  while (at && at !== document.body && !at.getClientRects().length) at = at.parentElement;
  return at || document.body;
};
let endOutline = () => {};
const outline = (box, element, name) => {
  endOutline();
  if (!element || !element.isConnected) return;
  const at = shownAround(element);
  const place = () => {
    const rect = at.getBoundingClientRect();
    Object.assign(box.style, { left: `${rect.left}px`, top: `${rect.top}px`, width: `${rect.width}px`, height: `${rect.height}px` });
  };
  box.dataset.name = at === element ? name : t("{name}, hidden in <{tag}>", { name, tag: at.localName });
  box.classList.toggle("around", at !== element);
  box.hidden = false;
  place();
  addEventListener("scroll", place, true);
  endOutline = () => {
    box.hidden = true;
    removeEventListener("scroll", place, true);
  };
};
const outlines = (box, element, name) => {
  const start = () => outline(box, element, name);
  const end = () => endOutline();
  return { onmouseenter: start, onmouseleave: end, onfocusin: start, onfocusout: end };
};
