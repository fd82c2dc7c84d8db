"""Each source that a plan takes at a place read by the build gives its value there."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import pytest

from connectif_kit.reference.sources import BUILD, PLACES, STORE, Place, refusal
from tests.tools import Cli

SOURCES: dict[str, dict[str, Any]] = {
    "literal": {"literal": "v"},
    "path": {"path": "v"},
    "template": {"template": "{v}"},
    "selector": {"selector": "#v"},
    "meta": {"meta": "v"},
    "page": {"page": "path", "map": {"/p/1": "v", "/": "v"}},
    "first_of": {"first_of": [{"literal": ""}, {"literal": "v"}]},
}
"""Those that need no browser; `test_the_others_are_refused` holds that there are no more."""
JSON_LD = {"@context": "https://schema.org", "@type": "Product", "sku": "1", "v": "v", "name": "Mug"}
PAGE = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title>
<meta name="v" content="v"><script type="application/ld+json">{json.dumps(JSON_LD)}</script></head>
<body><p id="v">v</p></body></html>
"""
IN_BUILD = {place.name: place for place in PLACES if place.face == BUILD}


def label(cli: Cli) -> object:
    """What `inject` writes into the page."""
    assert cli("build").code < 2
    assert cli("inject", "public").code < 2
    text = (cli.cwd / "public/index.html").read_text()
    return "v" if '<div class="cn_page_category" style="display:none">v</div>' in text else text


def product_name(cli: Cli) -> object:
    """What `feed` says of the product."""
    done = cli("feed", "--format", "csv", "public")
    [row] = csv.DictReader(io.StringIO(done.stdout))
    return row["name"]


READ: dict[str, Callable[[Cli], object]] = {
    "a page's label": label,
    "catalog.fields, a file": product_name,
    "catalog.fields, pages": product_name,
}


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("place", IN_BUILD.values(), ids=list(IN_BUILD))
def test_a_source_that_is_taken_at_a_place_works_there(cli: Cli, place: Place, source: str) -> None:
    if refusal(place, SOURCES[source]):
        assert (place.name, source) in REFUSED
        return
    for path in ("index.html", "p/1/index.html"):
        (cli.cwd / "public" / path).parent.mkdir(parents=True, exist_ok=True)
        (cli.cwd / "public" / path).write_text(PAGE if path != "index.html" or "label" in place.name else "")
    (cli.cwd / "products.csv").write_text("sku,v\n1,v\n")
    (cli.cwd / "connectif.yaml").write_text(json.dumps({"store": STORE, **place.plan(SOURCES[source])}))
    assert READ[place.name](cli) == "v"


REFUSED = {
    ("a page's label", "path"),
    ("a page's label", "template"),
    *(("catalog.fields, a file", name) for name in ("selector", "meta", "page")),
}


def test_the_others_are_refused() -> None:
    from connectif_kit.plan.sources import SOURCES as KINDS
    from connectif_kit.reference.sources import example

    others = [kind for name, kind in KINDS.items() if name not in SOURCES]
    assert len(others) > 5
    assert [
        (kind.NAME, place.name)
        for kind in others
        for place in IN_BUILD.values()
        if not refusal(place, example(kind))
    ] == []


def test_every_place_of_the_build_is_read_here() -> None:
    assert set(READ) == set(IN_BUILD)
