"""The preview shows a page as `inject` leaves it and judges it as `audit` does."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from connectif_kit.build import render
from connectif_kit.cli import run
from connectif_kit.cli._terminal import load_plan
from connectif_kit.page.excerpt import line_of
from connectif_kit.plan.loaded import LoadedPlan
from connectif_kit.plan.workspace import module_reader
from connectif_kit.preview.page_report import audited, findings, page_report
from connectif_kit.preview.state import Preview

PLAN = """
store: {id: 9d1f8a52-7c1b-4a54-8f43-2a6a3de1c0aa, environment: eu5, url: "https://mugs.example"}
catalog: {source: products.csv}
pages:
  product: {match: "/p/*", product: catalog}
"""


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "connectif.yaml").write_text(PLAN)
    (tmp_path / "products.csv").write_text(
        "product_id,name,unit_price,url\nmug,Mug,12.50,https://mugs.example/p/mug/\n"
    )
    pages = {
        "p/mug/index.html": "<!doctype html><html><head></head><body><h1>Mug</h1></body></html>",
        "row.html": "<li>Mug</li>",
        "amp.html": "<!doctype html><html amp><head></head><body><h1>Mug</h1></body></html>",
        "google0123456789abcdef.html": "google-site-verification: google0123456789abcdef.html",
    }
    for name, html in pages.items():
        file = tmp_path / "public" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(html)
    return tmp_path


def preview(shop: Path) -> Preview:
    def read() -> tuple[LoadedPlan, dict[str, str]]:
        loaded, folder = load_plan(shop / "connectif.yaml")
        return loaded, render(loaded, module_reader(folder))

    made = Preview(shop / "connectif.yaml", shop / "public", "token", read, line_of)
    made.reload()
    return made


def test_an_edited_block_is_shown_as_it_lies_and_judged_so(shop: Path) -> None:
    run(["inject"])
    file = shop / "public/p/mug/index.html"
    assert findings(preview(shop), "/p/mug/") == []
    file.write_text(file.read_text().replace("12.50", "12,50"))
    assert told(shop) == {"edited-block", "decimal-comma"}
    sent = preview(shop).page(str(file), file.read_bytes(), "/p/mug/")
    assert b"12,50" in sent.data
    assert [note.rule for note in sent.notes] == ["edited-block"]


@pytest.mark.parametrize("name", ["row.html", "amp.html", "google0123456789abcdef.html"])
def test_what_takes_no_integration_is_sent_as_it_lies(shop: Path, name: str) -> None:
    data = (shop / "public" / name).read_bytes()
    assert preview(shop).page(name, data, f"/{name}").data == data


def injected(shop: Path) -> Path:
    """The product's page with its integration on the disk."""
    run(["inject"])
    return shop / "public/p/mug/index.html"


def told(shop: Path) -> set[str]:
    return {one["rule"] for one in findings(preview(shop), "/p/mug/")}


BEGIN = "<!-- connectif-kit:begin body"
END = "<!-- connectif-kit:end body -->"


def _block(text: str) -> str:
    return text[text.index(BEGIN) : text.index(END) + len(END)]


DAMAGES: dict[str, tuple[Callable[[str], str], str]] = {
    "pasted twice": (lambda text: text.replace("<h1>", f"{_block(text)}<h1>"), "stale"),
    "moved": (lambda text: text.replace(_block(text), "").replace("</h1>", f"</h1>{_block(text)}"), "stale"),
    "in a template": (
        lambda text: text.replace(_block(text), f"<template>{_block(text)}</template>"),
        "stale",
    ),
    "one mark without its blank": (lambda text: text.replace(BEGIN, BEGIN.replace(" c", "c")), "broken"),
    "all marks without blanks": (
        lambda text: text.replace("<!-- connectif", "<!--connectif").replace(" -->", "-->"),
        "broken",
    ),
    "an end in capitals": (lambda text: text.replace("end body", "END body"), "broken"),
    "no beginning": (lambda text: re.sub(f"{BEGIN} [0-9a-f]+ -->", "", text), "broken"),
    "no end": (lambda text: text.replace(END, ""), "broken"),
    "a digest cut off": (lambda text: re.sub(f"({BEGIN} [0-9a-f]{{6}})[0-9a-f]+", r"\1", text), "broken"),
    "minified again": (lambda text: re.sub(r">\s+<", "><", text), "edited"),
    "emptied": (
        lambda text: re.sub(f"({BEGIN} [0-9a-f]+ -->).*({END})", r"\1\2", text, flags=re.DOTALL),
        "edited",
    ),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damaged_block_is_shown_beside_what_inject_would_write(shop: Path, name: str) -> None:
    file = injected(shop)
    damage, state = DAMAGES[name]
    before = file.read_text()
    file.write_text(damage(before))
    assert file.read_text() != before
    found, block, _ = audited(preview(shop), "/p/mug/")
    assert {"stale": "stale-integration", "broken": "broken-mark", "edited": "edited-block"}[state] in {
        one["rule"] for one in found
    }
    assert block
    assert block["state"] == state
    assert {sign for sign, _ in block["lines"]} & {"-", "+"}
    added = [text for sign, text in block["lines"] if sign == "+"]
    as_it_was = [text for text in added if text[:40] in before]
    assert as_it_was == added or name == "in a template", "the template stays, and is empty"


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_other_newlines_are_no_edit(shop: Path, newline: str) -> None:
    file = injected(shop)
    file.write_bytes(file.read_bytes().replace(b"\n", newline.encode()))
    assert "edited-block" not in told(shop)


def test_the_diff_of_a_long_minified_line_shows_where_it_differs(shop: Path) -> None:
    file = injected(shop)
    long = f"<script>{'const a=1;' * 40_000}</script>"
    file.write_text(file.read_text().replace(END, f"{long}\n{END}"))
    _, block, _ = audited(preview(shop), "/p/mug/")
    assert block
    assert max(len(text) for _, text in block["lines"]) < 700
    file.write_text(file.read_text().replace("client-script", "client-scripts"))
    _, block, _ = audited(preview(shop), "/p/mug/")
    assert block
    assert any(sign == "-" and "client-scripts" in text for sign, text in block["lines"])


def test_an_include_of_build_is_no_broken_mark(shop: Path) -> None:
    run(["build"])
    file = shop / "public/p/mug/index.html"
    loader = (shop / "connectif/loader.html").read_text()
    file.write_text(file.read_text().replace("<h1>", f"{loader}<h1>"))
    run(["inject"])
    assert "cn_product_visited" in file.read_text()
    assert told(shop) == set()


WORKER = "service_worker: {path: /service-worker.js}\n"


@pytest.mark.parametrize(
    ("name", "edit", "rule", "shown"),
    [
        ("connectif/connectif-events.min.js", lambda text: f"{text};alert(1)", "stale-integration", True),
        ("connectif/connectif-events.min.js", lambda _: "", "stale-integration", False),
        ("connectif/connectif-events.min.js", None, "missing-dispatcher-file", False),
        ("service-worker.js", lambda text: f"{text}\nedited();", "stale-integration", True),
        ("service-worker.js", lambda _: "", "worker-without-push", False),
        ("service-worker.js", None, "missing-worker", False),
    ],
)
def test_the_files_of_an_injected_page_are_judged_as_they_lie(
    shop: Path, name: str, edit: Callable[[str], str] | None, rule: str, *, shown: bool
) -> None:
    plan = shop / "connectif.yaml"
    plan.write_text(plan.read_text() + WORKER)
    injected(shop)
    assert told(shop) == set()
    file = shop / "public" / name
    if edit:
        file.write_text(edit(file.read_text()))
    else:
        file.unlink()
    found, _, files = audited(preview(shop), "/p/mug/")
    assert {one["rule"] for one in found} == {rule}
    assert [one["path"] for one in files] == [f"/{name}"] * shown


def test_files_of_a_page_that_was_not_injected_yet_are_those_that_inject_would_write(shop: Path) -> None:
    injected(shop)
    (shop / "public/connectif/connectif-events.min.js").write_text("/* connectif-kit; content 0 */ old()")
    run(["build"])
    page = shop / "public/p/mug/index.html"
    page.write_text("<!doctype html><html><head></head><body><h1>Mug</h1></body></html>")
    assert told(shop) == set()


def without_comments(file: Path) -> None:
    file.write_text(re.sub("<!--.*?-->", "", file.read_text(), flags=re.DOTALL))


def test_a_page_whose_marks_a_minifier_took_is_held_against_plan_and_catalogue(shop: Path) -> None:
    without_comments(injected(shop))
    assert told(shop) == set()
    data, plan = shop / "products.csv", shop / "connectif.yaml"
    data.write_text(data.read_text().replace("12.50", "15.75"))
    assert told(shop) == {"contradicted-catalogue"}
    plan.write_text(plan.read_text() + 'events: {n: {on: {click: "h1"}, send: custom, alias: x}}\n')
    assert told(shop) == {"contradicted-catalogue", "stale-integration"}


def test_a_policy_that_the_host_is_told_to_send_is_shown(shop: Path) -> None:
    (shop / "vercel.json").write_text(
        '{"headers": [{"source": "/p/(.*)", "headers": [\n'
        '{"key": "Content-Security-Policy", "value": "script-src \'self\'"}]}]}'
    )
    found = [one for one in findings(preview(shop), "/p/mug/") if one["rule"] == "csp-header-blocks-client"]
    assert {one["place"] for one in found} == {"vercel.json:2:1"}


def test_a_page_whose_address_browsers_encode_is_judged_like_any_other(shop: Path) -> None:
    page = shop / "public/p/café crème/index.html"
    page.parent.mkdir()
    page.write_text(
        "<!doctype html><html><head></head><body><div class='cn_product_visited'></div></body></html>"
    )
    said = '{"path": "/p/caf%C3%A9%20cr%C3%A8me/", "load": "1", "tags": []}'
    report = page_report(preview(shop), said.encode())
    assert report["name"] == "product"
    assert report["findings"]
