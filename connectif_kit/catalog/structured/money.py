"""Which currency a price is in."""

from __future__ import annotations

from connectif_kit.catalog.price import currencies
from connectif_kit.core.messages import either


def currencies_of(text: str) -> frozenset[str]:
    """The currencies that `priceCurrency` may mean: a code, or a sign where a code should be."""
    code = text.strip().upper()
    if len(code) == 3 and code.isascii() and code.isalpha():
        return frozenset((code,))
    return currencies(text) or (frozenset((code,)) if code else frozenset())


def named_either(money: frozenset[str]) -> str:
    """Currencies as a message names them."""
    return either(sorted(money)[:3])
