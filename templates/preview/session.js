{# A session without a server: its timeline, its payloads and verdicts, replayed step by step. #}
(function () {
  "use strict";
  const session = JSON.parse(document.getElementById("connectif-session").textContent);
  const preview = { base: "", token: "", editor: "", ...JSON.parse(document.getElementById("connectif-texts").textContent) };
{% filter indent(2, first=true) %}
{% include "preview/dom.js" %}

{% include "preview/verdicts.js" %}
{% endfilter %}

  const STEP = 900;
  const all = session.records;
  const main = document.getElementById("main");
  const state = { filter: "all", text: "", most: MOST_SHOWN, step: all.length, playing: 0 };
  const set = (changed) => {
    Object.assign(state, changed);
    draw();
  };
  const stop = () => {
    clearInterval(state.playing);
    state.playing = 0;
  };
  const advance = () => {
    if (state.step >= all.length) stop();
    set({ step: Math.min(all.length, state.step + 1) });
    const rows = document.querySelectorAll(".record");
    if (rows.length) rows[rows.length - 1].scrollIntoView({ block: "nearest" });
  };
  const play = () => {
    if (state.playing) stop();
    else {
      if (state.step >= all.length) state.step = 0;
      state.playing = setInterval(advance, STEP);
    }
    draw();
  };
  const toolbar = (shown) =>
    make(
      "div",
      { class: "toolbar", key: "toolbar" },
      make("button", { class: "small", onclick: play }, state.playing ? t("Pause") : t("Replay")),
      make("input", { type: "range", min: "0", max: String(all.length), value: String(state.step), "aria-label": t("Step"), oninput: (event) => (stop(), set({ step: Number(event.target.value) })) }),
      make("input", { type: "search", placeholder: t("Search"), "aria-label": t("Search the events"), oninput: (event) => set({ text: event.target.value }) }),
      make("select", { "aria-label": t("Show"), onchange: (event) => set({ filter: event.target.value }) }, Object.entries(FILTERS).map(([name, [label]]) => make("option", { value: name }, label))),
      make("span", { class: "quiet", role: "status" }, t("{shown} of {all}", { shown, all: all.length }))
    );
  const draw = () => {
    const records = found(all.slice(0, state.step), state.filter, state.text);
    const faults = all.filter(isFaulty).length;
    morphChildren(main, [
      make("h1", { key: "h1" }, t("A recorded session")),
      make("p", { class: "quiet", key: "about" }, `${session.store.url} · ${tn(all.length, "{n} request", "{n} requests")}, ${faults ? t("{n} with faults", { n: faults }) : t("none with a fault")}${all.length ? ` · ${new Date(all[0].at).toLocaleString(preview.language)}` : ""}`),
      toolbar(records.length),
      olderButton(records.length - state.most, () => set({ most: state.most + MOST_SHOWN })),
      timeline(byLoad(records.slice(-state.most)), all, ""),
    ].filter(Boolean));
    main.querySelector('[type="range"]').value = state.step;
  };
  draw();
})();
