"""What can be synced: which entity it is, what names it, and by which ways it may go."""

from __future__ import annotations

from dataclasses import replace

from connectif_kit.core.records import dataclass
from connectif_kit.vocabulary.contact import CONTACT
from connectif_kit.vocabulary.http_api import COUPON_CODE, PRODUCT_ONLY_API, PURCHASE_ONLY_API
from connectif_kit.vocabulary.model import Entity, Field
from connectif_kit.vocabulary.product import PRODUCT
from connectif_kit.vocabulary.purchase import PURCHASE


def _api_face(entity: Entity, extra: tuple[Field, ...] = (), *, optional: tuple[str, ...] = ()) -> Entity:
    """An entity as the HTTP API has it; each field has a name of the kit's own."""
    known = {each.api for each in entity.fields}
    fields = [each for each in (*entity.fields, *extra) if each.api]
    return Entity(
        entity.name,
        entity.doc,
        entity.article,
        tuple(
            replace(each, html=each.html or each.api, required=each.required and each.api not in optional)
            for each in fields
            if each not in extra or each.api not in known
        ),
        open=entity.open,
    )


@dataclass(frozen=True, slots=True)
class Subject:
    """Something that can be synced.

    The first of `keys` that a row has names it. `imports` and `calls` say whether bulk imports and
    single calls can carry it; `needs` is the permission that the key must have.
    """

    name: str
    entity: Entity
    keys: tuple[str, ...]
    imports: bool
    calls: bool
    needs: str
    personal: bool = False

    @property
    def by_api(self) -> dict[str, Field]:
        """API name → field."""
        return {each.api: each for each in self.entity.fields}


SUBJECTS = {
    each.name: each
    for each in (
        Subject(
            "contacts",
            _api_face(CONTACT, optional=("_email",)),
            ("_externalId", "_email"),
            imports=True,
            calls=True,
            needs="Contacts: read and write; Imports: read and write",
            personal=True,
        ),
        Subject(
            "products",
            _api_face(PRODUCT, PRODUCT_ONLY_API),
            ("productId",),
            imports=True,
            calls=True,
            needs="Products: read and write; Imports: read and write",
        ),
        Subject(
            "purchases",
            _api_face(PURCHASE, PURCHASE_ONLY_API, optional=("totalQuantity",)),
            ("purchaseId",),
            imports=False,
            calls=True,
            needs="Purchases, Contacts and Products: read and write",
            personal=True,
        ),
        Subject(
            "coupons",
            Entity("coupon", "A code of a coupon set.", 360021556540, (COUPON_CODE,)),
            ("code",),
            imports=True,
            calls=False,
            needs="Coupon sets: read; Imports: read and write",
        ),
    )
}
