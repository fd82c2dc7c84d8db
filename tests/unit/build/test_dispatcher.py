"""The rendered JavaScript as text: its language, its size, and that it holds what the plan uses."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from connectif_kit.build import render
from connectif_kit.build.dispatcher import dispatcher
from connectif_kit.build.minified import joined, name_shared
from connectif_kit.build.modules import module_expression
from connectif_kit.core.diagnostics import KitError, Place
from connectif_kit.plan.load import load
from tests.browser.shop import STORE, rendered, written
from tests.tools import ROOT, run

STARTER = ROOT / "templates" / "starter" / "connectif.yaml"
SCRIPTS = ("connectif-events.js", "connectif-events.min.js", "connectif-events.dev.js")
CART: dict[str, Any] = {"data_layer": ["add_to_cart", "view_cart"]}
EVERYTHING: dict[str, Any] = {
    "integration": {"consent": {"cookie": "ok", "value": "yes"}, "spa": True, "nonce": "n"},
    "catalog": {"url": "/p/{product_id}/", "source": "products.csv"},
    "pages": {
        "product": {"match": "/p/*"},
        "search": {"match": "/café", "search_text": {"query": "q", "map": {"a": "b"}, "number": "auto"}},
        "confirmation": {"match": "/done", "purchase": {"data_layer": "purchase"}},
    },
    "contact": {"cookie": "who", "fields": {"primary_key": "user.email", "club": "club", "langs": "langs"}},
    "cart": CART,
    "events": {
        "a": {"on": {"click": ["a, b", "c"]}, "send": "custom", "alias": {"meta": "x"}, "pages": ["product"]},
        "b": {"on": {"submit": "form"}, "send": "newsletter-subscribe", "email": {"selector": "input"}},
        "c": {"on": {"load": True}, "send": "login", "contact": {"detail": ""}},
        "d": {"on": {"data_layer": "view_item"}, "send": "product-visited", "pages": ["confirmation"]},
        "e": {"on": {"event": "x"}, "send": "custom", "alias": "x", "payload": {"m": {"module": "m.js"}}},
        "f": {
            "on": {"change": "select"},
            "send": "form-submitted",
            "form_id": "65b1d2e3f4a5b6c7d8e9f0a1",
            "primary_key_field": "email",
            "payload": {"n": {"global": "n", "levels": ">", "base": "https://x.y", "split": ","}},
        },
    },
    "service_worker": {"import": ["/own.js?a=1&b=2"]},
}
MODULES = {"m.js": "const x = /[`'\"]/;\nexport default async function (context) {\n  return `é${x}`;\n}\n"}
TAGS = {
    **EVERYTHING,
    "integration": {"activity": "client-tags", "auto_initialize": False, "consent": {"global": "a.b"}},
}
PLANS = {
    "empty": {},
    "everything": EVERYTHING,
    "client-tags": TAGS,
    "server-tags": {**TAGS, "integration": {"activity": "server-tags", "consent": {"event": "e"}}},
    "storage-consent": {"integration": {"consent": {"storage": "ok", "value": "</script>"}}},
    "starter": "starter",
}


def files(name: str) -> dict[str, str]:
    if name == "starter":
        return render(load("connectif.yaml", STARTER.read_bytes()), str)
    return rendered(PLANS[name], MODULES)  # type: ignore[arg-type]  # only the starter is not a mapping


def loader(made: dict[str, str]) -> str:
    found = re.search(r"<script[^>]*>(.*)</script>", made["loader.html"], re.DOTALL)
    assert found
    return found[1]


@pytest.mark.parametrize("name", PLANS)
def test_everything_is_es2019_in_ascii(name: str, tmp_path: Path, node_tool: Callable[[str], Path]) -> None:
    made = files(name)
    scripts = [made[script] for script in SCRIPTS] + [loader(made)]
    written = {
        f"{number}.js": text for number, text in enumerate([*scripts, made.get("service-worker.js", "")])
    }
    for path, text in written.items():
        assert text.isascii()
        (tmp_path / path).write_text(text)
    done = run(node_tool("acorn"), "--ecma2019", "--silent", *written, cwd=tmp_path)
    assert (done.code, done.stderr) == (0, "")


@pytest.mark.parametrize("name", PLANS)
def test_the_loader_may_stand_in_xhtml(name: str) -> None:
    script = loader(files(name))
    assert not re.search(r"[<&]|]]>", script)


def test_the_types_are_strict(tmp_path: Path, node_tool: Callable[[str], Path]) -> None:
    (tmp_path / "connectif-events.d.ts").write_text(rendered(EVERYTHING, MODULES)["connectif-events.d.ts"])
    (tmp_path / "good.ts").write_text(
        """import type { BasketItem, Cart, ConnectifKitEvent } from "./connectif-events";
const product = { productDetailUrl: "u", productId: "1", name: "n", unitPrice: 1 };
const line: BasketItem = { ...product, quantity: 1, availability: "InStock" };
const cart: Cart = { cartId: "c", products: [line] };
const name: ConnectifKitEvent = "b";
window.connectifKit?.send(name, { any: 1 });
window.connectifKit?.cart(cart);
window.connectifKit?.cart();
window.connectifKit?.contact({ primaryKey: "ana@shop.example", langs: ["es"] });
window.connectifKit?.pageVisit();
"""
    )
    strict = ("--strict", "--noEmit", "--exactOptionalPropertyTypes", "--pretty", "false")
    assert run(node_tool("tsc"), *strict, "good.ts", cwd=tmp_path).stdout == ""
    (tmp_path / "bad.ts").write_text(
        """import "./connectif-events";
window.connectifKit?.send("unknown");
window.connectifKit?.cart({ cartId: 1 });
window.connectifKit.pageVisit();
"""
    )
    found = run(node_tool("tsc"), *strict, "bad.ts", cwd=tmp_path).stdout
    assert re.findall(r"bad\.ts\((\d)", found) == ["2", "3", "4"]


# Measured, so that nothing grows unseen; the bar is 4 and 6 KB.
SIZES = {"empty": 2990, "starter": 4970, "everything": 10_570}


@pytest.mark.parametrize(("name", "limit"), SIZES.items())
def test_the_production_script_does_not_grow(name: str, limit: int) -> None:
    assert len(gzip.compress(files(name)["connectif-events.min.js"].encode(), 9)) <= limit


@pytest.mark.parametrize("name", PLANS)
def test_short_names_stand_for_what_the_long_ones_do(
    name: str, tmp_path: Path, node_tool: Callable[[str], Path]
) -> None:
    """Terser gives both the same names: each of them is bound where it was."""
    text = STARTER.read_bytes() if name == "starter" else written(PLANS[name]).encode()  # type: ignore[arg-type]  # as in `files`
    made = dispatcher(load("connectif.yaml", text), lambda path: MODULES[path])
    program = f"(($plan,$modules)=>{{{joined(made.parts(dev=False), made.features)}}})()"
    long = re.sub(r"\$([A-Za-z]\w*)", r"shared_\1", program.replace("\n", ""))
    for file, code in {"long.js": long, "short.js": name_shared(program)}.items():
        (tmp_path / file).write_text(code)
    terser = node_tool("terser")
    long, short = (
        run(terser, "--mangle", "--", file, cwd=tmp_path).stdout for file in ("long.js", "short.js")
    )
    assert len(short) > 1000
    assert short == long


@pytest.mark.parametrize("name", PLANS)
def test_production_has_no_trace_of_development(name: str) -> None:
    made = files(name)
    for script in ("connectif-events.js", "connectif-events.min.js"):
        body = made[script].partition("\n")[2]
        assert "console" not in body
        assert "connectif.yaml" not in body
        assert "expected" not in body
    assert "connectif.yaml" in made["connectif-events.dev.js"].partition("\n")[2]


SOURCES = {
    "query": "q",
    "storage": "k",
    "cookie": "c",
    "global": "g",
    "meta": "m",
    "attribute": "a",
    "detail": "d",
    "selector": "s",
    "data_layer": "l",
    "module": "m.js",
}


@pytest.mark.parametrize("source", SOURCES)
def test_a_source_brings_its_own_part_and_no_other(source: str) -> None:
    def parts(payload: dict[str, Any]) -> set[str]:
        event = {"on": {"manual": True}, "send": "custom", "alias": "x", "payload": payload}
        text = rendered({"events": {"e": event}}, MODULES)["connectif-events.js"]
        return set(re.findall(r"^  sources\.(\w+) = \(", text, re.MULTILINE))

    assert parts({source: {source: SOURCES[source]}}) == parts({}) | {source}


@pytest.mark.parametrize(
    ("source", "reads"),
    [
        ({"selector": "h1"}, True),
        ({"selector": "#input"}, True),
        ({"selector": "input + p"}, True),
        ({"selector": "input, p"}, True),
        ({"selector": "h1", "attribute": "id"}, False),
        ({"selector": "input[type=email]"}, False),
        ({"selector": "#news > input"}, False),
    ],
)
def test_what_reads_text_is_there_for_text_alone(source: dict[str, Any], reads: bool) -> None:
    event = {"on": {"manual": True}, "send": "custom", "alias": "x", "payload": {"p": source}}
    text = rendered({"events": {"e": event}})["connectif-events.js"]
    assert ("getComputedStyle" in text) is reads


def test_what_the_plan_does_not_use_is_not_there() -> None:
    text = rendered({})["connectif-events.js"]
    words = (
        "dataLayer",
        "MutationObserver",
        "pushState",
        "createElement",
        "item_id",
        "localStorage",
    )
    assert [word for word in words if word in text] == []
    everything = rendered(EVERYTHING, MODULES)["connectif-events.js"]
    assert all(word in everything for word in ("dataLayer", "MutationObserver", "pushState", "item_id"))


def test_the_worker_imports_the_vendors_script_and_the_plans() -> None:
    lines = rendered(EVERYTHING, MODULES)["service-worker.js"].splitlines()[1:]
    scripts = [
        json.loads(line[len("importScripts(") : -2]) for line in lines if line.startswith("importScripts")
    ]
    assert scripts == ["https://cdn.connectif.cloud/scripts/service-worker.js", "/own.js?a=1&b=2"]
    assert "service-worker.js" not in rendered({})


@pytest.mark.parametrize(
    "text",
    [
        "import x from 'y';\nexport default x;",
        "export const a = 1;\nexport default a;",
        "module.exports = 1;",
        "// export default 1\n'export default 2'",
        "export default 1;\nexport default 2;",
    ],
)
def test_a_module_that_is_more_than_one_function_is_refused(text: str) -> None:
    with pytest.raises(KitError, match=r"connectif.yaml:3:4: m\.js (imports or exports|has no)"):
        module_expression(text, Place("connectif.yaml", 3, 4), "m.js")


def test_a_module_may_speak_of_imports_in_texts_and_comments() -> None:
    text = (
        "/* import */\n// export const x\nconst t = 'export default';\nexport default () => `\nimport ${t}`\n"
    )
    assert module_expression(text, Place("p"), "m.js").startswith("(function () {")


def test_the_store_reaches_the_loader() -> None:
    script = loader(rendered({}))
    assert json.dumps(STORE["id"]) in script
    assert "/eu5/client-script/" in script
