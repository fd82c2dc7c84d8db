{# How the documented client reads tags; shared by the stand-in and the inspector. Facts: vocabulary/. #}
// `say(level, template, values, element)` tells what the real client keeps to itself. Notes are templates with their
// values, as the server's `core/messages.py` packs its own: whoever shows one says it in the reader's language.
const note = (template, values = {}) => [template, values, "", 0];
const joined = (parts) => note(parts.map((part, i) => `{part${i}}`).join("{between}"), { between: ", ", ...Object.fromEntries(parts.map((part, i) => [`part${i}`, part])) });
const inEnglish = (text) => (Array.isArray(text) ? text[0].replace(/\{(\w+)\}/g, (all, name) => inEnglish(text[1][name])) : String(text));
const textOf = (element) => (element.innerText || element.textContent || "").trim();
const named = (root, name) => Array.from(root.getElementsByClassName(name));
const quoted = (text) => "`" + (text.length > 60 ? text.slice(0, 60) + "…" : text) + "`";

const readNumber = (field, text, element, say) => {
  const value = field.parse === "integer" ? parseInt(text, 10) : parseFloat(text);
  if (!Number.isFinite(value)) {
    if (text) say("warning", "{name} ignored: {text} is not a finite number", { name: quoted(field.html), text: quoted(text) }, element);
    return undefined;
  }
  const plain = field.parse === "integer" ? /^\d+$/ : /^\d+(\.\d+)?$/;
  if (!plain.test(text)) say("warning", "{name} is {text}: the client reads {value}", { name: quoted(field.html), text: quoted(text), value: String(value) }, element);
  return value;
};

const readValue = (field, element, say) => {
  const text = textOf(element);
  if (field.parse !== "text") return readNumber(field, text, element, say);
  return text;
};

const readMany = (field, found, say) =>
  found
    .map((element) => (field.parse === "items" ? readFields(element, field.fields, field.html, say) : readValue(field, element, say)))
    .filter((value) => value !== undefined && value !== "");

const readField = (field, found, say) => {
  if (field.many) return readMany(field, found, say);
  if (found.length > 1) say("warning", "{name} appears {n} times: only the first counts", { name: quoted(field.html), n: found.length }, found[1]);
  return found.length ? readValue(field, found[0], say) : undefined;
};

const lack = (field, found, value) => {
  if (value === undefined && !found.length) return note("{name} is missing", { name: quoted(field.html) });
  if (!textOf(found[0])) return note("{name} is empty", { name: quoted(field.html) });
  if (value === undefined || (typeof value === "number" && value < 0)) return note("{name} is {text}", { name: quoted(field.html), text: quoted(textOf(found[0])) });
  return "";
};

// An object of a tag; nothing where something is missing without which the client drops it.
const readFields = (root, fields, name, say) => {
  const object = {};
  const lacks = [];
  for (const field of fields) {
    const found = named(root, field.html);
    const value = readField(field, found, say);
    if (value !== undefined) object[field.js] = value;
    if (field.needed) lacks.push(lack(field, found, value));
  }
  const why = lacks.filter(Boolean);
  if (!why.length) return object;
  say("error", "{name} dropped: {why}", { name: quoted(name), why: joined(why) }, root);
  return undefined;
};

const readList = (element) => Array.from(element.children, textOf).filter(Boolean);

// The contact: direct children only, each under its whole class as it is written; of two the first counts.
const readContact = (root, fields, say) => {
  const contact = {};
  for (const child of root.children) {
    const name = child.className;
    const field = fields.find((one) => one.html === name);
    const value = child.dataset.fieldList ? readList(child) : textOf(child);
    if (!name) continue;
    if (/\s/.test(name)) say("warning", "the class of a child of the contact has a blank in it: stored under {name}", { name: quoted(name) }, child);
    const key = field ? field.js : name;
    if (key in contact) say("warning", "{name} appears twice in the contact: only the first counts", { name: quoted(name) }, child);
    else contact[key] = value;
  }
  const deep = fields.filter((field) => named(root, field.html).some((found) => found.parentElement !== root));
  for (const field of deep) say("warning", "{name} ignored: only direct children of the contact are read", { name: quoted(field.html) }, root);
  return contact;
};

const tagsOf = (name, say) => {
  const found = named(document, name);
  const first = (facts.tags[name] || {}).first;
  if (first && found.length > 1) say("warning", "{name} appears {n} times: only the first is read", { name: quoted(name), n: found.length }, found[1]);
  return first ? found.slice(0, 1) : found;
};

const readTag = (name, root, say) => {
  const { fields, open } = facts.tags[name];
  return open ? readContact(root, fields, say) : readFields(root, fields, name, say);
};

const readFirst = (name, say) => {
  const [root] = tagsOf(name, say);
  return root && readTag(name, root, say);
};

const eventBody = {
  product: (object) => ({ product: object }),
  purchase: (object) => ({ purchase: object }),
};

const readEvents = (name, type, say) =>
  tagsOf(name, say)
    .map((root) => {
      const { entity } = facts.tags[name];
      const object = readTag(name, root, say);
      if (!object) return undefined;
      return { type, ...(eventBody[entity] ? eventBody[entity](object) : object) };
    })
    .filter(Boolean);

// The platform keeps 10 labels of 25 characters and 50 characters of the title.
const cutLabels = (texts, what, say) => {
  const kept = texts.map((text) => text.trim()).filter(Boolean);
  if (kept.length > 10) say("warning", "{n} of {all} {what} dropped: 10 are kept", { n: kept.length - 10, all: kept.length, what });
  return kept.slice(0, 10).map((text) => {
    if (text.length > 25) say("warning", "{what}: {text} is cut after 25 characters", { what, text: quoted(text) });
    return text.slice(0, 25);
  });
};

const readPageInfo = (say) => {
  const meta = document.querySelector('meta[name="keywords"]');
  if (document.title.length > 50) say("info", "the title is cut after 50 characters: {title}", { title: quoted(document.title) });
  return {
    title: document.title.slice(0, 50),
    keywords: cutLabels(meta ? meta.content.split(",") : [], note("keywords"), say),
    tags: cutLabels(named(document, "cn_page_tag").map(textOf), note("page tags"), say),
    categories: cutLabels(named(document, "cn_page_category").map(textOf), note("page categories"), say),
  };
};
