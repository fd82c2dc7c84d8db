rules.forEach((rule) =>
  (rule.event || []).forEach((type) =>
    // Captured at the window: heard wherever it is dispatched, bubbling or not.
    when("start", () =>
      on(window, type, (event) => happened(rule, { detail: event.detail, element: event.target })),
    ),
  ),
);
