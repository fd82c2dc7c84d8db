// Page views.
{% if dispatcher.pages %}
{% if dispatcher.base or dispatcher.decodes %}
const here = () => {
  let path = {% if dispatcher.decodes %}quietly(() => decodeURI(location.pathname)) || {% endif %}location.pathname;
{% if dispatcher.base %}
  if ((path + "/").startsWith({{ (dispatcher.base ~ "/") | tojson }})) path = path.slice({{ dispatcher.base | length }});
{% endif %}
  // One form for `/p/mug`, `/p/mug/`, `/p/mug.html` and `/p/mug/index.html`.
  return pages.find((page) => RegExp(page[0], "u").test(path.replace(/(\/index)?\.x?html?$/i, ""))) || [];
};
{% else %}
// One form for `/p/mug`, `/p/mug/`, `/p/mug.html` and `/p/mug/index.html`.
const here = () =>
  pages.find((page) => RegExp(page[0], "u").test(location.pathname.replace(/(\/index)?\.x?html?$/i, ""))) || [];
{% endif %}
{% endif %}
{% if dispatcher.tagged %}
// The client reports what a tag in the page says already.
const tagged = (rule) => rule.tag && document.querySelector("." + rule.tag);
{% endif %}
{% if "reports" in dispatcher.uses %}
// What a view of the page reports; an entry of the dataLayer may come later.
let pending = [];
const report = () => {
  pending = pending.filter((rule) => {% if dispatcher.tagged %}!tagged(rule) && {% endif %}!fire(rule, { {%- if "spa" in dispatcher.uses %} view: 1 {% endif -%} }){% if "spa" in dispatcher.uses and "layer" in dispatcher.uses %} || ((viewed = entries.length), false){% endif %});
};
{% endif %}
{% if "products" in dispatcher.uses and "spa" in dispatcher.uses %}
// A tag outside the app's root stays when the route changes: what it says belongs to the route it came with.
const shown = new WeakMap();
const stale = (tag) => {
  const [path, content] = shown.get(tag) || [];
  if (content === tag.innerHTML && path != location.pathname) return true;
  shown.set(tag, [location.pathname, tag.innerHTML]);
};
{% endif %}
const view = ({% if "visits" not in dispatcher.uses %}asked{% endif %}) => {
  const now = turn();
{% if "products" in dispatcher.uses %}
  document.querySelectorAll({{ ("." ~ dispatcher.tags.product) | tojson }}).forEach((tag) => {
{% if "spa" in dispatcher.uses %}
    if (stale(tag)) return;
{% endif %}
    const product = record("product", tag, 0, { {%- if dev %} at: {% if dispatcher.pages %}"pages/" + here()[2]{% else %}"pages"{% endif %} {% endif -%} });
{% if "visits" in dispatcher.uses %}
    if (product) now.events.push({ type: {{ dispatcher.visited | tojson }}, product });
{% endif %}
{% if "memory" in dispatcher.uses %}
    if (product) remember(product);
{% endif %}
  });
{% endif %}
{% if "reports" in dispatcher.uses %}
  {% if "write" in dispatcher.uses %}if (asked) {% endif %}pending = here()[1] || [];
{% endif %}
{% if "layer" in dispatcher.uses %}
  seen = 1;
  drain();
{% endif %}
{% if "reports" in dispatcher.uses %}
  report();
{% endif %}
{% if "spa" in dispatcher.uses and "layer" in dispatcher.uses %}
  viewed = entries.length;
{% endif %}
{% if "load" in dispatcher.triggers %}
  rules.forEach((rule) => rule.load{% if dispatcher.tagged %} && !tagged(rule){% endif %} && fire(rule, {}));
{% endif %}
  {% if "visits" not in dispatcher.uses %}if (asked) {% endif %}now.events.push({ type: "page-visit" });
};
