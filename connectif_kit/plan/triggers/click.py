"""The trigger `click`."""

from connectif_kit.plan.trigger import TriggerKind

CLICK = TriggerKind(
    name="click",
    doc="An element that matches is clicked.",
    key="click",
    part="dom",
    selectors=True,
    brings=frozenset({"element"}),
)
