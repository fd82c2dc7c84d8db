"""The trigger `data_layer`."""

from connectif_kit.plan.trigger import TriggerKind

DATA_LAYER = TriggerKind(
    name="data_layer",
    doc="The dataLayer receives an entry with this event name.",
    key="layer",
    parts=("data_layer",),
    brings=frozenset({"detail"}),
)
