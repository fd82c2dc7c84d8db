"""A visitor logged in. https://support.connectif.ai/hc/en-us/articles/360014652000

JavaScript event: https://support.connectif.ai/hc/en-us/articles/360014758099. The tag is empty and
fires by mere presence; the email comes with the contact (360014654740).
"""

from connectif_kit.vocabulary.model import Event, Tag

LOGIN = Tag(
    css_class="cn_login",
    doc="On the first page after a login, once.",
    article=360014652000,
    event="login",
    first_only=True,
    personal=True,
    one_shot=True,
)

LOGIN_EVENT = Event(
    type="login",
    turn=4,
    doc="The visitor has logged in.",
    article=360014758099,
    tag="cn_login",
    ga4="login",
    identifies=True,
)
