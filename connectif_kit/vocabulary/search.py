"""A search. https://support.connectif.ai/hc/en-us/articles/360014701059

JavaScript event: https://support.connectif.ai/hc/en-us/articles/360014732940; its table calls the
field `search`, its example and the client script `searchText`: the kit sends `searchText`.
"""

from connectif_kit.vocabulary.model import Entity, Event, Field, Tag

_SEARCH_TEXT = Field(
    html="search_text",
    js="searchText",
    ga4="search_term",
    required=True,
    doc="What was searched for.",
    example="blue mug",
)

SEARCH = Tag(
    css_class="cn_search",
    doc="The search whose results this page shows.",
    article=360014701059,
    entity=Entity("search", "A search.", 360014701059, (_SEARCH_TEXT,)),
    event="search",
    pages=("search",),
    first_only=True,
    personal=True,
)

SEARCH_EVENT = Event(
    type="search",
    turn=6,
    doc="The visitor has searched the shop.",
    article=360014732940,
    fields=(_SEARCH_TEXT,),
    tag="cn_search",
    ga4="search",
)
