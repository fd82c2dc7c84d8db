{# What every previewed page gets: the stream, patches, the overlay, the inspector. #}
(function () {
  "use strict";
  const preview = {{ preview | tojson }};
  const facts = {{ facts | tojson }};
  const script = document.currentScript;
  const page = { version: script.dataset.page, load: Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, "0")).join(""), folder: {{ folder | tojson }} };
  if (window.connectifKitPreview) return;
  Object.defineProperty(window, "connectifKitPreview", { value: Object.freeze({ load: page.load }) });

{% for part in ["keep_here", "dom", "reader", "listen", "patch", "overlay", "tags", "outline", "page_tab", "events_tab", "visitor_tab", "journeys_tab", "inspector"] %}
{% filter indent(2, first=true) %}
{% include "preview/" ~ part ~ ".js" %}

{% endfilter %}
{% endfor %}
})();
