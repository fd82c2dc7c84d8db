// Asking for push notifications (360014699000): the browser asks the visitor, then the client tells the platform.
when("fired", (rule) => {
  const client = window.connectif;
  if (rule.asks != "push-opt-in" || !client || !client.subscribeToPushNotifications) return;
  client.subscribeToPushNotifications((/** @type {any} */ error, /** @type {any} */ subscription) =>
    attempt(() => subscription && allowed() && client.managed.sendEvents([])),
  );
});
