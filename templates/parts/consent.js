{# Shared by loader and dispatcher. No ampersand and no less-than sign: the loader stands inline in XHTML too. #}
{% set consent = plan.integration.consent %}
{% if not consent %}
const whenAllowed = (start) => start();
{% elif consent.event is not none %}
const whenAllowed = (start) => {
  // The loader hears a consent that is given before this file has come.
  const begin = () => {
    window.connectifKitAllowed = true;
    start();
  };
  if (window.connectifKitAllowed) start();
  else window.addEventListener({{ consent.event | tojson }}, begin, { capture: true, once: true });
};
{% else %}
// A sandboxed frame has neither cookies nor storage: asking for them throws.
const allowed = () => {
  try {
{% if consent.cookie is not none %}
    const name = {{ consent.cookie | tojson }} + "=";
    const pair = document.cookie.split("; ").find((one) => one.startsWith(name));
    const found = pair ? pair.slice(name.length) : "";
{% if consent.value is not none %}
    return found.includes({{ consent.value | tojson }}) || decodeURIComponent(found).includes({{ consent.value | tojson }});
{% else %}
    return found !== "";
{% endif %}
{% elif consent.storage is not none %}
    const found = localStorage.getItem({{ consent.storage | tojson }});
{% if consent.value is none %}
    return found !== null;
{% endif %}
{% else %}
    const found = {{ consent.global_.split(".") | tojson }}.reduce((inner, step) => inner[step], window);
{% if consent.value is none %}
    return Boolean(found);
{% endif %}
{% endif %}
{% if consent.cookie is none and consent.value is not none %}
    return found == null ? false : String(found).includes({{ consent.value | tojson }});
{% endif %}
  } catch (error) {
    return false;
  }
};
const whenAllowed = (start) => {
  let done = false;
  const look = () => {
    if (done) return;
    if (!allowed()) return;
    done = true;
    clearInterval(timer);
    start();
  };
  const timer = setInterval(look, 500);
  document.addEventListener("visibilitychange", look);
  look();
};
{% endif %}
