/** Whatever may have a label has a value; everything else has a text. */
const saidBy = (/** @type {any} */ element) => {
  if (!("labels" in element)) return element.textContent.trim();
  return element.type != "checkbox" || element.checked ? element.value : undefined;
};
sources.selector = (selector, context, source) => {
  const { attribute, property, all } = source[3] || {};
  const { element: root } = context;
  const inner = root && root.querySelectorAll ? [...root.querySelectorAll(selector)] : [];
  const found = inner[0] ? inner : [...document.querySelectorAll(selector)];
  const taken = all ? found : found.slice(0, 1);
  context.found.push(...taken);
  const values = taken.map((element) => {
    if (source[2]) return element;
    if (attribute) return element.getAttribute(attribute);
    return property ? element[property] : saidBy(element);
  });
  return all ? values.filter((value) => value != null) : values[0];
};
