{% if "selector options" in dispatcher.uses %}
selector: (selector, context, source) => {
  const inside = quietly(() => [...context.element.querySelectorAll(selector)]) || [];
  const { attribute, property, all } = source[3] || {};
  const values = (inside[0] ? inside : [...document.querySelectorAll(selector)]).map((element) =>
    source[2] ? element : attribute ? element.getAttribute(attribute) : property ? element[property] : valueOf(element)
  );
  return all ? values.filter((value) => value != null) : values[0];
},
{% else %}
selector: (selector, context) =>
  valueOf(quietly(() => context.element.querySelector(selector)) || document.querySelector(selector)),
{% endif %}
