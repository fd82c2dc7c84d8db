"""What the HTTP API says beyond the entities' own fields: properties, imports, limits, error codes.

Routes, bodies and error codes: https://api-docs.connectif.cloud; imports:
https://support.connectif.ai/hc/en-us/articles/360020966799, rate limit: 360014605220, coupon
imports likewise. The order's contact is named by its email or by the shop's own id of it; E0101
means that neither is known.
"""

from connectif_kit.vocabulary.kinds import BOOLEAN, EMAIL, INTEGER
from connectif_kit.vocabulary.model import Field

HOST = "https://api.connectif.cloud"
CALLS_PER_MINUTE = 100
MAX_IMPORT_BYTES = 50_000_000
MAX_QUEUED_IMPORTS = 10
LIST_SEPARATOR = "|"
IMPORT_STATES = ("queued", "inProgress", "finished", "error", "cancelled")
IMPORT_ENDS = ("finished", "error", "cancelled")

PRODUCT_ONLY_API = (
    Field(
        html="in_stock_units",
        js="",
        api="inStockUnits",
        kind=INTEGER,
        doc="Units in stock.",
        example="7",
    ),
    Field(
        html="is_blacklisted",
        js="",
        api="isBlacklisted",
        kind=BOOLEAN,
        doc="Keeps the product out of recommendations.",
        example="false",
    ),
)

PURCHASE_ONLY_API = (
    Field(
        html="contact_email",
        js="",
        api="contactEmail",
        kind=EMAIL,
        doc="Email of the contact who bought.",
        example="ana@shop.example",
    ),
    Field(
        html="contact_external_id",
        js="",
        api="contactExternalId",
        max_length=50,
        doc="The shop's own id of the contact who bought.",
    ),
)

COUPON_CODE = Field(html="code", js="", api="code", required=True, doc="One code.", example="SPRING-7Q2")

ERROR_CODES = {
    "E0101": "the contact of the purchase does not exist",
    "E0102": "products of the purchase are not in the catalogue",
    "E0103": "products of the purchase have an address outside the authorised domains",
    "E0201": "the product's address lies outside the authorised domains",
    "E0301": "5 exports are queued already",
    "E0401": "10 imports are queued already",
    "E0501": "the contact of the event does not exist",
}
