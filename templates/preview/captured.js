// What the client hears of by itself: native forms (360014218080) and links marked for it (360014785419).
const FORM_KEYS = ["cn_last_submitted_form_id", "cn_last_submitted_form_primary_key_field", "cn_last_submitted_form_data"];
const formName = (form) => ["id", "name", "action", "class"].map((name) => form.getAttribute(name)).find(Boolean);
const isTold = (field) => field.name && !field.disabled && !["password", "file", "submit", "button", "reset", "image"].includes(field.type);
const formData = (form) => {
  const data = {};
  for (const field of Array.from(form.elements).filter(isTold)) {
    const group = Array.from(form.elements).filter((one) => one.name === field.name);
    if (field.type === "checkbox" && group.length > 1) data[field.name] = group.filter((one) => one.checked).map((one) => one.value);
    else if (field.type === "checkbox") data[field.name] = field.checked ? field.value : [];
    else if (field.type !== "radio" || field.checked) data[field.name] = field.value;
  }
  return data;
};
// The real client does so for the forms that the store has integrated; which those are, nobody knows here.
const capture = (form) => {
  const name = formName(form);
  if (!name || form.method !== "post") return;
  const key = Array.from(form.elements).find((field) => field.type === "email" && field.name);
  const values = [name, key ? key.name : null, JSON.stringify(formData(form))];
  FORM_KEYS.forEach((place, i) => (values[i] === null ? localStorage.removeItem(place) : localStorage.setItem(place, values[i])));
  say("info", "the form {name} was captured: an integrated form is sent from the next page", { name: quoted(name) });
};
const submitted = () => {
  const [formId, primaryKeyField, data] = FORM_KEYS.map((key) => localStorage.getItem(key));
  if (!formId) return [];
  FORM_KEYS.forEach((key) => localStorage.removeItem(key));
  return [{ type: "form-submitted", formId, ...(primaryKeyField ? { primaryKeyField } : {}), payload: JSON.parse(data || "{}") }];
};
const MODES = ["", "async", "sync", "track-click", "after-redirect"];
const clicked = (link) => {
  const mode = link.getAttribute("data-cn-track-click").trim();
  const alias = link.getAttribute("data-cn-alias") || "";
  if (!MODES.includes(mode)) say("warning", "data-cn-track-click: {mode} is none of {modes}", { mode: quoted(mode), modes: MODES.filter(Boolean).join(", ") }, link);
  if (!link.hasAttribute("href")) say("warning", "data-cn-track-click: a link without `href` is not tracked", {}, link);
  else if (/^javascript:/i.test(link.getAttribute("href")) && !alias) say("warning", "data-cn-track-click: a `javascript:` link needs `data-cn-alias`", {}, link);
  else say("info", "link click tracked: {link}", { link: quoted(alias || link.getAttribute("href")) });
  deliver(null);
};
const listenToForms = () => {
  document.addEventListener("submit", (event) => initialized && capture(event.target), true);
  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest("a[data-cn-track-click]");
    if (link && initialized) clicked(link);
  }, true);
};
