/** Whatever may have a label has a value; everything else has a text, where the plan reads any. */
const saidBy = (/** @type {any} */ element, /** @type {any} */ how) => {
  if (USES.reading && !("labels" in element)) return shownIn(element, Object(how).numeral);
  return element.type != "checkbox" || element.checked ? element.value : undefined;
};
sources.selector = (selector, context, [, , fields, how]) => {
  const answer = (/** @type {any} */ element) => {
    if (USES.selector_fields && fields) return element;
    if (USES.selector_attribute && Object(how).attribute) return element.getAttribute(how.attribute);
    return USES.selector_property && Object(how).property ? element[how.property] : saidBy(element, how);
  };
  if (USES.selector_all && Object(how).all) {
    const inner = quietly(() => context.element.querySelectorAll(selector));
    const elements = [...(Object(inner)[0] ? inner : document.querySelectorAll(selector))];
    if (USES.routes) context.found.push(...elements);
    return elements.map(answer).filter((value) => value != null);
  }
  const first = quietly(() => context.element.querySelector(selector)) || document.querySelector(selector);
  if (USES.routes && first) context.found.push(first);
  return first && answer(first);
};
