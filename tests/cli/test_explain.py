"""`explain` knows every word of the kit; the demo runs."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from connectif_kit.core.templates import BUNDLED
from connectif_kit.explain import explanations
from connectif_kit.plan.locate import FILE
from connectif_kit.plan.models import PAGE_DATA
from connectif_kit.plan.schema import schema
from tests.tools import Cli


def test_explain_knows_every_word_and_hints_at_near_ones(cli: Cli) -> None:
    assert "360014651660" in cli("explain", "cn_cart").stdout
    assert "Bad:" in cli("explain", "missing-field").stdout
    unknown = cli("explain", "cn_carts")
    assert unknown.code == 2
    assert "did you mean `cn_cart`?" in unknown.stderr


def _names(node: object) -> Iterator[str]:
    """Every key that a JSON Schema describes."""
    inner = list(node.values()) if isinstance(node, dict) else node if isinstance(node, list) else []
    if isinstance(node, dict) and isinstance(node.get("properties"), dict):
        yield from node["properties"]
    for one in inner:
        yield from _names(one)


def test_every_key_and_word_of_the_plan_is_explained() -> None:
    known = explanations()
    assert set(_names(schema())) - set(known) == set()
    listed = [
        (BUNDLED / "starter" / FILE).read_text("utf-8"),
        (BUNDLED / "new" / f"{FILE}.j2").read_text("utf-8"),
    ]
    words = {word for text in listed for word in re.findall(r"[{, ]([a-z_]+): ", text)}
    columns = {"sku", "lines", "has", "mugs", "example", "counts"}
    assert {word for word in words if word not in known} - columns == set()
    assert set(PAGE_DATA) <= {
        name for name, texts in known.items() if "pages.<name>.product" in "".join(texts)
    }


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("match", ["pages.<name>.match"]),
        ("pages.match", ["pages.<name>.match"]),
        ("fields", ["catalog.fields", "{<source>: …, fields: …}"]),
        ("catalog", ["integration.catalog", "a section", "a value of pages.<name>.product", "source: data/"]),
        ("cart", ["a kind of page", "a section", "product_basket_item", "storage: shop.cart"]),
        ("import", ["service_worker.import"]),
        ("comma", ["a value of number"]),
        ("newsletter", ["a name of the shop's own"]),
    ],
)
def test_all_meanings_of_a_word_are_shown(cli: Cli, word: str, said: list[str]) -> None:
    done = cli("explain", word)
    assert done.code == 0
    assert [part for part in said if part not in done.stdout] == []


@pytest.mark.parametrize(
    "word",
    [
        *("consent", "integration.consent.withdrawn", "google", "ad_storage", "event", "path", "value"),
        *("module", "context", "mirror", "view_item", "add_to_cart", "item_id", "sign_up", "transaction_id"),
        *("nunjucks", "jsx", "hugo", "target", "targets", "preset", "presets", "woocommerce", "variants"),
        *("split", "first", "nth", "map", "levels", "number", "slug", "prefix", "base", "default"),
        *("error", "warning", "notice", "baseline", "shard", "sarif", "gitlab", "connectif-kit-disable"),
        *("productDetailUrl", "primaryKey", "dispatcher", "checklist", "stand-in", "mark", "suppression"),
    ],
)
def test_words_that_are_printed_or_written_are_explained(word: str) -> None:
    assert word in explanations()


def test_the_demo_runs_through(cli: Cli, tmp_path: Path) -> None:
    done = cli("demo", "--keep", str(tmp_path / "here"), env={"CONNECTIF_KIT_BROWSER": "no-browser-here"})
    assert done.code == 0, done.stderr
    assert "the demo ends before `verify`" in done.stderr
    assert "no findings" in done.stdout
    assert "What to do next" in done.stderr
