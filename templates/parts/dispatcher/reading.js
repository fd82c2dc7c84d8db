// The text of an element as a reader sees it, as page/html/reading.py has it.

/** Texts in document order: a blank where a block begins or ends, a mark where another element does. */
/** @type {(element: Element) => string} */
const piecesOf = (element) =>
  [...element.childNodes]
    .map((/** @type {any} */ node) => {
      if (!node.tagName) return node.nodeType == 3 ? node.data : "";
      const { display } = getComputedStyle(node);
      const edge = /^[icr]/.test(display) && node.tagName != "BR" ? "\ue000" : " ";
      return display == "none" ? "" : edge + piecesOf(node) + edge;
    })
    .join("");
/** Blanks are folded. Of a number, `12<sup>50</sup>` is `12|50`: nobody can say that it is 1250. */
shownIn = (element, numeral) =>
  piecesOf(element)
    .replace(/(\d)\ue000+(?=\d)/g, numeral ? "$1|" : "$1")
    .replace(/[\ue000\u00ad\u200b\u2060\ufeff]/g, "")
    .replace(/\s+/g, " ")
    .trim();
