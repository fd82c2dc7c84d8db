"""The trigger `event`."""

from connectif_kit.plan.trigger import TriggerKind

EVENT = TriggerKind(
    name="event",
    doc="The page dispatches a DOM event of this name.",
    key="event",
    part="event",
    brings=frozenset({"element", "detail"}),
)
