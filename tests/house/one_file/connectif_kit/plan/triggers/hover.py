"""The trigger `hover`."""

from connectif_kit.plan.trigger import TriggerKind

HOVER = TriggerKind(
    name="hover",
    doc="The pointer comes to an element that matches.",
    key="hover",
    part="hover",
    selectors=True,
    brings=frozenset({"element"}),
)
