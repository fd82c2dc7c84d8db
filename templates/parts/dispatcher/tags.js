// Tags for the client to read, written before it starts.
const append = (parent, entity, value) =>
  entities[entity].forEach(([, js, marks, html]) => {
    const nested = marks.includes("^");
    (marks.includes("*") ? value[js] || [] : [value[js]]).forEach((one) => {
      if (one == null) return;
      const child = document.createElement(nested ? "div" : "span");
      child.className = html;
      if (nested) append(child, html, one);
{% if dispatcher.custom %}
      else if (Array.isArray(one)) {
        // A list of options (360014701399).
        child.dataset.fieldList = true;
        one.forEach((option) => {
          child.appendChild(document.createElement("span")).textContent = option;
        });
      }
{% endif %}
      else child.textContent = one;
      parent.append(child);
    });
  });
const write = (cssClass, entity, value) => {
  const tag = document.createElement("div");
  const old = document.querySelector("." + cssClass);
  tag.className = cssClass;
  tag.hidden = true;
  tag.style.display = "none";
  append(tag, entity, value);
  if (old) old.replaceWith(tag);
  else document.body.append(tag);
};
const writeAll = () => {
{% for name in dispatcher.own %}
  attempt(() => {
    const value = make({{ name | tojson }}, own.{{ name }}, { {%- if dev %} at: {{ name | tojson }} {% endif -%} });
    if (value) write({{ dispatcher.tags[name] | tojson }}, {{ name | tojson }}, value);
  });
{% endfor %}
{% if "reports" in dispatcher.uses %}
  pending = (here()[1] || []).filter((rule) => {
    if (tagged(rule)) return false;
    const event = attempt(() => build(rule, { {%- if dev %} at: rule.at {% endif -%} }));
    if (!event) return true;
{% if "purchases" in dispatcher.uses %}
    if (!unreported(event)) return false;
    reported(event);
{% endif %}
    attempt(() => write(rule.tag, rule.writes, event[rule.writes] || event));
    return false;
  });
{% endif %}
};
