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
const warn = (at, message) => {
  const line = `connectif-kit: ${place(at)}: ${message}`;
  if (!said.has(line)) console.warn(line);
  said.add(line);
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
const examine = (entity, name, raw, value, at, missing) => {
  const [doc, limits, needed] = promised(entity, name);
  const kept = [].concat(value === undefined ? [] : value);
  if (!empty(raw) && !kept.length) warn(at, `${label(name)} is left out: expected ${doc}, got ${show(raw)}`);
  else if (Array.isArray(raw) && Array.isArray(value) && kept.length < raw.length)
    warn(at, `${raw.length - kept.length} of ${raw.length} ${label(name)} left out`);
  kept
    .filter((one) => fault(limits, one))
    .forEach((one) => warn(at, `${label(name)}: expected ${doc}, got ${show(one)}`));
  if (needed && !kept.length) missing.push({ name, raw, at, doc });
};
// Why an object is not sent. A contact without address is an anonymous visitor, no mistake.
const incomplete = (entity, out, missing, object) =>
  missing
    .filter(({ name, raw }) => out[name] === undefined && !(entity == "contact" && (raw === null || raw === "")))
    .forEach(({ name, raw, at, doc }) =>
      warn(at, `${entity} is left out, ${label(name)} is missing: expected ${doc}, got ${show(raw)} in ${show(object)}`)
    );
const lacking = (rule, event, name, context) => {
  if (!event[name] && !entities[name] && !(rule.may || []).includes(name))
    warn(context.at, `${rule.send} is not sent, ${label(name)} is missing: expected ${promised(rule.send, name)[0]}, got nothing`);
};
const doubt = (now) => {
  now.wanted
    .filter((name) => !now[name])
    .forEach((name) => warn(name, `${name} is not sent: expected a ${name}, got nothing`));
  now.events
    .filter((event) => !now.contact && {{ dispatcher.identified | tojson }}.includes(event.type))
    .forEach((event) => warn("contact", `${event.type} is not sent: expected a contact with primary_key, got nothing`));
};
