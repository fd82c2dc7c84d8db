{% if dispatcher.modules %}
({
{% for path, code in dispatcher.modules.items() %}
{{ path | tojson }}: {{ code }},
{% endfor %}
});
{% else %}
();
{% endif %}
