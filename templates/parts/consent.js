// Whether the visitor agrees: by a state that can be looked up, by an event that was heard, or by both.
// Loader and dispatcher share this. No ampersand and no less-than sign: the loader stands inline in XHTML too.
/** @type {{[kind: string]: (condition: Consent) => boolean}} */
const states = {};
/** @type {((given: boolean) => void)[]} */
const consentChanges = [];
/** @type {boolean | undefined} */
let lastConsent;

// What a manager writes of a visitor who has not agreed.
const REFUSALS = (
  "0 false no none null undefined off deny denied decline declined reject rejected refuse refused disallow disallowed " +
  "disagree disagreed dismiss dismissed optout opt-out opted-out necessary essential revoke revoked withdraw withdrawn"
).split(" ");
const items = (/** @type {string} */ text) => text.split(/[,;|\x26]/).map((item) => item.trim());

/** A path step by step; a key that is spelt with dots counts first. */
const inside = (/** @type {any} */ object, /** @type {string} */ path) =>
  path in Object(object)
    ? object[path]
    : path.split(".").reduce((inner, step) => Object(inner)[step], object);

/** What a cookie or a storage key says: JSON, `a=b` pairs, or pairs with a colon. */
const stated = (/** @type {string | null | undefined} */ text, /** @type {string | undefined} */ path) => {
  if (text === null || text === undefined) return undefined;
  let data;
  try {
    data = JSON.parse(text);
  } catch (error) {
    data = text;
  }
  if (typeof data !== "object") data = typeof data === "string" ? data : text;
  if (!path || typeof data === "object") return path ? inside(data, path) : data;
  const pair = new URLSearchParams(data).get(path);
  if (pair !== null) return pair;
  const named = data.split(/[\s{},;]+/).find((/** @type {string} */ one) => one.startsWith(path + ":"));
  return named ? named.slice(path.length + 1).replace(/^['"]|['"]$/g, "") : undefined;
};

/** Whether what was found means yes: the value itself, one item of a list, or a key that is true. */
/** @type {(found: any, value: string | undefined) => boolean} */
const says = (found, value) => {
  if (found === null || found === undefined || typeof found === "function") return false;
  if (Array.isArray(found)) return value ? found.some((one) => String(one) === value) : false;
  // Of an object nobody knows whether it says yes.
  if (typeof found === "object")
    return value
      ? Object.keys(found).includes(value) === true
        ? says(found[value], undefined)
        : false
      : false;
  const text = String(found).trim();
  if (!value) return text === "" ? false : !REFUSALS.includes(text.toLowerCase());
  return text === value ? true : items(value).every((item) => items(text).includes(item));
};

const agreed = () => {
  try {
    return Object.keys(states).every((kind) => states[kind](plan.consent));
  } catch (error) {
    // A sandboxed frame has neither cookies nor storage: asking for them throws.
    return false;
  }
};
const lookAtConsent = () => {
  const now = agreed();
  if (now === lastConsent) return;
  lastConsent = now;
  for (const work of consentChanges) work(now);
};
const consentTimer = setInterval(lookAtConsent, 500);
document.addEventListener("visibilitychange", lookAtConsent);
