{# What every previewed page gets: the stream, patches, the overlay, the inspector. #}
(function () {
  "use strict";
  const preview = {{ preview | tojson }};
  preview.base = location.origin + preview.base; // whatever the page's own base is
  const facts = {{ facts | tojson }};
  const STYLES = {% set styles %}{% include "preview/preview.css" %}{% endset %}{{ styles | string | tojson }};
  const script = document.currentScript;
  const newName = () => Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  // The page for what is lost is judged as itself, whatever address it answers for.
  const pathHere = () => script.dataset.at || location.pathname;
  const page = { version: script.dataset.page, load: newName(), folder: {{ folder | tojson }} };
  // React compares a document that it owns with what it would render: it must not find us in it.
  const hydrated = script.hasAttribute("data-hydrated");
  if (hydrated) script.remove();
  if (window.connectifKitPreview) return;
  // What a page shows in a frame is seen in the inspector of the whole.
  const framed = (() => {
    try {
      return window !== top && Boolean(top.connectifKitPreview);
    } catch (error) {
      return false; // another site's page around it
    }
  })();

{% filter indent(2, first=true) %}
{% include "preview/reasons.js" %}
{% endfilter %}

  Object.defineProperty(window, "connectifKitPreview", { value: Object.freeze({ load: page.load, visitor, pathHere, console: plainConsole }) });

{% for part in ["keep_here", "dom", "reader", "listen", "patch", "overlay", "tags", "outline", "verdicts", "page_tab", "events_tab", "visitor_tab", "data_tab", "journeys_tab", "corner", "panel", "inspector"] %}
{% filter indent(2, first=true) %}
{% include "preview/" ~ part ~ ".js" %}

{% endfilter %}
{% endfor %}
})();
