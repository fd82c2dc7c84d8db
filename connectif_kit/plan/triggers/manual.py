"""The trigger `manual`."""

from connectif_kit.plan.trigger import TriggerKind

MANUAL = TriggerKind(
    name="manual",
    doc="Only `connectifKit.send(name)` (true).",
    key="",
    bare=True,
    brings=frozenset({"element", "detail"}),
)
