(function () {
{% if dispatcher.modules %}
  const modules = arguments[0];
{% endif %}
  // A second copy of this file does nothing.
  if (window.connectifKit) return;

  // What the platform understands: name here, marks, =name in tags, {% if "ga4" in dispatcher.uses %}=name in GA4, {% endif %}=words.
  // ! required, * many, ^ entity, # number, @ address, & anything.
  const entities = {
{% for name, entity in dispatcher.entities.items() %}
    {{ name }}: {{ entity.rows | tojson }},
{% endfor %}
  };
  for (const name in entities)
    entities[name] = entities[name].split(" ").map((line) => {
      const row = line.match(/(\w+)([^\w=]*)=?(\w*)=?{% if "ga4" in dispatcher.uses %}(\w*)=?{% endif %}(.*)/);
      row[3] = row[3] || row[1].replace(/[A-Z]+|\d/g, (letters) => "_" + letters.toLowerCase());
      return row;
    });
{% for name, entity in dispatcher.entities.items() if entity.base %}
  entities.{{ name }}.unshift(...entities.{{ entity.base }});
{% endfor %}
{% if dispatcher.custom %}
  entities.contact.push(...{{ dispatcher.custom | tojson }}.map((name) => [0, name, "&", name]));
{% endif %}

  // What the plan says.
{% if dispatcher.own %}
  const own = {{ dispatcher.own | tojson }};
{% endif %}
  const rules = [
{% for rule in dispatcher.rules(dev) %}
    {{ rule | tojson }},
{% endfor %}
  ];
{% if dispatcher.pages %}
  // Address, what a view of it reports.
  const pages = [
{% for page in dispatcher.pages_for(dev) %}
    {{ page | tojson }},
{% endfor %}
  ];
{% endif %}

  // Nothing of ours may break the page.
  const quietly = (work) => {
    try {
      return work();
    } catch (error) {
      // Its value is undefined then.
    }
  };
{% if dev %}
  const attempt = (work) => {
    try {
      return work();
    } catch (error) {
      console.warn("connectif-kit:", error);
      return undefined;
    }
  };
{% else %}
  const attempt = quietly;
{% endif %}
  const on = (target, type, work) => target.addEventListener(type, (event) => attempt(() => work(event)), true);

{% for part in dispatcher.parts(dev) %}
{% filter indent(2, first=true) %}
{% include "parts/dispatcher/" ~ part ~ ".js" %}

{% endfilter %}
{% endfor %}
{% if plan.integration.consent %}
{% filter indent(2, first=true) %}
{% include "parts/consent.js" %}
{% endfilter %}

  let started;
{% endif %}
  const start = () => {
{% if plan.integration.consent %}
    started = 1;
{% endif %}
{% if "layer" in dispatcher.uses %}
    attempt(listenToLayer);
{% endif %}
{% if "write" in dispatcher.uses %}
    attempt(writeAll);
{% endif %}
{% if dispatcher.listened %}
    rules.forEach((rule) => {
{% for part in dispatcher.listened %}
{% filter indent(6, first=true) %}
{% include "parts/triggers/" ~ part ~ ".js" %}
{% endfilter %}
{% endfor %}
    });
{% endif %}
    on(document, "connectif.managed.initialized", flush);
{% if not plan.integration.auto_initialize %}
    let begun;
    const begin = () => {
      if (begun || !window.initializeConnectif) return;
      begun = 1;
      window.initializeConnectif(window.connectifConfiguration);
    };
    on(document, "connectif.loaded", () => Promise.resolve().then(() => attempt(begin)));
    if (window.connectif && !window.connectif.managed) begin();
{% endif %}
{% if "spa" in dispatcher.uses %}
    attempt(watchRoutes);
{% endif %}
    let done;
    const first = () => {
      if (!done) attempt(view);
      done = 1;
    };
    if (document.readyState == "complete") first();
    // At the window: after the page's own listeners. A script that comes late hears `load` only.
    window.addEventListener("DOMContentLoaded", first);
    window.addEventListener("load", first);
  };

  const tell = (name) => (given) => fire({ asks: name, [name]: given && ["literal", given] }, {});
  window.connectifKit = {
    version: {{ dispatcher.version | tojson }},
    send: (name, detail) => {
{% if dev %}
      if (!rules.some((rule) => rule.name == name)) warn("events", `send: expected ${rules.map((rule) => rule.name).join(", ") || "an event of the plan"}, got ${show(name)}`);
{% endif %}
      rules.forEach((rule) => rule.name == name && fire(rule, { detail }));
    },
    cart: tell("cart"),
    contact: tell("contact"),
    pageVisit: () => {% if plan.integration.consent %}started && {% endif %}attempt({% if "visits" in dispatcher.uses %}view{% else %}() => view(1){% endif %}),
  };
  attempt({% if plan.integration.consent %}() => whenAllowed(() => attempt(start)){% else %}start{% endif %});
})
