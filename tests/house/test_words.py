"""`explain` knows every word: the plan's keys and values, all ids, and what the reference writes as code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from connectif_kit.cli import app
from connectif_kit.cli._completing import everything
from connectif_kit.plan.schema import schema
from connectif_kit.reference import pages
from tests.tools import Cli

OF_OTHERS = frozenset(
    [
        "Content-Type",
        "NaN",
        "_config.yml",
        "class",
        "connect-src",
        "_headers",
        "firebase.json",
        "netlify.toml",
        "staticwebapp.config.json",
        "vercel.json",
        "script-src",
        "data-",
        "href",
        "importScripts",
        "nomodule",
        "null",
        "true",
        "false",
        "undefined",
        "window",
        "public",
    ]
)
"""Words of HTML, HTTP, JavaScript, YAML and of site generators."""
EXAMPLES = frozenset(
    [
        "cafe-ole",
        "café",
        "cn-cart",
        "cn_product_visit",
        "CN_Cart",
        "es",
        "pt-BR",
        "lines.0.sku",
        "price.amount",
        "shop.user",
        "window.cn",
        "window.connectif",
    ]
)
"""Values and mistakes that explanations show."""
IN_PYTHON = "reference/python.md"
"""Is about names of a program, which says itself what they are."""


def of_schema(node: Any) -> Iterator[str]:
    """Every key of a plan, and every word that one of them takes."""
    for inner in node if isinstance(node, list) else node.values() if isinstance(node, dict) else ():
        yield from of_schema(inner)
    if isinstance(node, dict):
        yield from node["properties"] if isinstance(node.get("properties"), dict) else ()
        words = node["enum"] if isinstance(node.get("enum"), list) else [node.get("const")]
        yield from (word for word in words if isinstance(word, str))


def of_reference() -> Iterator[str]:
    """Every word that stands as code in a generated page."""
    for name, text in pages().items():
        if name != IN_PYTHON:
            yield from re.findall(r"`([A-Za-z_][\w.-]*)`", re.sub(r"(?ms)^```.*?^```", "", text))


def test_every_word_of_the_plan_and_of_the_reference_is_explained() -> None:
    known = everything(app)
    words = {*of_schema(schema()), *of_reference()}
    assert len(words) > 300
    assert sorted(words - known.keys() - OF_OTHERS - EXAMPLES) == []


def test_what_counts_as_a_word_of_others_is_in_use_and_not_ours() -> None:
    assert (OF_OTHERS | EXAMPLES) - set(of_reference()) == set()
    assert (OF_OTHERS | EXAMPLES) & everything(app).keys() == set()


def test_commands_dotted_keys_and_values_are_explained(cli: Cli) -> None:
    said = {
        "inject": "inject: a command",
        "consent.cookie": "integration.consent.cookie: a setting",
        "subscribed": "subscribed: a value of",
        "leftAlone": "a name in the report for programs",
        "off": "off: a value of audit.rules",
        "CONNECTIF_KIT_PARSER": "chooses",
    }
    for word, text in said.items():
        assert text in cli("explain", word).stdout, word
