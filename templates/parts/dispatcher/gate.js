// Nothing is read, kept or sent without consent; a withdrawal counts at once.
allowed = () => !document.prerendering && agreed();
/** The loader asks what the plan's module says. */
if (USES.consent_module) window.connectifKit.agreed = allowed;
let started = false;
const gate = () => {
  if (agreed()) {
    if (started) look();
    else start();
    started = true;
    return;
  }
  queue.length = 0;
  group = undefined;
  if (started) run("withdrawn");
};
/** What the client sends by itself stops too, where it lets itself be asked. */
on(document, "connectif.managed.initialized", () => {
  const client = window.connectif;
  if (!client || typeof client.addHookHandler != "function") return;
  client.addHookHandler("before-send-data", (/** @type {any} */ data, /** @type {any} */ done) => {
    if (!allowed()) return undefined;
    if (typeof done == "function") done(null, data);
    return data;
  });
});
attempt(() =>
  whenShown(() => {
    consentChanges.push(gate);
    gate();
  }),
);
