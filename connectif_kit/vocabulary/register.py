"""A visitor registered. https://support.connectif.ai/hc/en-us/articles/360014652060

JavaScript event: https://support.connectif.ai/hc/en-us/articles/360014713860. The tag is empty and
fires by mere presence; the email comes with the contact (360014654740).
"""

from connectif_kit.vocabulary.model import Event, Tag

REGISTER = Tag(
    css_class="cn_register",
    doc="On the first page after a registration, once.",
    article=360014652060,
    event="register",
    first_only=True,
    personal=True,
    one_shot=True,
)

REGISTER_EVENT = Event(
    type="register",
    turn=5,
    doc="The visitor has opened an account.",
    article=360014713860,
    tag="cn_register",
    ga4="sign_up",
    identifies=True,
)
