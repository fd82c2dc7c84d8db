// A broken plan, over the page that still stands as the last good plan made it.
const caret = (problem) => " ".repeat(Math.max(0, problem.column - 1)) + "▲";
const problemCard = (problem) =>
  make(
    "li",
    { class: "problem" },
    placeLink(problem),
    make("p", { class: "said" }, withCode(problem.message)),
    problem.source && make("pre", { tabindex: 0 }, make("code", {}, problem.source, "\n", make("i", { "aria-hidden": "true" }, caret(problem)))),
    problem.hint && make("p", { class: "hint" }, withCode(problem.hint))
  );
const overlayOf = (problems, close) => {
  const dialog = make(
    "dialog",
    { class: "overlay", "aria-label": t("Mistakes in connectif.yaml"), onclose: close },
    make(
      "div",
      { class: "sheet" },
      make("div", { class: "head" }, make("span", { class: "mark bad", "aria-hidden": "true" }, "!"), make("h2", {}, tn(problems.length, "{n} mistake in the plan", "{n} mistakes in the plan")), make("button", { class: "plain", onclick: () => dialog.close() }, t("Close"), " ", make("kbd", {}, "Esc"))),
      make("p", { class: "quiet" }, t("The page below is from the last valid plan. This goes away when the plan is fixed.")),
      make("ol", {}, problems.slice(0, 50).map(problemCard))
    )
  );
  return dialog;
};
