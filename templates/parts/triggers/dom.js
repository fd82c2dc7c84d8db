{{ dispatcher.dom_triggers | tojson }}.forEach(
  (type) =>
    rule[type] &&
    // Captured at the document: a page that stops the event does not stop the report.
    on(document, type, (event) => {
      const element = event.target.closest(rule[type]);
{% if "click" in dispatcher.dom_triggers %}
      // A click on a label's words is followed by the browser's own click on its control.
      if (element && !element.contains((event.target.closest("a,label,:enabled") || 0).control)) fire(rule, { element });
{% else %}
      if (element) fire(rule, { element });
{% endif %}
    })
);
