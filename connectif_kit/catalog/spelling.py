"""The many spellings of one value: names of columns, moments, availability, categories."""

from __future__ import annotations

import re
from datetime import datetime, tzinfo
from functools import cache, lru_cache

from connectif_kit.catalog import convert
from connectif_kit.catalog.values import Data
from connectif_kit.vocabulary.google_feed import AVAILABILITY, FEED_NAMES
from connectif_kit.vocabulary.kinds import DATETIME, DECIMAL
from connectif_kit.vocabulary.model import Entity, Field, Value

_FEED_PRICE = re.compile(r"([0-9]+(?:\.[0-9]+)?) ?[A-Z]{3}").fullmatch


_UNITS = re.compile(r"([-−])?([0-9]{1,12}(?:[.,][0-9]+)?)").fullmatch


_LETTERS = re.compile(r"[^0-9a-z]").sub
_LAST = re.compile("[/:#]").split


def address(store_url: str, text: str) -> str:
    """An address of the shop made absolute; one that begins with the shop's folder keeps it once."""
    store = store_url.rstrip("/")
    base = "/" + store.partition("://")[2].partition("/")[2]
    if text.startswith("/") and base != "/" and not text.startswith((base + "/", "//")):
        return store + text
    return convert.join(store, text)


@cache
def names_of(entity: Entity) -> dict[str, list[str]]:
    """Property → the spellings under which it is found where the plan does not say."""
    feed = FEED_NAMES if entity.name == "product" else {}
    faces = {f.html: (f.html, f.js, f.api, *feed.get(f.html, ()), f.ga4) for f in entity.fields}
    return {
        html: list(dict.fromkeys(spelt_alike(name) for name in names if name))
        for html, names in faces.items()
    }


def spelt_alike(key: str) -> str:
    """`Product ID`, `product_id` and `productId` are one name, `g:price` is `price`."""
    return _LETTERS("", key.lower().removeprefix("g:"))


def first_filled(data: Data, keys: list[str]) -> object:
    """What the first of several keys holds that holds anything."""
    return next((found for key in keys if (found := data.get(key)) not in (None, "")), None)


def plain_value(each: Field, found: object) -> object:
    """The forms that the platform itself maps: prices with a currency, lists joined by `|`."""
    if not isinstance(found, str):
        return found
    if each.kind is DECIMAL:
        price = _FEED_PRICE(found)
        return price[1] if price else found
    if each.many:
        return found.split("|")
    return found


def moment(text: str, time_zone: str, day_will_do: bool = False) -> str:
    """A faultless moment in ISO 8601 with its offset; empty where nothing says which it has.

    Milliseconds stay. Without a time zone, a day that will do is taken as its first moment in UTC.
    """
    if text.isdecimal():
        return text
    written = str(DATETIME.to_json(text))
    found = datetime.fromisoformat(written)
    if found.tzinfo is not None:
        return written
    if time_zone:
        return found.replace(tzinfo=_zone(time_zone)).isoformat()
    return f"{written}T00:00:00Z" if day_will_do and len(written) == 10 else ""


@lru_cache(maxsize=8)
def _zone(name: str) -> tzinfo:
    from zoneinfo import ZoneInfo

    return ZoneInfo(name)


def choice_of(each: Field, text: str) -> str:
    """A choice as we spell it; availability also in Google's and schema.org's words."""
    if each.html == "availability":
        return availability(text) or text
    return {choice.lower(): choice for choice in each.choices}.get(text.lower(), text)


@lru_cache(maxsize=256)  # few words, many products
def availability(text: str) -> str:
    """`https://schema.org/InStock`, `in stock`, `14` units → `InStock`; empty for an unknown word."""
    if units := _UNITS(text.strip()):
        return "OutOfStock" if units[1] or not units[2].strip("0.,") else "InStock"
    return AVAILABILITY.get(_LETTERS("", _LAST(text.strip().rstrip("/"))[-1].lower()), "")


@lru_cache(maxsize=10_000)  # a shop has few categories and many products
def all_led(paths: Value) -> tuple[str, ...]:
    """Categories, each led by `/`."""
    return tuple(_led(text) for text in paths if isinstance(text, str))


def _led(text: str) -> str:
    """A category's path led by `/`; Google's ` > ` parts levels, as on the platform."""
    if " > " in text:
        return convert.levels(text, ">")
    return text if text.startswith("/") else f"/{text}"
