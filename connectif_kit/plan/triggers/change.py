"""The trigger `change`."""

from connectif_kit.plan.trigger import TriggerKind

CHANGE = TriggerKind(
    name="change",
    doc="A form field that matches is changed.",
    key="change",
    part="dom",
    selectors=True,
    brings=frozenset({"element"}),
)
