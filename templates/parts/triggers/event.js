// Captured at the window: heard wherever it is dispatched, bubbling or not.
when("start", () =>
  rules.forEach((rule) =>
    (rule.event || []).forEach((type) =>
      on(window, type, ({ detail, target }) => happened(rule, { detail, element: target })),
    ),
  ),
);
