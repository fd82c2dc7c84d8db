"""What can be wrong with `connectif.yaml` before it is a plan; what comes after are `plan/checks/`."""

from __future__ import annotations

from connectif_kit.core.faults import Fault

_YAML = "The plan is YAML 1.2 with the types of JSON, and nothing of YAML that could surprise a reader."

FAULTS = (
    Fault(
        "no-plan",
        "error",
        "There is no `connectif.yaml` in this folder or above it, or not where `--config` says.",
        "`connectif-kit new --here` writes a first plan for this site; `-c FILE` names another.",
    ),
    Fault(
        "plan-shape",
        "error",
        "A key is unknown, a value has the wrong type or form, or a part that is required is missing.",
        "The message says what was expected and what came; `connectif-kit explain KEY` explains a key.",
    ),
    Fault(
        "plan-encoding",
        "error",
        "The plan is not UTF-8.",
        "Save it as UTF-8 in your editor.",
    ),
    Fault(
        "plan-too-large",
        "error",
        "The plan's file is larger than any plan needs.",
        "Check that the path names the plan and not another file.",
    ),
    Fault(
        "bad-extends",
        "error",
        "The plan that `extends` names is missing, is not a plan, or extends others without end.",
        "`extends` is a path from the folder of the plan that says it.",
    ),
    Fault(
        "unnamed-store",
        "error",
        "The plan is of several stores, and the command takes one at a time; or it has none of that name.",
        "Name the store behind the plan: `-c connectif.yaml#es`.",
    ),
    Fault(
        "same-store",
        "error",
        "Two plans have the same `store.id`. A store has one language and one currency, so visits of one"
        " would be reported to the other.",
        "Give each plan the id of its own store.",
    ),
    Fault(
        "page-of-two-stores",
        "error",
        "A page lies in the parts of two plans; it would report each visit twice.",
        "Give each plan its own `site.root`, or leave the inner part out with `site.ignore`.",
    ),
    Fault(
        "page-of-no-store",
        "notice",
        "Pages lie beside the plans' parts and belong to none; their visits are not reported.",
        "Give them to a store by its `site.root`, if they should be.",
    ),
    Fault(
        "duplicate-key",
        "error",
        "A key appears twice in one mapping; only one of the values could count.",
        "Keep one of them.",
    ),
    Fault(
        "yaml-syntax",
        "error",
        f"The text is not YAML at this place. {_YAML}",
        "Look at the indentation, and quote values that hold `: `, ` #` or begin with one of `*&!{[`.",
    ),
    Fault(
        "yaml-alias",
        "error",
        "An alias (`*name`) names no anchor (`&name`) above it, or the value that it stands in.",
        "Write the anchor first, or write the value out.",
    ),
    Fault(
        "yaml-documents",
        "error",
        "The file holds several YAML documents, separated by `---`.",
        "Keep one. Several stores are several files.",
    ),
    Fault(
        "yaml-key",
        "error",
        "A key is a list or a mapping, and only text can be one.",
        "Quote it, or write it on one line.",
    ),
    Fault(
        "yaml-merge",
        "error",
        "Merge keys (`<<`) belong to YAML 1.1.",
        "Write the keys out, or share a plan with `extends`.",
    ),
    Fault(
        "yaml-number",
        "error",
        "An infinite number or `.nan`, which JSON cannot carry.",
        "Put it in quotes if it is a text.",
    ),
    Fault(
        "yaml-tag",
        "error",
        "A tag such as `!!python/object` has no meaning in a plan, and no code is run from one.",
        "Leave it out.",
    ),
    Fault(
        "yaml-too-deep",
        "error",
        "Values lie in each other deeper than any plan needs.",
        "Look for a bracket that is never closed.",
    ),
    Fault(
        "yaml-too-large",
        "error",
        "The plan holds more values than any plan needs; aliases count as often as they are used.",
        "Move data such as products into a catalogue file.",
    ),
)
