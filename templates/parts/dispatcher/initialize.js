// The store's setting leaves the client to us (360014673660).
let begun = false;
const beginClient = () => {
  if (begun || !window.initializeConnectif) return;
  begun = true;
  window.initializeConnectif(window.connectifConfiguration);
};
when("start", () => {
  on(document, "connectif.loaded", () => Promise.resolve().then(() => attempt(beginClient)));
  if (window.connectif && !window.connectif.managed) beginClient();
});
