"""The store's own events. https://support.connectif.ai/hc/en-us/articles/360014737540

Known by alias or by id, and received in the context "Web or Mobile App" of a custom integration.
"""

from connectif_kit.vocabulary.kinds import MAPPING, OBJECT_ID
from connectif_kit.vocabulary.model import Event, Field

CUSTOM = Event(
    type="custom",
    doc="An event that the store has defined itself.",
    article=360014737540,
    fields=(
        Field(html="alias", js="eventAlias", doc="The event's alias.", example="product-like"),
        Field(
            html="id",
            js="eventId",
            kind=OBJECT_ID,
            doc="The event's id.",
            example="64a0c1d2e3f4a5b6c7d8e9f0",
        ),
        Field(
            html="payload",
            js="payload",
            kind=MAPPING,
            doc="Ids of the event's fields, with their values.",
        ),
    ),
    one_of=("alias", "id"),
)
