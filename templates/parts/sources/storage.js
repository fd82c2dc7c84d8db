{% if "paths" in dispatcher.uses %}
storage: (key, context, source) => stored(key, source[3]),
{% else %}
storage: (key) => stored(key),
{% endif %}
