(rule.event || []).forEach((type) =>
  // Captured at the window: heard wherever it is dispatched, bubbling or not.
  on(window, type, (event) => fire(rule, { detail: event.detail, element: event.target }))
);
