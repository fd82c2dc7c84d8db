"""The contact. https://support.connectif.ai/hc/en-us/articles/360014701399

JavaScript option: https://support.connectif.ai/hc/en-us/articles/360014775379. Fields and their
limits: https://support.connectif.ai/hc/en-us/articles/360015491240. A custom field is stored only
where the store has a contact field with that id. Checkbox lists carry `data-field-list="true"` and
one `<span>` with the option's id for each ticked option. The newsletter states are written in
English codes, as the examples do, not by the labels that one table prints.
"""

from connectif_kit.vocabulary.kinds import DATE, EMAIL, INTEGER, PHONE
from connectif_kit.vocabulary.model import Entity, Field, Tag

_SUBSCRIPTION = ("subscribed", "unsubscribed", "none")

CONTACT = Entity(
    "contact",
    "The visitor, as far as known; further fields are the store's own custom fields.",
    360014701399,
    (
        Field(
            html="primary_key",
            js="primaryKey",
            api="_email",
            kind=EMAIL,
            required=True,
            doc="The contact's email; empty for an anonymous visitor.",
            example="ana@shop.example",
        ),
        Field(html="_name", js="_name", api="_name", doc="First name.", example="Ana"),
        Field(html="_surname", js="_surname", api="_surname", doc="Surname.", example="Ruiz"),
        Field(
            html="_newsletter_subscription_status",
            js="_newsletterSubscriptionStatus",
            api="_newsletterSubscriptionStatus",
            choices=_SUBSCRIPTION,
            doc="What the contact has said about the newsletter; `none` is never asked.",
            example="subscribed",
        ),
        Field(
            html="_birthdate",
            js="_birthdate",
            api="_birthdate",
            kind=DATE,
            doc="Date of birth.",
            example="1988-11-02",
        ),
        Field(
            html="_mobilePhone",
            js="_mobilePhone",
            api="_mobilePhone",
            kind=PHONE,
            doc="Mobile number in international form.",
            example="+34651234567",
        ),
        Field(
            html="_email_status",
            js="_emailStatus",
            api="_emailStatus",
            choices=("active", "bounced", "paused", "banned"),
            doc="Whether email reaches the contact; leave it to the platform.",
        ),
        Field(
            html="_mobilePhoneStatus",
            js="_mobilePhoneStatus",
            api="_mobilePhoneStatus",
            choices=("active", "bounced", "paused"),
            doc="Whether messages reach the mobile number; leave it to the platform.",
        ),
        Field(
            html="_smsSubscriptionStatus",
            js="_smsSubscriptionStatus",
            api="_smsSubscriptionStatus",
            choices=_SUBSCRIPTION,
            doc="What the contact has said about text messages.",
        ),
        Field(
            html="_points",
            js="_points",
            api="_points",
            kind=INTEGER,
            doc="Loyalty points.",
        ),
        Field(
            html="_externalId",
            js="",
            api="_externalId",
            max_length=50,
            doc="The shop's own id of the contact; through the API and imports only (22355022141980).",
        ),
        Field(
            html="tracker_id",
            js="trackerId",
            max_length=24,
            doc="Anonymous id; the client script fills it in.",
        ),
    ),
    open=True,
    interface="Contact",
)

CONTACT_TAG = Tag(
    css_class="cn_client_info",
    doc="Who the visitor is, on every page.",
    article=360014701399,
    entity=CONTACT,
    first_only=True,
    personal=True,
)
