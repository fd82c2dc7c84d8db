"""The trigger `submit`."""

from connectif_kit.plan.trigger import TriggerKind

SUBMIT = TriggerKind(
    name="submit",
    doc="A form that matches is sent.",
    key="submit",
    part="dom",
    selectors=True,
    brings=frozenset({"element"}),
)
