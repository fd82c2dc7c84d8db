// What the plan has done to a text that was found: split, nth, map, levels, number, slug, prefix, base, default.
const mends = {
{% if "map" in dispatcher.mends %}
  map: (string, words) => {
    const found =
      words.find((word) => word[0] == string) ||
      words.find((word) => word[0].toLowerCase() == string.toLowerCase());
    return found ? found[1] : string;
  },
{% endif %}
{% if "levels" in dispatcher.mends %}
  levels: (string, separator) =>
    string
      .split(separator)
      .map((step) => step.trim() && "/" + step.trim())
      .join(""),
{% endif %}
{% if "number" in dispatcher.mends %}
  number: (string, style) => {
    const [, minus, digits] =
      (string.length < 41 &&
        /^[^0-9-]*(-?)[^0-9-]*([0-9](?:[0-9.,'\u2019 \t\u00a0\u2009\u202f]*[0-9])?)[^0-9]*$/.exec(string)) || [];
    if (!digits || (style == "auto" && /^[0-9]+(\.[0-9]+)?$/.test(string))) return string;
    const readings = [".,", ",."]
      .filter((signs, comma) => style == "auto" || comma == (style == "comma"))
      .map((signs) => {
        const groups = "[" + signs[1] + "'\u2019 \\t\u00a0\u2009\u202f]";
        const shape = "^([0-9]+|[1-9][0-9]{0,2}(?:" + groups + "[0-9]{3})+)(?:[" + signs[0] + "]([0-9]+))?$";
        const found = RegExp(shape).exec(digits);
        return found && minus + found[1].replace(/[^0-9]/g, "") + (found[2] ? "." + found[2] : "");
      })
      .filter(Boolean);
    // What can be read in two ways stays as it is.
    return readings[0] && (readings[1] || readings[0]) == readings[0] ? readings[0] : string;
  },
{% endif %}
{% if "slug" in dispatcher.mends %}
  slug: (string) =>
    string
      .normalize("NFD")
      .replace(/[\u0300-\u036f]/g, "")
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-|-$/g, ""),
{% endif %}
{% if "prefix" in dispatcher.mends %}
  prefix: (string, before) => before + string,
{% endif %}
{% if "base" in dispatcher.mends %}
  base: (address, base) => {
    const [, scheme, host] = /^(.*?:)(\/\/[^/]*)/.exec(base);
    if (/^[a-z][a-z0-9+.-]*:/i.test(address)) return address;
    if (/^\/\//.test(address)) return scheme + address;
    return /^\//.test(address) ? scheme + host + address : base.replace(/\/+$/, "") + "/" + address.replace(/^\.\//, "");
  },
{% endif %}
};
const mended = (value, how) => {
  const nested = (one) => one && typeof one == "object";
  if (Array.isArray(value) ? value.some(nested) : nested(value)) return value;
  const split = (string) => (how.split ? string.split(how.split).map((part) => part.trim()) : string);
{% if "nth" in dispatcher.mends %}
  // One of a list, counted from 1, or from -1 at its end.
  const place = how.nth - (how.nth > 0);
  const taken = (list) => (how.nth ? list.slice(place, place + 1 || undefined) : list);
{% endif %}
  const found = []
    .concat(...[].concat(value).map(text).filter(Boolean).map(split))
    .filter(Boolean);
  const texts = {% if "nth" in dispatcher.mends %}taken(found){% else %}found{% endif %}

    .map((string) => Object.keys(mends).reduce((last, name) => (how[name] && last ? mends[name](last, how[name]) : last), string))
    .filter(Boolean);
  return !texts[0] ? text(how.default) || undefined : {% if "nth" in dispatcher.mends %}!how.nth && ({% endif %}how.split || Array.isArray(value){% if "nth" in dispatcher.mends %}){% endif %} ? texts : texts[0];
};
