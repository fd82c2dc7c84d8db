{{ dispatcher.dom_triggers | tojson }}.forEach(
  (type) =>
    rule[type] &&
    // Captured at the document: a page that stops the event does not stop the report.
    on(document, type, (event) => {
      const element = event.target.closest(rule[type]);
      if (element) fire(rule, { element });
    })
);
