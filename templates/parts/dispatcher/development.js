// This part is in the development build only.
const places = {{ dispatcher.places | tojson }};
const promises = {{ dispatcher.promises | tojson }};
const labels = {{ dispatcher.labels | tojson }};
const said = new Set();
const label = (name) => labels[name] || name;
const place = (at) => {
  for (let path = String(at); path; path = path.slice(0, Math.max(0, path.lastIndexOf("/")))) {
    if (Object.prototype.hasOwnProperty.call(places, path)) return places[path];
  }
  return {{ dispatcher.file | tojson }};
};
// One line for each cause: the next line of the cart has the same fault, and what follows from it is known.
const warn = (at, message, cause = message) => {
  const known = `${place(at)}: ${cause}`;
  if (!said.has(known)) console.warn(`connectif-kit: ${place(at)}: ${message}`);
  said.add(known).add(String(at).split("/")[0]);
};
const empty = (value) => value == null || value === "" || (Array.isArray(value) && !value.length);
const show = (value) => {
  if (empty(value)) return "nothing";
  return String(value.nodeType ? value.outerHTML : quietly(() => JSON.stringify(value))).slice(0, 80);
};
const promised = (entity, name) => (promises[entity] || {})[name] || ["a value", {}, false];
const formats = {
  uri: (value) => /^https?:\/\/[^\s<>"]+$/.test(value),
  email: (value) => /^[^@\s<>"]+@[^@\s<>".]+(\.[^@\s<>".]+)+$/.test(value),
  "date-time": (value) => /^\d{12,14}$/.test(value) || !isNaN(Date.parse(value)),
  date: (value) => !isNaN(Date.parse(value)),
};
const fault = (limits, value) =>
  (limits.format && !formats[limits.format](value)) ||
  (limits.integer && value % 1) ||
  (limits.pattern && !new RegExp(limits.pattern).test(value)) ||
  value > limits.maximum ||
  (limits.maxLength && String(value).length > limits.maxLength);
// What was found for a property, against what the vocabulary says of it.
const examine = (entity, name, raw, value, at, missing, nested) => {
  const [doc, limits, needed] = promised(entity, name);
  const kept = [].concat(value === undefined ? [] : value);
  const after = needed ? `; without it no ${entity} is sent` : "";
  // A nested object has told itself why it is left out.
  if (!empty(raw) && !kept.length && !nested)
    warn(at, `${label(name)} is left out: expected ${doc}, got ${show(raw)}${after}`, `${name} is left out`);
  else if (Array.isArray(raw) && Array.isArray(value) && kept.length < raw.length && !nested)
    warn(at, `${raw.length - kept.length} of ${raw.length} ${label(name)} left out`);
  kept
    .filter((one) => one !== false && fault(limits, one))
    .forEach((one) => warn(at, `${label(name)}: expected ${doc}, got ${show(one)}`, `${name} is doubtful`));
  if (needed && !kept.length && empty(raw)) missing.push({ name, raw, at, doc });
};
// Why an object is not sent. A contact without address is an anonymous visitor, no mistake.
const incomplete = (entity, out, missing, object, context) => {
  const lacks = missing.filter(
    ({ name, raw }) => out[name] === undefined && !(entity == "contact" && (raw === null || raw === ""))
  );
  if (!lacks[0]) return;
  const [kind, key] = context.source || [];
  if (key && !/^[of]/.test(typeof object)) {
    warn(context.at, `${entity} is left out: ${kind} \`${key}\` is no ${/^(storage|cookie)$/.test(kind) ? "JSON" : "object"}`);
    return;
  }
  const names = lacks.map(({ name }) => label(name)).join(", ");
  const expected = lacks[1] ? "" : `: expected ${lacks[0].doc}, got nothing`;
  const message = `${entity} is left out, ${names} ${lacks[1] ? "are" : "is"} missing${expected}`;
  warn(lacks[0].at, `${message} in ${show(object)}`, message);
};
const lacking = (rule, event, name, context) => {
  if (!event[name] && !entities[name] && !(rule.may || []).includes(name))
    warn(context.at, `${rule.send} is not sent, ${label(name)} is missing: expected ${promised(rule.send, name)[0]}, got nothing`);
};
const doubt = (now) => {
  now.wanted
    .filter((name) => !now[name] && !said.has(name))
    .forEach((name) => warn(name, `${name} is not sent: expected a ${name}, got nothing`));
  now.events
    .filter((event) => !now.contact && {{ dispatcher.identified | tojson }}.includes(event.type))
    .forEach((event) => warn("contact", `${event.type} is not sent: expected a contact with primary_key, got nothing`));
};
