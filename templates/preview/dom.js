// What we say, in the reader's language: the English text is the key, `{name}` stands for a value.
const TEXTS = preview.texts || {};
const numbers = new Intl.NumberFormat(preview.language || "en");
const spoken = (value) => (typeof value === "number" ? numbers.format(value) : String(value));
const filled = (template, values) => template.replace(/\{(\w+)\}/g, (all, name) => (values && name in values ? spoken(values[name]) : all));
const t = (text, values) => filled(TEXTS[text] || text, values);
const form = (n) => (new Intl.PluralRules(preview.language || "en").select(n) === "one" ? 0 : 1);
const tn = (n, one, many, values) => filled((TEXTS[one] || [one, many])[form(n)], { n, ...values });

// Elements from data; whatever a page or a plan says goes in as text and can never become markup.
const HANDLERS = Symbol("handlers");
const heard = (element, type, handler) => {
  const handlers = (element[HANDLERS] = element[HANDLERS] || {});
  if (!(type in handlers)) element.addEventListener(type, (event) => element[HANDLERS][type] && element[HANDLERS][type](event));
  handlers[type] = handler;
};
const make = (tag, given, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(given || {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) heard(element, name.slice(2), value);
    else if (name === "class") element.className = value;
    else if (name === "key") element.dataset.key = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== undefined && child !== null && child !== false));
  return element;
};

// What is shown is brought up to date in place: elements that stay keep their focus, what is selected in them, and
// what the reader has opened. `data-own` marks what looks after itself.
const keyOf = (node) => (node.dataset && node.dataset.key) || "";
const isSame = (a, b) => a.nodeName === b.nodeName && keyOf(a) === keyOf(b);
const morph = (live, next) => {
  if (live.nodeType === Node.TEXT_NODE) {
    if (live.data !== next.data) live.data = next.data;
    return;
  }
  if (next[HANDLERS]) for (const [type, handler] of Object.entries(next[HANDLERS])) heard(live, type, handler);
  if (live.hasAttribute("data-own")) return;
  const stays = (name) => name === "open" && live.nodeName === "DETAILS";
  for (const { name } of Array.from(live.attributes)) if (!next.hasAttribute(name) && !stays(name)) live.removeAttribute(name);
  for (const { name, value } of Array.from(next.attributes)) if (live.getAttribute(name) !== value && !stays(name)) live.setAttribute(name, value);
  morphChildren(live, Array.from(next.childNodes));
};
const morphChildren = (live, next) => {
  const wanted = new Set(next.map(keyOf));
  Array.from(live.children).filter((child) => keyOf(child) && !wanted.has(keyOf(child))).forEach((child) => child.remove());
  const keyed = new Map(Array.from(wanted, (key) => [key, []]));
  for (const child of live.children) if (keyOf(child)) keyed.get(keyOf(child)).push(child); // two may have one key
  let at = live.firstChild;
  for (const child of next) {
    const match = keyOf(child) ? keyed.get(keyOf(child)).shift() : at;
    if (!match || !isSame(match, child)) live.insertBefore(child, at);
    else {
      if (match === at) at = at.nextSibling;
      else live.insertBefore(match, at);
      morph(match, child);
    }
  }
  while (at) {
    const gone = at;
    at = at.nextSibling;
    gone.remove();
  }
};

// Messages mark code as Markdown does. What is no sentence is a name as a whole.
const withCode = (text) => String(text).split(/`([^`]+)`/).map((part, i) => (i % 2 ? make("code", {}, part) : part));
const causeName = (cause) => make("span", { class: "cause" }, /\s/.test(cause) ? withCode(cause) : make("code", {}, cause));
const editorLink = (at) =>
  at.file && preview.editor.replace("{path}", encodeURI(at.file)).replace("{line}", at.line).replace("{column}", at.column);
const placeLink = (at) =>
  at.file && /^[a-z][a-z0-9+.-]*:/i.test(preview.editor) && !/^(javascript|data|vbscript):/i.test(preview.editor)
    ? make("a", { class: "place", href: editorLink(at), title: t("Open in the editor") }, at.place)
    : make("span", { class: "place" }, at.place);
// Help articles have the same numbers in every language.
const helpLink = (address) => address.replace("/hc/en-us/", `/hc/${preview.help || "en-us"}/`);
const show = (value) => (typeof value === "string" ? value : value === undefined ? "" : JSON.stringify(value));
const fileLink = (name) => `${preview.base}/${name}${name.includes("?") ? "&" : "?"}t=${encodeURIComponent(preview.token)}`;
const asRequest = (body) => (body === undefined ? {} : { method: "POST", body: typeof body === "string" ? body : JSON.stringify(body) });
// Where the page's own policy forbids to ask, our worker asks; it has a policy of its own.
let askWorker = null;
const ask = (path, body) =>
  fetch(fileLink(path), asRequest(body)).catch((error) => {
    if (askWorker) return askWorker(fileLink(path), asRequest(body));
    throw error;
  });
const clock = (at) => new Date(at).toLocaleTimeString(preview.language || [], { hour: "2-digit", minute: "2-digit", second: "2-digit" });
