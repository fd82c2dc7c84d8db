"""What Connectif understands, one file per thing, data only.

Each file names the help-centre article that it was read from. Where the vendor's sources
contradict each other, the file says which reading the kit takes.
"""

import sys

from connectif_kit.core.registry import collect
from connectif_kit.vocabulary.model import Entity, Event, PageKind, Tag
from connectif_kit.vocabulary.platform import article

__all__ = ["ENTITIES", "EVENTS", "PAGE_KINDS", "TAGS", "article"]

_here = sys.modules[__name__]

TAGS: dict[str, Tag] = {tag.css_class: tag for tag in collect(_here, Tag)}
EVENTS: dict[str, Event] = {event.type: event for event in collect(_here, Event)}
ENTITIES: dict[str, Entity] = {entity.name: entity for entity in collect(_here, Entity)}
PAGE_KINDS: dict[str, PageKind] = {kind.name: kind for kind in collect(_here, PageKind)}
