when("start", () =>
  on(document, "mouseover", (event) =>
    rules.forEach((rule) => {
      const element = rule.hover && event.target.closest(rule.hover);
      if (element) happened(rule, { element });
    }),
  ),
);
