"""A key of the catalogue that nothing would read."""

from __future__ import annotations

from collections.abc import Iterator

from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say
from connectif_kit.plan.check import Problem, check
from connectif_kit.plan.models import PAGE_DATA, Plan

_FOR_FILES = ("preset", "where", "combinations", "vat", "currency", "rates")


@check(
    Severity.ERROR,
    bad="catalog: {source: json-ld, where: {Vendor: Acme}}",
    good="catalog: {source: products.csv, where: {Vendor: Acme}}",
)
def misplaced_key(plan: Plan) -> Iterator[Problem]:
    """A key under `catalog` that nothing would read where it stands.

    `preset`, `where`, `combinations`, `vat`, `currency` and `rates` are for catalogue files; `variants`
    needs a preset, `combinations` and `vat` that of PrestaShop.
    """
    catalog = plan.catalog
    given = [name for name in _FOR_FILES if getattr(catalog, name) not in (None, {})]
    if catalog.source in PAGE_DATA:
        for name in given:
            yield _at(
                name,
                say("`{name}` is for a catalogue file; these products are read from the pages", name=name),
            )
    elif given and catalog.source is None:
        message = say("`{given}` is for a catalogue file, and `source` names none", given=given[0])
        yield _at(given[0], message, say("add `source: products.csv`"))
    if catalog.variants != "each" and catalog.preset is None:
        yield _at(
            "variants", say("`variants` needs a `preset`: it says which rows are variants of one product")
        )
    if catalog.vat is not None and catalog.preset != "prestashop":
        yield _at("vat", say("`vat` is for `preset: prestashop`, whose prices may be without taxes"))
    if catalog.combinations is not None and catalog.preset != "prestashop":
        yield _at("combinations", say("`combinations` is for `preset: prestashop`, which has them in a file"))


def _at(name: str, message: str, hint: str = "") -> Problem:
    return Problem(("catalog", name), message, hint, at_value=False)
