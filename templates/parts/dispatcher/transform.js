// What the plan has done to a text that was found: split, nth, map, levels, number, divide, slug, prefix, base, default.
// Python does the same in catalog/convert.py; tests/data/cases_fields.json holds both to it.
// What may stand beside a number is Python's pattern too: it comes with the plan.
const LAKHS = "|[1-9][0-9]?(?:,[0-9]{2})+,[0-9]{3}";
/** The number that digits spell with these signs: groups and decimals; nothing where they spell none. */
const spelled = (/** @type {string} */ digits, /** @type {string} */ signs) => {
  const groups = "[" + signs[0] + "'\u2019 \u00a0\u2009\u202f]";
  const thousands = "[0-9]+|[1-9][0-9]{0,2}(" + groups + ")[0-9]{3}(?:\\2[0-9]{3})*";
  const shape = "^(" + thousands + (signs == ",." ? LAKHS : "") + ")(?:[" + signs[1] + "]([0-9]+))?$";
  const found = RegExp(shape).exec(digits);
  return found && found[1].replace(/[^0-9]/g, "") + (found[3] ? "." + found[3] : "");
};
/** A number in one notation, or in both. In `1.299,-` the dash stands for the decimals: there are no others. */
const numbered = (/** @type {string} */ string, /** @type {string} */ style) => {
  const found = string.length < 41 && RegExp("^(?:" + plan.number + ")$").exec(string);
  if (!found) return "";
  const minus = found[1] ? "-" : "";
  const fraction = /^[.,]([0-9]{1,2})$/.exec(found[2]);
  if (fraction && !found[3]) return minus + "0." + fraction[1];
  const point = style != "comma" && spelled(found[2], ",.");
  const comma = style != "point" && spelled(found[2], ".,");
  const readings = [point, comma].filter((one) => one && !(found[3] && one.includes(".")));
  // What can be read in two ways is not read.
  return readings[0] && (readings[1] || readings[0]) == readings[0] ? minus + readings[0] : "";
};
/** @type {{[name: string]: (string: string, how: any) => string}} */
const transforms = {};
if (USES.transform_map)
  transforms.map = (string, words) => {
    const found =
      words.find((/** @type {string[]} */ word) => word[0] == string) ||
      words.find((/** @type {string[]} */ word) => word[0].toLowerCase() == string.toLowerCase());
    return found ? found[1] : string;
  };
if (USES.transform_levels)
  transforms.levels = (string, separator) =>
    string
      .split(separator)
      .map((step) => step.trim() && "/" + step.trim())
      .join("");
if (USES.transform_number)
  transforms.number = (string, style) => {
    const auto = style == "auto";
    const doubtful = /^[1-9][0-9]{0,2}\.[0-9]{3}$/.test(string);
    if (auto && !doubtful && /^[0-9]+(\.[0-9]+)?$/.test(string)) return string;
    // What is not a number stays, to be refused; `1.299?` would otherwise pass as a plain decimal.
    return numbered(string, style) || (auto && doubtful ? string + "?" : string);
  };
if (USES.transform_divide)
  transforms.divide = (string) => {
    const [, cents] = /^([0-9]+)(?:\.0+)?$/.exec(string) || [];
    if (!cents) return /^[0-9.]+$/.test(string) ? string + "?" : string;
    return cents.padStart(3, "0").replace(/..$/, ".$&");
  };
if (USES.transform_slug)
  transforms.slug = (string) =>
    string
      .normalize("NFD")
      .replace(/[\u0300-\u036f]/g, "")
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-|-$/g, "");
if (USES.transform_prefix) transforms.prefix = (string, before) => before + string;
if (USES.transform_base)
  transforms.base = (address, base) => {
    const [, scheme, host] = /^(.*?:)(\/\/[^/]*)/.exec(base) || ["", "", ""];
    if (/^[a-z][a-z0-9+.-]*:/i.test(address)) return address;
    if (/^\/\//.test(address)) return scheme + address;
    return /^\//.test(address)
      ? scheme + host + address
      : base.replace(/\/+$/, "") + "/" + address.replace(/^\.\//, "");
  };
/** @type {(value: any, how: {[name: string]: any}) => any} */
const transform = (value, how) => {
  const nested = (/** @type {any} */ one) => one && typeof one == "object";
  if (Array.isArray(value) ? value.some(nested) : nested(value)) return value;
  const split = (/** @type {string} */ string) =>
    USES.transform_split && how.split ? string.split(how.split).map((part) => part.trim()) : [string];
  /** @type {string[]} */
  const parts = []
    .concat(value)
    .map(text)
    .filter(Boolean)
    .reduce((all, string) => all.concat(split(string)), /** @type {string[]} */ ([]));
  const filled = parts.filter(Boolean);
  // One of a list, counted from 1, or from -1 at its end.
  const place = USES.transform_nth ? how.nth - (how.nth > 0 ? 1 : 0) : 0;
  const texts = (USES.transform_nth && how.nth ? filled.slice(place, place + 1 || undefined) : filled)
    .map((string) =>
      keys(transforms).reduce(
        (last, name) => (how[name] && last ? transforms[name](last, how[name]) : last),
        string,
      ),
    )
    .filter(Boolean);
  if (!texts[0]) return USES.transform_default ? text(how.default) || undefined : undefined;
  return !(USES.transform_nth && how.nth) && (how.split || Array.isArray(value)) ? texts : texts[0];
};
