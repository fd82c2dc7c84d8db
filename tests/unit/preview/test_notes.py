"""Notes beside a request: said in every language, kept in an exported session, and never more than a text."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from connectif_kit.core.language import named
from connectif_kit.core.messages import Message
from connectif_kit.core.templates import BUNDLED
from connectif_kit.preview.kept import kept_back
from connectif_kit.preview.notes import notes, understood

SPANISH, PORTUGUESE = named("es"), named("pt-br")
LOST = ["{name} is missing", {"name": "`cart_id`"}, "", 0]
DROPPED = ["{name} dropped: {why}", {"name": "`cn_cart`", "why": LOST}, "", 0]


def told(note: dict[str, Any]) -> dict[str, Any]:
    [made] = notes([note])
    return made


def test_what_the_client_drops_is_said_in_the_readers_language() -> None:
    made = told({"level": "error", "message": "`cn_cart` dropped: `cart_id` is missing", "said": DROPPED})
    assert made["message"] == "`cn_cart` dropped: `cart_id` is missing"
    assert SPANISH.all(made)["message"] == "`cn_cart` descartado: falta `cart_id`"


def test_an_exported_note_is_translated_after_its_import() -> None:
    exported = json.loads(json.dumps(told({"level": "error", "message": "", "said": DROPPED})))
    assert PORTUGUESE.all(told(exported))["message"] == "`cn_cart` descartado: falta `cart_id`"


@pytest.mark.parametrize(
    "said",
    [
        ["{name.__class__}", {"name": "x"}, "", 0],
        ["{name!r}", {"name": "x"}, "", 0],
        ["{name:>9999999}", {"name": "x"}, "", 0],
        ["{}", {"": "x"}, "", 0],
        ["{other}", {"name": "x"}, "", 0],
        ["{name", {"name": "x"}, "", 0],
        ["{name}", {"name": {}}, "", 0],
        ["{name}", {"name": "x" * 600}, "", 0],
        ["{name}", {"name": "x"}, "{name}", 3],
        "{name}",
        [[], {}, "", 0],
        [None],
    ],
)
def test_a_template_that_a_page_made_up_is_no_template(said: object) -> None:
    assert told({"level": "info", "message": "plain", "said": said})["message"] == "plain"


@pytest.mark.parametrize(
    ("english", "spanish"),
    [
        (
            "connectif.yaml:9:3: cart is left out, cart_id is missing: expected any text, got nothing in {}",
            "connectif.yaml:9:3: cart se omite, falta cart_id: se esperaba ",
        ),
        ('price is left out: expected a mug, got "x"', "price se omite: se esperaba mug, llegó"),
        (
            "connectif.yaml:9:3: view /p: sent page-visit after 9 ms; "
            "without product (nothing came in time): the page was still changing; "
            "search is left out (connectif.yaml:9:3): nothing was found",
            "connectif.yaml:9:3: vista /p: se envió page-visit a los 9 ms; "
            "sin product (no llegó nada a tiempo): la página aún estaba cambiando; "
            "search se omite (connectif.yaml:9:3): no se encontró nada",
        ),
        (
            "c.yaml:1:1: a reduced price above the regular one is taken as none, the next counts: 12",
            "c.yaml:1:1: un precio rebajado superior al normal se toma como ninguno",
        ),
        ("purchase-visited was not sent; c.yaml:1:1 requires it", "purchase-visited no se envió; c.yaml:1:1"),
        ("cart, search is left out: expected x", "cart, search is left out: expected x"),
    ],
)
def test_what_the_dispatcher_writes_to_the_console_is_understood(english: str, spanish: str) -> None:
    made = understood(english)
    assert made == english
    assert SPANISH.text(made).startswith(spanish)


def test_every_sentence_of_the_dispatcher_is_known() -> None:
    """Each text of its development part, with one choice for each value in it."""
    choices = {
        "form": "JSON",
        "why": "the visitor left",
        'lacks[1] ? "are" : "is"': "are",
        "expected": " in x",
    }
    code = (BUNDLED / "parts/dispatcher/development.js").read_text()
    texts = [one.replace("\\`", "`") for one in re.findall(r"`((?:[^`\\]|\\.)*)`", code)]
    texts += re.findall(r'warn\([\w.]+, "([^"]+)"', code)
    whole = [re.sub(r"\$\{([^}]*)\}", lambda found: choices.get(found[1], "x"), one) for one in texts]
    spoken = [
        one.removeprefix("connectif-kit: ") for one in whole if re.match("[a-z].*[a-z]{2,} [a-z]{2,}", one)
    ]
    assert len(spoken) >= 12
    assert [one for one in spoken if not isinstance(understood(one), Message)] == []


def test_a_request_that_was_kept_back_is_said_in_the_readers_language() -> None:
    [made] = notes(json.loads(kept_back("cdn.connectif.cloud", "x.js", "/"))["notes"])
    assert SPANISH.text(made["message"]).startswith("retenida en este equipo: una petición a https://cdn")
