// What the page itself knows: its dataLayer, and how consent stands.
const layer = () => (Array.isArray(window.dataLayer) ? window.dataLayer : []);
const asPlain = (entry) => {
  try {
    const list = Object.prototype.toString.call(entry) === "[object Arguments]" ? Array.from(entry) : entry;
    return JSON.stringify(list, null, 2);
  } catch (error) {
    return String(entry);
  }
};
const entryName = (entry) => (entry && (entry.event || (entry[0] && [entry[0], entry[1]].filter((one) => typeof one === "string").join(" ")))) || t("entry");
const isConsent = (entry) => Boolean(entry) && entry[0] === "consent";
const entryRow = (entry, number) => make("details", { class: "event", key: `entry ${number}` }, make("summary", {}, make("code", {}, entryName(entry)), make("span", { class: "count" }, `#${number + 1}`)), make("pre", { tabindex: "0" }, make("code", {}, asPlain(entry))));
const consentSection = (entries) => {
  const clientWord = window.connectif ? t("The client is loaded.") : t("The client is not loaded.");
  const rule = facts.consent ? t("The plan loads the client once this holds: {rule}", { rule: facts.consentRule }) : t("The plan asks for no consent: the client loads at once.");
  return section("consent", t("Consent"), make("p", {}, mark(!facts.consent || Boolean(window.connectif)), " ", clientWord), make("p", { class: "quiet" }, rule), entries.filter(isConsent).map((entry, i) => make("pre", { key: `consent ${i}`, tabindex: "0" }, make("code", {}, asPlain(entry)))));
};
const dataTab = () => {
  const entries = layer();
  const numbered = entries.map((entry, i) => entryRow(entry, i)).reverse().slice(0, 200);
  return make("div", {}, consentSection(entries), section("dataLayer", `dataLayer · ${entries.length}`, entries.length ? numbered : make("p", { class: "quiet" }, t("This page has pushed nothing to the dataLayer."))));
};
