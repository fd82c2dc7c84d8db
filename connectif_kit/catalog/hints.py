"""What would help where a text cannot be a property's value."""

from __future__ import annotations

from connectif_kit.catalog import convert
from connectif_kit.core.messages import Message, either, say
from connectif_kit.vocabulary.kinds import AMOUNT, DECIMAL
from connectif_kit.vocabulary.model import Field

MAX_SHOWN = 60


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
