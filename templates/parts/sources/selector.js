/** Whatever may have a label has a value; everything else has a text. */
const saidBy = (/** @type {any} */ element, /** @type {any} */ numeral) => {
  if (!("labels" in element)) return shownIn(element, numeral);
  return element.type != "checkbox" || element.checked ? element.value : undefined;
};
sources.selector = (selector, { element: root, found }, [, , fields, how]) => {
  const { attribute, property, all, numeral } = how || {};
  const inner = root && root.querySelectorAll && root.querySelectorAll(selector);
  const elements = [...(Object(inner)[0] ? inner : document.querySelectorAll(selector))];
  const taken = USES.selector_all && all ? elements : elements.slice(0, 1);
  found.push(...taken);
  const values = taken.map((element) => {
    if (fields) return element;
    if (USES.selector_attribute && attribute) return element.getAttribute(attribute);
    return USES.selector_property && property ? element[property] : saidBy(element, numeral);
  });
  return USES.selector_all && all ? values.filter((value) => value != null) : values[0];
};
