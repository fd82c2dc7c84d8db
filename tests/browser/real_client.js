// Plays the store's own script on a loopback platform: its life cycle, and its requests as they go over the wire.
(function () {
  const fire = (name) => document.dispatchEvent(new CustomEvent(name));
  const sendEvents = (events, options) => {
    const { entityInfo = {}, cart, pageInfo = {} } = options || {};
    const request = new XMLHttpRequest();
    request.open("POST", "https://eu5-api.connectif.cloud/integration-type/system/scrippet-notification/key");
    request.setRequestHeader("Content-type", "text/plain");
    request.send(JSON.stringify({ events, entityInfo, cart, pageInfo, bannerPlaceholders: [], browserInfo: {} }));
    return Promise.resolve();
  };
  window.connectif = { managed: { sendEvents, isInitialized: () => true } };
  fire("connectif.loaded");
  setTimeout(() => fire("connectif.managed.initialized"));
})();
