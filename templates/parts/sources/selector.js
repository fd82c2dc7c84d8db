/** Whatever may have a label has a value; everything else has a text. */
const saidBy = (/** @type {any} */ element, /** @type {any} */ how) => {
  if (!("labels" in element)) return shownIn(element, USES.reading && Object(how).numeral);
  return element.type != "checkbox" || element.checked ? element.value : undefined;
};
sources.selector = (selector, { element: root, found }, [, , fields, how]) => {
  const inner = root && root.querySelectorAll && root.querySelectorAll(selector);
  const elements = [...(Object(inner)[0] ? inner : document.querySelectorAll(selector))];
  const taken = USES.selector_all && Object(how).all ? elements : elements.slice(0, 1);
  found.push(...taken);
  const values = taken.map((element) => {
    if (fields) return element;
    if (USES.selector_attribute && Object(how).attribute) return element.getAttribute(how.attribute);
    return USES.selector_property && Object(how).property ? element[how.property] : saidBy(element, how);
  });
  return USES.selector_all && Object(how).all ? values.filter((value) => value != null) : values[0];
};
