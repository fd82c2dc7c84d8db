{# A page that is not there is asked for again whenever the site changes. #}
(function () {
  "use strict";
  const preview = {{ preview | tojson }};
{% filter indent(2, first=true) %}
{% include "preview/listen.js" %}
{% endfilter %}
  // Also when the stream begins: the build may have been done while this page came.
  const look = async () => {
    const headers = { "x-connectif-kit": "1", accept: "text/html" };
    const answer = await fetch(location.href, { headers, cache: "no-store" }).catch(() => null);
    if (answer && answer.ok) location.reload();
  };
  listen((message) => (message.type === "gone" ? comeBack() : look()));
})();
