"""What would help where a text cannot be a property's value."""

from __future__ import annotations

from connectif_kit.catalog import convert
from connectif_kit.core.messages import Message, either, say
from connectif_kit.vocabulary.kinds import AMOUNT, DECIMAL
from connectif_kit.vocabulary.model import Field

MAX_SHOWN = 60
DOUBTFUL = {
    "unit_price": say("correct the price, or leave such rows out with `catalog.where`"),
    "unit_price_original": say("it is left out; are the two columns exchanged?"),
    "unit_price_without_vat": say("it is left out; are the two columns exchanged?"),
    "discounted_percentage": say("it is left out"),
}
"""What to do about an amount that is doubtful, by property."""
LACKING = {"url": say("say where the pages are, such as `catalog: {url: /p/{product_id}/}`, or map a column")}
"""What to do where a property is missing."""


def cut(text: str) -> str:
    """The beginning of a long text."""
    return text if len(text) <= MAX_SHOWN else text[:MAX_SHOWN] + "…"


def hint_for(each: Field, key: str, text: str) -> str:
    """The conversion that would help."""
    text = text.removesuffix("?")
    if each.kind in (DECIMAL, AMOUNT) and convert.number(text) not in ("", text):
        return _declare(each, f"path: {key}, number: auto")
    if each.kind in (DECIMAL, AMOUNT) and convert.ambiguous(text):
        setting = f"{each.html}: {{path: {key}, number: comma}}"
        return say("say which sign is the decimal separator: `{setting}`", setting=setting)
    if each.choices:
        setting = _declare(each, f"path: {key}, map: {{{text[:20]}: …}}")
        return say("{declare}, with {words}", declare=setting, words=either(each.choices))
    return ""


def _declare(each: Field, keys: str) -> Message:
    return say("declare `{setting}`", setting=f"{each.html}: {{{keys}}}")
