"""What a visitor wishes for."""

from connectif_kit.vocabulary.kinds import DECIMAL
from connectif_kit.vocabulary.model import Entity, Event, Field, PageKind, Tag

WISHLIST = Entity(
    "wishlist",
    "What a visitor wishes for.",
    360014651660,
    (
        Field(html="wishlist_id", js="wishlistId", doc="Its id.", example="w1", required=True),
        Field(html="worth", js="worth", kind=DECIMAL, doc="What all costs.", example="12.50", required=True),
    ),
    interface="Wishlist",
)
WISHES = PageKind("wishlist", "The page that shows it.")
WISHLIST_TAG = Tag(
    css_class="cn_wishlist",
    doc="What a visitor wishes for.",
    article=360014651660,
    entity=WISHLIST,
    event="wishlist-changed",
    pages=("wishlist",),
)
WISHLIST_EVENT = Event(
    type="wishlist-changed",
    doc="A wish more, or less.",
    article=360014651660,
    fields=(Field(html="wishlist", js="wishlist", kind=WISHLIST, doc="The list.", required=True),),
    tag="cn_wishlist",
)
