// A visitor's click on a notification, in the service worker that has shown it: called with the notification's title.
async (title) => {
  "use strict";
  const find = async () => (await self.registration.getNotifications()).find((one) => one.title === title);
  const notification = await find();
  if (!notification) return { closed: false, opened: [] };
  const opened = [];
  const waited = [];
  // Browsers let a worker open a window after a real click only.
  self.clients.openWindow = async (address) => {
    opened.push(String(address));
    return null;
  };
  const event = new NotificationEvent("notificationclick", { notification, action: "" });
  Object.defineProperty(event, "waitUntil", { value: (work) => waited.push(work) });
  self.dispatchEvent(event);
  await Promise.allSettled(waited);
  delete self.clients.openWindow;
  return { closed: !(await find()), opened };
};
