// Google's Consent Mode: `gtag("consent", "default" | "update", {...})` on the dataLayer; an update counts first.
/** @type {{[mode: string]: {[type: string]: string}}} */
const consentModes = { default: {}, regional: {}, update: {} };
const modesSeen = new WeakSet();
const noteMode = (/** @type {any} */ entry) => {
  if (Object(entry)[0] !== "consent" || modesSeen.has(entry)) return;
  modesSeen.add(entry);
  const given = Object(entry[2]);
  Object.keys(given).forEach((type) => {
    // Where a default is for some regions only, the visitor may be there: its refusals count, its grants do not.
    const mode = given.region ? "regional" : entry[1];
    if (mode !== "regional" || given[type] === "denied") Object(consentModes[mode])[type] = given[type];
  });
};
states.google = ({ google }) => {
  const layer = window[plan.layer];
  if (Array.isArray(layer)) layer.forEach(noteMode);
  const { update, regional, default: usual } = consentModes;
  return (google || []).every((type) => (update[type] || regional[type] || usual[type]) === "granted");
};
