// Values.
{% if "deep" in dispatcher.uses %}
// A key that is spelt with dots, else step by step; a list by number, or all of it.
const dig = (object, path) => {
  if (!path || object == null) return object;
  if (Array.isArray(object) && !/^\d+(\.|$)/.test(path)) {
    const found = object.map((item) => dig(item, path)).filter((item) => item != null);
    return found[0] == null ? undefined : found;
  }
  const dot = path.indexOf(".");
  return !/^[of]/.test(typeof object)
    ? undefined
    : path in object
      ? object[path]
      : dot < 0
        ? undefined
        : dig(object[path.slice(0, dot)], path.slice(dot + 1));
};
{% else %}
const dig = (object, path) => (path && object != null ? object[path] : object);
{% endif %}
{% if dispatcher.parses %}
const parsed = (string) => {
  const value = quietly(() => JSON.parse(string));
  return typeof value == "object" ? value : string;
};
{% endif %}
{% if "storage" in dispatcher.sources %}
// `shop.user.email` may be a key, or `email` inside the key `shop.user`.
const stored = (key, path) => {
  const found = quietly(() => localStorage.getItem(key) || sessionStorage.getItem(key));
  const dot = key.lastIndexOf(".");
  return found || dot < 0 ? dig(parsed(found), path) : stored(key.slice(0, dot), key.slice(dot + 1) + (path ? "." + path : ""));
};
{% endif %}
const text = (value) => {
  if (value && value.toJSON) value = value.toJSON();
  return /^[nsb]/.test(typeof value) && String(value).trim();
};
{% if "selector" in dispatcher.sources %}
// Whatever may have a label has a value; everything else has a text.
const valueOf = (element) =>
  element && (!("labels" in element) ? element.textContent.trim() : element.type != "checkbox" || element.checked ? element.value : undefined);
{% endif %}
const copy = (value) => {% if dev %}value === undefined ? value : {% endif %}attempt(() => JSON.parse(JSON.stringify(value)));

const sources = {
{% for name in dispatcher.sources %}
{% filter indent(2, first=true) %}
{% include "parts/sources/" ~ name ~ ".js" %}
{% endfilter %}
{% endfor %}
};
// A list is a source: name, key, fields, option; a text is a path in the object at hand.
const read = (source, context) =>
  attempt(() =>
    !sources[source[0]]
      ? dig(context.object, source)
{% if dispatcher.mends %}
      : source[4]
        ? mended(attempt(() => sources[source[0]](source[1], context, source)), source[4])
{% endif %}
        : sources[source[0]](source[1], context, source)
  );

const rounded = (number) => +(number + 1e-9).toFixed(2);
const total = (lines, name) => rounded(lines.reduce((sum, line) => sum + line[name], 0));

// The entity's properties found in an object or an element; nothing where a required one is missing.
const record = (entity, object, fields, context) => {
  const out = {};
  const taken = {};
  // What is given and cannot be read is never made up from the rest.
  const lost = {};
  const fill = (name, value) => {
    if (out[name] == null && !lost[name] && value === value) out[name] = value;
  };
{% if "elements" in dispatcher.uses %}
  const markup = object instanceof Element;
  const inner = { ...context, object, element: markup ? object : context.element };
{% else %}
  const inner = { ...context, object };
{% endif %}
{% if dev %}
  const missing = [];
{% endif %}
  entities[entity].forEach(([, js, marks, html, {% if "ga4" in dispatcher.uses %}ga4, {% endif %}words]) => {
    const has = (mark) => marks.includes(mark);
    const source = fields && fields[js];
{% if dev %}
    const at = { ...inner, at: `${context.at}/${html}` };
{% endif %}
    const one = (value) => {
      const string = text(value);
      return has("^")
        ? record(html, Object(value), source && source[2], {% if dev %}at{% else %}inner{% endif %})
{% if dispatcher.custom %}
        : has("&")
          ? copy(value)
{% endif %}
        : !string
          ? string
          : words
            ? words.split("|").find((word) => word.toLowerCase() == string.toLowerCase())
            : has("@")
              ? string.replace(/^\/(?!\/)/, {{ (dispatcher.origin ~ "/") | tojson }})
              : !has("#")
                ? string
                : /^\d+(\.\d+)?$/.test(string) && +string;
    };
    // A name that one property has taken is not another's: GA4's `price` is one unit's, ours is a line's.
    const name = source || [js, html{% if "ga4" in dispatcher.uses %}, ga4{% endif %}].find((known) => object[known] != null && !taken[known]);
    taken[name] = 1;
    const value = source
      ? read(source, inner)
{% if "elements" in dispatcher.uses %}
      : markup
        ? [...object.querySelectorAll("." + html)].map((element) => element.textContent)
{% endif %}
{% if "ga4" in dispatcher.uses %}
      : name == {{ dispatcher.ga4_category | tojson }}
        ? "/" + ["", 2, 3, 4, 5].map((level) => object[name + level]).filter(Boolean).join("/")
{% endif %}
      : object[name];
    const given = {% if dispatcher.custom %}has("&") ? [value] : {% endif %}value == null || value === "" ? [] : [].concat(value);
    const list = given.map(one).filter((item) => item || item === 0{% if dispatcher.custom %} || (has("&") && item === false){% endif %});
    lost[js] = given.length > list.length;
    out[js] = has("*") && (list[0] || (value && has("^"))) ? list : list[0];
{% if dev %}
    examine(entity, js, value, out[js], at.at, missing, has("^"));
{% endif %}
  });
{% if "ga4" in dispatcher.uses or "memory" in dispatcher.uses %}
  if (entity == {{ dispatcher.line | tojson }}) {
{% if "ga4" in dispatcher.uses %}
    if (!fields) fill("quantity", 1);
{% endif %}
{% if "memory" in dispatcher.uses %}
    const known = remembered().find((product) => product.productId == out.productId);
    for (const name in known) fill(name, known[name]);
{% endif %}
  }
{% endif %}
{% if dispatcher.product_url %}
  // What this visit has seen knows its address better than a template.
  if (entity == "product" || entity == {{ dispatcher.line | tojson }}) {
    const address = {{ dispatcher.product_url | tojson }}.replace(/\{(\w+)\}/g, (place, name) => out[name] || place);
    if (!/\{/.test(address)) fill("productDetailUrl", address);
  }
{% endif %}
  // Of what is no line, this is no number.
  fill("price", rounded(out.unitPrice * out.quantity));
  if (out.products && !lost.products) {
    fill("totalQuantity", total(out.products, "quantity"));
    fill("totalPrice", total(out.products, "price"));
  }
{% if dev %}
  incomplete(entity, out, missing, object, context);
{% endif %}
  return entities[entity].every(([, js, marks]) => out[js] != null || !marks.includes("!")) && out;
};
const make = (entity, source, context) =>
  attempt(() => {
    const object = source && read(source, context);
    return (object && record(entity, object, source[2], {% if dev %}{ ...context, source }{% else %}context{% endif %})) || undefined;
  });
