"""The facts hold together: names, examples, both ends of each reference, JSON on both faces."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectif_kit.vocabulary import ENTITIES, EVENTS, PAGE_KINDS, TAGS, article
from connectif_kit.vocabulary.kinds import (
    BOOLEAN,
    DATE,
    DATETIME,
    DECIMAL,
    EMAIL,
    INTEGER,
    OBJECT_ID,
    PHONE,
    TIMESTAMP,
    URL,
    Kind,
)
from connectif_kit.vocabulary.model import Entity, Event, Field, Record, Tag, to_json

PRODUCT, LINE, CART = ENTITIES["product"], ENTITIES["product_basket_item"], ENTITIES["cart"]
PURCHASE, CONTACT = ENTITIES["purchase"], ENTITIES["contact"]
WITH_AN_ENTITY = [tag for tag in TAGS.values() if tag.entity]


def every_entity() -> list[Entity]:
    return [*ENTITIES.values(), *(tag.entity for tag in WITH_AN_ENTITY if tag.entity)]


def every_field() -> Iterator[tuple[str, Field]]:
    for entity in every_entity():
        yield from ((f"{entity.name}.{field.name}", field) for field in (*entity.fields, *entity.api_only))
    for tag in TAGS.values():
        if tag.label:
            yield tag.css_class, tag.label
    for event in EVENTS.values():
        yield from ((f"{event.type}.{field.name}", field) for field in event.fields)


def test_the_vocabulary_is_complete() -> None:
    """What the issue and the help centre name; a lost file would be noticed here."""
    assert set(TAGS) == {
        *(
            "cn_client_info",
            "cn_cart",
            "cn_purchase",
            "cn_product_visited",
            "cn_product_searched",
            "cn_search",
        ),
        *("cn_login", "cn_register", "cn_newsletter_subscribe", "cn_page_category", "cn_page_tag"),
        *("cn_product_not_found", "cn_banner_placeholder", "cn_private_client_info"),
    }
    assert set(EVENTS) == {
        *("page-visit", "product-visited", "purchase", "search", "login", "register", "newsletter-subscribe"),
        *("custom", "form-submitted", "product-searched", "product-not-found"),
    }


@pytest.mark.parametrize("face", ["name", "html", "js", "api", "ga4"])
@pytest.mark.parametrize("entity", every_entity(), ids=lambda entity: entity.name)
def test_no_two_properties_of_an_entity_share_a_name_on_a_face(entity: Entity, face: str) -> None:
    names = Counter(getattr(field, face) for field in (*entity.fields, *entity.api_only))
    assert [name for name, count in names.items() if name and count > 1] == []


@pytest.mark.parametrize(
    ("where", "field"), list(every_field()), ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_propertys_example_is_one(where: str, field: Field) -> None:
    assert field.doc.endswith("."), where
    assert field.name, where
    examples = field.example if isinstance(field.example, tuple) else (field.example,)
    assert [field.fault(example) for example in examples if example] == [""] * len([e for e in examples if e])
    assert all(len(example) <= field.max_length for example in examples if field.max_length)
    assert all(float(example) <= field.maximum for example in examples if field.maximum)
    if field.required and not isinstance(field.kind, Entity):
        assert field.example or field.kind.name == "mapping", where


@pytest.mark.parametrize("word", [*TAGS.values(), *EVENTS.values()], ids=lambda word: word.doc[:20])
def test_every_tag_and_event_says_what_it_is_and_where_it_was_read(word: Tag | Event) -> None:
    assert word.doc.endswith(".")
    assert article(word.article).startswith("https://support.connectif.ai/hc/en-us/articles/")
    assert word.article > 10**11


def test_each_tag_names_its_event_and_each_event_its_tag() -> None:
    assert {tag.css_class: tag.event for tag in TAGS.values() if tag.event} == {
        event.tag: event.type for event in EVENTS.values() if event.tag
    }


def test_page_kinds_named_by_tags_exist_and_nothing_retired_is_asked_for() -> None:
    for tag in TAGS.values():
        assert set(tag.pages) <= {"*", *PAGE_KINDS}, tag.css_class
        assert set(tag.required_on) <= set(PAGE_KINDS), tag.css_class
        assert "*" in tag.pages or set(tag.required_on) <= set(tag.pages), tag.css_class
        assert not (tag.retired and tag.required_on), tag.css_class
        assert not (tag.retired and tag.event and not EVENTS[tag.event].retired), tag.css_class


def test_what_every_page_of_a_kind_must_carry() -> None:
    required = {
        kind: {tag.css_class for tag in TAGS.values() if kind in tag.required_on} for kind in PAGE_KINDS
    }
    assert {kind: tags for kind, tags in required.items() if tags} == {
        "category": {"cn_page_category"},
        "product": {"cn_product_visited"},
    }


def test_tags_of_one_visitor_are_known_as_such() -> None:
    public = {tag.css_class for tag in TAGS.values() if not (tag.personal or tag.retired)}
    assert public == {"cn_page_category", "cn_page_tag", "cn_product_visited"}
    assert {tag.css_class for tag in TAGS.values() if tag.one_shot} == {
        *("cn_login", "cn_register", "cn_newsletter_subscribe", "cn_purchase")
    }
    assert {tag.css_class for tag in TAGS.values() if tag.first_only} == {
        *("cn_client_info", "cn_cart", "cn_login", "cn_register", "cn_search", "cn_newsletter_subscribe")
    }


# The map of the names, from the HTML class to JavaScript's and the HTTP API's, written out once more
# here: a slip in the vocabulary would be a slip in everything that is made from it.
NAMES = {
    "product": """
        url productDetailUrl productDetailUrl
        product_id productId productId
        name name name
        unit_price unitPrice unitPrice
        description description description
        image_url imageUrl imageUrl
        thumbnail_url thumbnailUrl thumbnailUrl
        availability availability availability
        category categories categories
        tag tags tags
        brand brand brand
        review_count reviewCount reviewCount
        rating_value rating rating
        rating_count ratingCount ratingCount
        related_external_product_id relatedExternalProductIds relatedExternalProductIds
        priority priority priority
        unit_price_original unitPriceOriginal unitPriceOriginal
        unit_price_without_vat unitPriceWithoutVAT unitPriceWithoutVAT
        discounted_percentage discountedPercentage discountedPercentage
        discounted_amount discountedAmount discountedAmount
        published_at publishedAt publishedAt
        custom_field_1 customField1 customField1
        custom_field_2 customField2 customField2
        custom_field_3 customField3 customField3
        - - inStockUnits
        - - isBlacklisted
    """,
    "cart": """
        cart_id cartId cartId
        total_quantity totalQuantity totalQuantity
        total_price totalPrice totalPrice
        product_basket_item products products
        cart_recovery_url cartRecoveryUrl -
    """,
    "purchase": """
        purchase_id purchaseId purchaseId
        total_quantity totalQuantity totalQuantity
        total_price totalPrice totalPrice
        product_basket_item products products
        cart_id cartId cartId
        purchase_date purchaseDate purchaseDate
        payment_method paymentMethod paymentMethod
        source_type source_type -
        source_name source_name -
        - - contactEmail
        - - contactExternalId
    """,
    "contact": """
        primary_key primaryKey _email
        _name _name _name
        _surname _surname _surname
        _newsletter_subscription_status _newsletterSubscriptionStatus _newsletterSubscriptionStatus
        _birthdate _birthdate _birthdate
        _mobilePhone _mobilePhone _mobilePhone
        _email_status _emailStatus _emailStatus
        _mobilePhoneStatus _mobilePhoneStatus _mobilePhoneStatus
        _smsSubscriptionStatus _smsSubscriptionStatus _smsSubscriptionStatus
        _points _points _points
        _externalId - _externalId
        tracker_id trackerId -
    """,
}


@pytest.mark.parametrize("entity", NAMES)
def test_the_names_are_the_documented_ones(entity: str) -> None:
    fields = (*ENTITIES[entity].fields, *ENTITIES[entity].api_only)
    found = [f"{field.html or '-'} {field.js or '-'} {field.api or '-'}" for field in fields]
    assert found == [" ".join(line.split()) for line in NAMES[entity].strip().splitlines()]


REQUIRED = {
    "product": {"url", "product_id", "name", "unit_price"},
    "product_basket_item": {"quantity", "price", "url", "product_id", "name", "unit_price"},
    "cart": {"cart_id", "total_quantity", "total_price"},
    "purchase": {"purchase_id", "total_quantity", "total_price"},
    "contact": {"primary_key"},
    "page_info": set[str](),
}


@pytest.mark.parametrize("entity", ENTITIES)
def test_the_required_properties_are_the_documented_ones(entity: str) -> None:
    assert {field.html for field in ENTITIES[entity].fields if field.required} == REQUIRED[entity]
    lines = {field.html for field in ENTITIES[entity].fields if field.many and field.entity}
    assert set(ENTITIES[entity].example(full=False)) == REQUIRED[entity] | lines
    assert not any(field.required for field in ENTITIES[entity].api_only)


def test_a_basket_item_is_a_product_with_how_many_and_for_how_much() -> None:
    assert [field.html for field in LINE.fields] == ["quantity", "price", *(f.html for f in PRODUCT.fields)]


GOOD_AND_BAD: list[tuple[Kind, list[str], list[str]]] = [
    (
        DECIMAL,
        ["0", "12.50", "1234.5", "007"],
        ["12,50", "1.234,50", "€5", "5 €", "-1", ".5", "5.", "1e3", "", "٣"],
    ),
    (INTEGER, ["0", "3"], ["3.0", "-1", "3 units", "", "٣", "9" * 400]),
    (
        DATETIME,
        ["2026-01-15T10:20:30Z", "2026-01-15T10:20:30.430+01:00", "2026-01-15 10:20:30+0100", "2026-01-15"],
        [
            "15/01/2026",
            "2026-13-01",
            "20260115",
            "2026-W03-4",
            "1737000000000",
            "2026-01-15x10:20",
            "2026-1-5",
            "",
        ],
    ),
    (TIMESTAMP, ["2026-01-15T10:20:30Z", "1737000000000"], ["17370", "1737000000000000", "yesterday"]),
    (DATE, ["1988-11-02", "1988-11-02T00:00:00Z"], ["02/11/1988", "1988-02-30", "1988-11-02x", "19881102"]),
    (
        URL,
        ["https://shop.example/p/ñ?a=b#c", "http://localhost:1313/"],
        ["/p/mug", "shop.example", "https://a b", "javascript:alert(1)"],
    ),
    (
        EMAIL,
        ["ana@shop.example", "a.b+c@mail.shop.example"],
        ["ana", "ana@shop", "ana@@shop.example", "a b@shop.example", "@shop.example"],
    ),
    (PHONE, ["+34651234567", "651234567"], ["+34 651 234 567", "0034-651", "call me"]),
    (OBJECT_ID, ["64a0c1d2e3f4a5b6c7d8e9f0"], ["64a0c1d2e3f4a5b6c7d8e9f", "64a0c1d2e3f4a5b6c7d8e9fg"]),
    (BOOLEAN, ["true", "false"], ["yes", "1", "True"]),
]


@pytest.mark.parametrize(("kind", "good", "bad"), GOOD_AND_BAD, ids=lambda value: getattr(value, "name", ""))
def test_a_kind_takes_and_refuses(kind: Kind, good: list[str], bad: list[str]) -> None:
    assert [text for text in good if kind.fault(text)] == []
    assert [text for text in bad if not kind.fault(text)] == []
    assert all(kind.to_json(text) is not None for text in good)


@given(st.text(max_size=40))
def test_no_text_is_too_strange_for_a_kind(text: str) -> None:
    for kind, _, _ in GOOD_AND_BAD:
        if not kind.fault(text):
            json.dumps(kind.to_json(text), allow_nan=False)


def test_a_record_in_javascript() -> None:
    item: Record = {
        "quantity": "2",
        "price": "60.10",
        "product_id": "7",
        "unit_price": "30.05",
        "availability": "instock",
        "category": ("/Kitchen/Mugs", "/Gifts"),
        "published_at": "1737000000000",
    }
    cart: Record = {
        "cart_id": "0042",
        "total_quantity": "2",
        "total_price": "60.10",
        "product_basket_item": (item,),
    }
    assert json.dumps(to_json(CART, cart)) == json.dumps(
        {
            "cartId": "0042",
            "totalQuantity": 2,
            "totalPrice": 60.1,
            "products": [
                {
                    "quantity": 2,
                    "price": 60.1,
                    "productId": "7",
                    "unitPrice": 30.05,
                    "availability": "InStock",
                    "categories": ["/Kitchen/Mugs", "/Gifts"],
                    "publishedAt": "2025-01-16T04:00:00Z",
                }
            ],
        }
    )


def test_a_record_in_the_http_api() -> None:
    product: Record = {
        "product_id": "7",
        "availability": "OUTOFSTOCK",
        "unit_price": "25.00",
        "inStockUnits": "14",
        "isBlacklisted": "false",
    }
    assert to_json(PRODUCT, product, "api") == {
        "productId": "7",
        "availability": "outofstock",
        "unitPrice": 25,
        "inStockUnits": 14,
        "isBlacklisted": False,
    }
    assert to_json(PRODUCT, product) == {"productId": "7", "availability": "OutOfStock", "unitPrice": 25}


def test_what_a_face_lacks_is_left_out_and_custom_fields_keep_their_name() -> None:
    contact: Record = {
        "primary_key": "ana@shop.example",
        "tracker_id": "x",
        "_externalId": "u-7",
        "size": "XL",
        "interests": ("sport", "travel"),
    }
    custom = {"size": "XL", "interests": ["sport", "travel"]}
    assert to_json(CONTACT, contact, "api") == {"_email": "ana@shop.example", "_externalId": "u-7", **custom}
    assert to_json(CONTACT, contact) == {"primaryKey": "ana@shop.example", "trackerId": "x", **custom}


def test_dates_are_written_as_we_write_them() -> None:
    def sent(text: str) -> object:
        return to_json(PURCHASE, {"purchase_date": text})["purchaseDate"]

    assert sent("2026-01-15 10:20:30+0100") == "2026-01-15T10:20:30+01:00"
    assert sent("2026-01-15T10:20:30Z") == "2026-01-15T10:20:30Z"


def test_availability_in_any_case_and_other_words_as_they_are_spelt() -> None:
    availability = PRODUCT.by_html["availability"]
    assert [availability.fault(text) for text in ("InStock", "outofstock", "INSTOCK")] == ["", "", ""]
    assert availability.fault("in stock") == "one of InStock, OutOfStock"
    status = CONTACT.by_html["_newsletter_subscription_status"]
    assert [text for text in ("subscribed", "unsubscribed", "none") if status.fault(text)] == []
    assert status.fault("Subscribed") == "one of subscribed, unsubscribed, none"


prices = st.decimals(min_value=0, max_value=10**9, places=2).map(str)


@given(prices, prices)
def test_a_price_survives_its_way_into_json(price: str, other: str) -> None:
    sent = json.loads(json.dumps(to_json(PRODUCT, {"unit_price": price, "unit_price_original": other})))
    assert [f"{sent['unitPrice']:.2f}", f"{sent['unitPriceOriginal']:.2f}"] == [price, other]


JSON_TYPES = {"number": (int, float), "integer": (int,), "string": (str,)}


@pytest.mark.parametrize("face", ["js", "api"])
@pytest.mark.parametrize("entity", ENTITIES.values(), ids=lambda entity: entity.name)
def test_the_example_of_an_entity_becomes_the_json_its_kinds_promise(entity: Entity, face: str) -> None:
    sent = to_json(entity, entity.example(), face)
    for field in entity.fields:
        name = getattr(field, face)
        if not name or name not in sent or isinstance(field.kind, Entity):
            continue
        first = sent[name]
        one = first[0] if isinstance(first, list) else first
        assert type(one) in JSON_TYPES[str(field.kind.schema["type"])], name
        assert isinstance(first, list) == field.many, name
