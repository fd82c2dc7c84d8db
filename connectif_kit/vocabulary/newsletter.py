"""A newsletter subscription. https://support.connectif.ai/hc/en-us/articles/360014701259

JavaScript event: https://support.connectif.ai/hc/en-us/articles/360014775239
"""

from connectif_kit.vocabulary.kinds import EMAIL
from connectif_kit.vocabulary.model import Entity, Event, Field, Tag

_EMAIL = Field(
    html="email",
    js="email",
    kind=EMAIL,
    required=True,
    doc="The address that was subscribed.",
    example="ana@shop.example",
)

NEWSLETTER_SUBSCRIBE = Tag(
    css_class="cn_newsletter_subscribe",
    doc="On the first page after a subscription, once.",
    article=360014701259,
    entity=Entity("newsletter_subscribe", "A subscription.", 360014701259, (_EMAIL,)),
    event="newsletter-subscribe",
    first_only=True,
    personal=True,
    one_shot=True,
)

NEWSLETTER_SUBSCRIBE_EVENT = Event(
    type="newsletter-subscribe",
    turn=7,
    doc="The visitor has subscribed to the newsletter.",
    article=360014775239,
    fields=(_EMAIL,),
    tag="cn_newsletter_subscribe",
)
