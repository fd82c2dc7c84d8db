// What the plan has done to a text that was found: split, map, levels, number, base, default.
// Python does the same in catalog/convert.py; tests/cases_fields.json holds both to it.
const BLANK = "'\u2019 \\t\u00a0\u2009\u202f";
/** The number that a text spells with one decimal sign; nothing where the text is none. */
const spelled = (/** @type {string} */ digits, /** @type {string} */ signs) => {
  const groups = "[" + signs[1] + BLANK + "]";
  // Three digits a group; or India's two, and three at the end, where a decimal sign leaves no doubt.
  const thousands = "[0-9]+|[1-9][0-9]{0,2}(?:" + groups + "[0-9]{3})+";
  const lakhs = "[1-9][0-9]?(?:" + groups + "[0-9]{2})+" + groups + "[0-9]{3}(?=[" + signs[0] + "])";
  const shape = "^(" + thousands + "|" + lakhs + ")?(?:[" + signs[0] + "]([0-9]+))?$";
  const found = RegExp(shape).exec(digits);
  return found && (found[1] || "0").replace(/[^0-9]/g, "") + (found[2] ? "." + found[2] : "");
};
/** @type {{[name: string]: (string: string, how: any) => string}} */
const mends = {
  map: (string, words) => {
    const found =
      words.find((/** @type {string[]} */ word) => word[0] == string) ||
      words.find((/** @type {string[]} */ word) => word[0].toLowerCase() == string.toLowerCase());
    return found ? found[1] : string;
  },
  levels: (string, separator) =>
    string
      .split(separator)
      .map((step) => step.trim() && "/" + step.trim())
      .join(""),
  number: (string, style) => {
    // A percentage, a date, a time and two numbers are no price.
    const [, minus, digits] =
      (string.length < 41 &&
        !/%/.test(string) &&
        /^[^0-9-]*?(-?)[^0-9-]*?((?:[.,](?=[0-9]))?[0-9](?:[0-9.,'\u2019 \t\u00a0\u2009\u202f]*[0-9])?)[^0-9]*$/.exec(string)) ||
      [];
    if (!digits || (style == "auto" && /^[0-9]+(\.[0-9]+)?$/.test(string))) return string;
    const readings = [".,", ",."]
      .filter((signs, comma) => style == "auto" || !!comma == (style == "comma"))
      .map((signs) => spelled(digits, signs))
      .filter(Boolean);
    // What can be read in two ways stays as it is.
    return readings[0] && (readings[1] || readings[0]) == readings[0] ? minus + readings[0] : string;
  },
  base: (address, base) => {
    const [, scheme, host] = /^(.*?:)(\/\/[^/]*)/.exec(base) || ["", "", ""];
    if (/^[a-z][a-z0-9+.-]*:/i.test(address)) return address;
    if (/^\/\//.test(address)) return scheme + address;
    return /^\//.test(address) ? scheme + host + address : base.replace(/\/+$/, "") + "/" + address.replace(/^\.\//, "");
  },
};
mend = (value, how) => {
  const nested = (/** @type {any} */ one) => one && typeof one == "object";
  if (Array.isArray(value) ? value.some(nested) : nested(value)) return value;
  const split = (/** @type {string} */ string) =>
    how.split ? string.split(how.split).map((part) => part.trim()) : [string];
  /** @type {string[]} */
  const parts = [].concat(value).map(text).filter(Boolean).reduce((all, string) => all.concat(split(string)), /** @type {string[]} */ ([]));
  const texts = parts
    .filter(Boolean)
    .map((string) =>
      Object.keys(mends).reduce((last, name) => (how[name] && last ? mends[name](last, how[name]) : last), string),
    )
    .filter(Boolean);
  if (!texts[0]) return text(how.default) || undefined;
  return how.split || Array.isArray(value) ? texts : texts[0];
};
