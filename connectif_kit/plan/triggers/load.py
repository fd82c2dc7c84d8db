"""The trigger `load`."""

from connectif_kit.plan.trigger import TriggerKind

LOAD = TriggerKind(
    name="load",
    doc="A page is seen (true).",
    key="load",
    bare=True,
)
