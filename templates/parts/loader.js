{# The inline loader (360014628900). The id on the appended script makes a second copy load nothing. #}
{% filter minify %}
(function () {
  const key = {{ store.id | tojson }};
{% if plan.integration.nonce %}
  const nonce = document.currentScript.nonce;
{% endif %}
{% filter indent(2, first=true) %}
{% include "parts/consent.js" %}
{% endfilter %}
  const append = () => {
    const id = "__cn_client_script_" + key;
    if (document.getElementById(id)) return;
    const script = document.createElement("script");
    script.id = id;
    script.src = "https://cdn.connectif.cloud/" + {{ store.environment | tojson }} + "/client-script/" + key;
{% if plan.integration.nonce %}
    script.nonce = nonce;
{% endif %}
    document.body.appendChild(script);
  };
  whenAllowed(() => {
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", append);
    else append();
  });
})();
{% endfilter %}
