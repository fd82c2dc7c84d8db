// Values, and the entities that are made of them.

/** The object on the way of a path whose prices are in another currency; its part knows. */
/** @type {any} */
let strange;
/** A key that is spelt with dots, else step by step; a list by number, or all of it. */
/** @type {(object: any, path: string | undefined) => any} */
const dig = (object, path) => {
  if (!path || object == null) return object;
  if (USES.currency) passing(object);
  if (Array.isArray(object) && !/^\d+(\.|$)/.test(path)) {
    /** @type {any[]} */
    const found = object.map((item) => dig(item, path)).filter((item) => item != null);
    return found.length ? found : undefined;
  }
  if (object !== Object(object)) return undefined;
  if (path in object) return object[path];
  const [step, ...rest] = path.split(".");
  return rest[0] && dig(object[step], rest.join("."));
};
/** A scalar as text. */
const text = (/** @type {any} */ value) => {
  const plain = value && value.toJSON ? value.toJSON() : value;
  return /^[nsb]/.test(typeof plain) ? String(plain).trim() : "";
};
/** The text of an element; what reads as people do is a part of its own. */
/** @type {(element: Element, numeral?: any) => string} */
let shownIn = (element) => /** @type {string} */ (element.textContent).trim();
const json = (/** @type {string | null | undefined} */ string) =>
  quietly(() => JSON.parse(/** @type {string} */ (string)));
const copy = (/** @type {any} */ value) =>
  DEVELOPMENT && value === undefined ? value : attempt(() => JSON.parse(spell(value)));

/** @type {{[name: string]: (key: any, context: Context, source: any[]) => any}} */
const sources = { literal: (value) => value };
/** A list is a source: name, key, fields, option, transforms; a text is a path in the object at hand. */
const read = (/** @type {Source} */ source, /** @type {Context} */ context) =>
  attempt(() => {
    if (typeof source == "string") return dig(context.object, source);
    const find = () => sources[source[0]](source[1], context, source);
    return USES.transform && source[4] ? transform(attempt(find), source[4]) : find();
  });
/** What one evaluation has at hand: `found` is for routes, `known` and `late` for answers that come later. */
/** @type {(given?: Partial<Context>) => any} */
const fresh = (given) =>
  USES.module
    ? { known: {}, late: [], found: [], ...given }
    : USES.routes
      ? { found: [], ...given }
      : { ...given };

/** Money is reckoned in decimals: none are made up by binary fractions, as in `12.100000000000001`. */
const exact = (/** @type {number} */ number) => +number.toPrecision(14);
const total = (/** @type {any[]} */ lines, /** @type {string} */ name) =>
  exact(lines.reduce((sum, line) => sum + line[name], 0));

const EMAIL = /^[^@\s<>"]+@[^@\s<>".]+(\.[^@\s<>".]+)+$/;
/** ISO 8601, whatever a moment was given as. */
const moment = (/** @type {string} */ string) => {
  const iso = (/** @type {any} */ given) => new Date(given).toISOString();
  if (/^\d{12,14}$/.test(string)) return iso(+string);
  const day = string.slice(0, 10);
  const form = /^\d{4}-\d\d-\d\d([T ]([01]\d|2[0-4]):[0-5]\d(:[0-5]\d([.,]\d+)?)?(Z| ?[+-]\d\d:?[0-5]\d)?)?$/;
  // The 30th of February is none.
  return form.test(string) && quietly(() => iso(day).startsWith(day)) ? string.replace(" ", "T") : undefined;
};
const number = (/** @type {string} */ string) => (/^\d+(\.\d+)?$/.test(string) ? exact(+string) : undefined);
/** One value of a property as its kind wants it; nothing where it is none of that kind. */
const valued = (/** @type {string} */ marks, /** @type {any} */ value, words = "") => {
  const has = (/** @type {string} */ mark) => marks.includes(mark);
  const string = text(value);
  if (USES.custom && has("&")) return copy(value);
  if (!string) return undefined;
  if (words) return words.split("|").find((word) => word.toLowerCase() == string.toLowerCase());
  if (has("@")) return string.replace(/^\/(?!\/)/, plan.origin + "/");
  if (has("%")) return EMAIL.test(string) ? string : undefined;
  if (has("~")) return moment(string);
  return has("#") ? number(string) : string;
};

const LINE = "product_basket_item";
/** The entity's properties found in an object or an element; nothing where a required one is missing. */
const record = (
  /** @type {string} */ entity,
  /** @type {any} */ object,
  /** @type {Fields | undefined} */ fields,
  /** @type {Context} */ context,
) => {
  /** @type {{[name: string]: any}} */
  const out = {};
  /** @type {{[name: string]: boolean}} */
  const taken = {};
  // What is given and cannot be read is never made up from the rest.
  /** @type {{[name: string]: boolean}} */
  const lost = {};
  const fill = (/** @type {string} */ name, /** @type {any} */ value) => {
    if (out[name] == null && !lost[name] && value === value) out[name] = value;
  };
  const markup = object instanceof Element;
  const inner = { ...context, object, element: markup ? object : context.element };
  const isPriced = entity != "contact";
  let other = USES.currency && isPriced && foreign(object) && object;
  entities[entity].forEach((row) => {
    if (DEVELOPMENT && other) return;
    const [js, marks, html, words, ga4] = row;
    const source = fields && fields[js];
    const nested = marks.includes("^");
    const place = () => ({ ...inner, at: context.at + "/" + html });
    // A name that one property has taken is not another's: GA4's `price` is one unit's, ours is a line's.
    /** @type {any[]} */
    const names = USES.ga4 ? [js, html, ga4] : [js, html];
    const name = names.find((known) => object[known] != null && !taken[known]);
    const used = /** @type {any} */ (source || name);
    taken[used] = true;
    if (USES.currency) strange = undefined;
    const value = source
      ? read(source, inner)
      : markup
        ? [...object.getElementsByClassName(html)].map((element) => element.textContent)
        : name && (USES.ga4 ? pick(object, name) : object[name]);
    if (USES.currency && isPriced && /[#^]/.test(marks)) other = other || strange;
    const given =
      USES.custom && marks.includes("&") ? [value] : value == null || value === "" ? [] : [].concat(value);
    const list = given
      .map((one) =>
        nested ? record(html, Object(one), source && source[2], place()) : valued(marks, one, words),
      )
      .filter((one) =>
        USES.custom ? one || one === 0 || (one === false && marks.includes("&")) : one != null,
      );
    lost[js] = given.length > list.length;
    out[js] = marks.includes("*") && (list.length || (value && nested)) ? list : list[0];
    if (DEVELOPMENT) run("property", entity, row, value, out[js], place());
  });
  if (USES.currency && other) {
    if (DEVELOPMENT) run("foreign", entity, other, context);
    return undefined;
  }
  run("record", entity, object, out, fill, fields, inner);
  // Of what is not a line, this is not a number.
  fill("price", exact(out.unitPrice * out.quantity));
  if (out.products && !lost.products) {
    fill("totalQuantity", total(out.products, "quantity"));
    fill("totalPrice", total(out.products, "price"));
  }
  if (!entities[entity].some(([js, marks]) => marks.includes("!") && out[js] == null)) return out;
  const rest = !isPriced && !lost.primaryKey && anonymous(out);
  if (DEVELOPMENT && !rest) run("incomplete", entity, out, object, context);
  return rest || undefined;
};
/** What the platform takes of a visitor whose address nobody knows (360014654740). */
const anonymous = (/** @type {{[name: string]: any}} */ out) => {
  const made = { ...out };
  entities.contact.forEach(([js, marks]) => marks.includes("?") || delete made[js]);
  return spell(made) != "{}" && made;
};
/** An entity from its source. */
const make = (
  /** @type {string} */ entity,
  /** @type {Source | undefined} */ source,
  /** @type {Context} */ context,
) =>
  attempt(() => {
    if (!source) return undefined;
    if (USES.currency) strange = undefined;
    const object = read(source, context);
    if (USES.currency && strange && entity != "contact") {
      if (DEVELOPMENT) run("foreign", entity, strange, context);
      return undefined;
    }
    const fields = USES.mirror && source[0] == "mirror" ? undefined : source[2];
    const made = object ? record(entity, object, fields, { ...context, from: source }) : undefined;
    return USES.cart && entity == "cart" ? settleCart(object, made, source, context) : made;
  });
