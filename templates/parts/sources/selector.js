/** Whatever may have a label has a value; everything else has a text. */
const saidBy = (/** @type {any} */ element, /** @type {any} */ numeral) => {
  if (!("labels" in element)) return shownIn(element, numeral);
  return element.type != "checkbox" || element.checked ? element.value : undefined;
};
sources.selector = (selector, context, source) => {
  const { attribute, property, all, numeral } = source[3] || {};
  const { element: root } = context;
  const inner = root && root.querySelectorAll ? [...root.querySelectorAll(selector)] : [];
  const found = inner[0] ? inner : [...document.querySelectorAll(selector)];
  const taken = all ? found : found.slice(0, 1);
  context.found.push(...taken);
  const values = taken.map((element) => {
    if (source[2]) return element;
    if (attribute) return element.getAttribute(attribute);
    return property ? element[property] : saidBy(element, numeral);
  });
  return all ? values.filter((value) => value != null) : values[0];
};
