{# How the documented client reads tags; shared by the stand-in and the inspector. Facts: vocabulary/. #}
// `say(level, message, element)` tells what the real client keeps to itself.
const textOf = (element) => (element.innerText || element.textContent || "").trim();
const named = (root, name) => Array.from(root.getElementsByClassName(name));
const quoted = (text) => "`" + (text.length > 60 ? text.slice(0, 60) + "…" : text) + "`";

const readNumber = (field, text, element, say) => {
  const value = field.parse === "integer" ? parseInt(text, 10) : parseFloat(text);
  if (!Number.isFinite(value)) {
    if (text) say("warning", `${quoted(field.html)} ignored: ${quoted(text)} is not a finite number`, element);
    return undefined;
  }
  const plain = field.parse === "integer" ? /^\d+$/ : /^\d+(\.\d+)?$/;
  if (!plain.test(text)) say("warning", `${quoted(field.html)} is ${quoted(text)}: the client reads ${value}`, element);
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
  if (found.length > 1) say("warning", `${quoted(field.html)} stands ${found.length} times: only the first counts`, found[1]);
  return found.length ? readValue(field, found[0], say) : undefined;
};

const lack = (field, found, value) => {
  if (value === undefined && !found.length) return `${quoted(field.html)} is missing`;
  if (!textOf(found[0])) return `${quoted(field.html)} is empty`;
  if (value === undefined || (typeof value === "number" && value < 0)) return `${quoted(field.html)} is ${quoted(textOf(found[0]))}`;
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
  const why = lacks.filter(Boolean).join(", ");
  if (!why) return object;
  say("error", `${name.replace(/^cn_/, "").replace(/_/g, " ")} dropped: ${why}`, root);
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
    if (/\s/.test(name)) say("warning", `the class of a child of the contact has a blank in it: stored under ${quoted(name)}`, child);
    const key = field ? field.js : name;
    if (key in contact) say("warning", `${quoted(name)} stands twice in the contact: only the first counts`, child);
    else contact[key] = value;
  }
  const deep = fields.filter((field) => named(root, field.html).some((found) => found.parentElement !== root));
  for (const field of deep) say("warning", `${quoted(field.html)} ignored: only direct children of the contact are read`, root);
  return contact;
};

const tagsOf = (name, say) => {
  const found = named(document, name);
  const first = (facts.tags[name] || {}).first;
  if (first && found.length > 1) say("warning", `${quoted(name)} stands ${found.length} times: only the first is read`, found[1]);
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
  if (kept.length > 10) say("warning", `${kept.length - 10} of ${kept.length} ${what} thrown away: 10 are kept`);
  return kept.slice(0, 10).map((text) => {
    if (text.length > 25) say("warning", `${what}: ${quoted(text)} is cut after 25 characters`);
    return text.slice(0, 25);
  });
};

const readPageInfo = (say) => {
  const meta = document.querySelector('meta[name="keywords"]');
  if (document.title.length > 50) say("info", `the title is cut after 50 characters: ${quoted(document.title)}`);
  return {
    title: document.title.slice(0, 50),
    keywords: cutLabels(meta ? meta.content.split(",") : [], "keywords", say),
    tags: cutLabels(named(document, "cn_page_tag").map(textOf), "page tags", say),
    categories: cutLabels(named(document, "cn_page_category").map(textOf), "page categories", say),
  };
};
