{# A stand-in for the vendor's worker script: shows what a push would show; the overview delivers one by message. #}
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
const shown = (data) => {
  const { title, options = {} } = data || {};
  const expires = options.data && options.data.expirationDate;
  if (!title || (expires && new Date(expires) < new Date())) return Promise.resolve(false);
  return self.registration.showNotification(title, options).then(() => true);
};
self.addEventListener("push", (event) => {
  if (event.data) event.waitUntil(shown(event.data.json()));
});
self.addEventListener("message", (event) => {
  if (!event.data || event.data.type !== "connectif-kit.push") return;
  const answer = (result) => event.ports[0] && event.ports[0].postMessage(result);
  event.waitUntil(shown(event.data.push).then((done) => answer({ done }), (error) => answer({ error: error.message })));
});
self.addEventListener("notificationclick", (event) => {
  const data = event.notification.data || {};
  const action = data[event.action] || data.notificationClick || {};
  event.notification.close();
  if (action.redirectUrl) event.waitUntil(self.clients.openWindow(action.redirectUrl));
});
