{% set path = ", source" if "data_layer path" in dispatcher.uses else "" %}
data_layer: (names, context{{ path }}) =>
  {% if path %}dig({% endif %}{% if "spa" in dispatcher.uses %}(context.view ? entries.slice(0, entries.length - viewed) : entries){% else %}entries{% endif %}.find((entry) => names.includes(entry.event)){% if path %}, source[3]){% endif %},
