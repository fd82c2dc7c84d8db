// Asking for push notifications (360014699000): the browser asks the visitor, then the client tells the platform.
when("push", () => {
  const client = window.connectif;
  if (client && client.subscribeToPushNotifications)
    client.subscribeToPushNotifications((/** @type {any} */ error, /** @type {any} */ subscription) =>
      attempt(() => subscription && allowed() && client.managed.sendEvents([])),
    );
});
