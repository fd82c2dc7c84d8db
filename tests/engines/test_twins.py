"""The starter's six products in sites that real generators build, with the generated includes."""

from __future__ import annotations

import html
import json
import shutil
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from connectif_kit.catalog import open_catalogue
from connectif_kit.page.html import decode, parse
from connectif_kit.plan.load import load
from connectif_kit.vocabulary.model import Record
from tests.tools import NODE_MODULES, ROOT, Cli, run

STARTER = ROOT / "templates/starter"
CATEGORIES = {"mugs": "Mugs", "plates": "Plates & <Bowls>"}
LEFT_TO_THE_KIT = {"discounted_amount"}
"""Properties that follow from others; a template does not work them out."""

Row = dict[str, str | list[str]]


@dataclass(frozen=True, slots=True)
class Twin:
    """A generator: the target, where the kit's output goes, where pages lie, the command that builds."""

    target: str
    output: str
    content: str
    built: str
    command: tuple[str, ...]


TWINS = {
    "hugo": Twin("hugo", "connectif", "content", "public", ("hugo", "--quiet")),
    "eleventy": Twin(
        "nunjucks",
        "src/_includes/connectif",
        "src",
        "_site",
        (str(NODE_MODULES / ".bin/eleventy"), "--quiet"),
    ),
    "jekyll": Twin(
        "liquid", "_includes/connectif", ".", "_site", ("jekyll", "build", "--quiet", "--disable-disk-cache")
    ),
    "pelican": Twin(
        "jinja2",
        "theme/templates/connectif",
        "content",
        "output",
        (sys.executable, "-m", "pelican", "-s", "pelicanconf.py", "--quiet", "--fatal", "warnings"),
    ),
}


def products() -> Iterator[tuple[str, Record]]:
    """Slug and record of each of the starter's products."""
    path = STARTER / "connectif.yaml"
    for record in open_catalogue(load(str(path), path.read_bytes()), STARTER).records:
        yield str(record["url"]).rstrip("/").rsplit("/", 1)[1], record


def front_matter(record: Record) -> Row:
    """A product as a site's author would note it, in words of their own."""
    named = {
        "title": "name",
        "sku": "product_id",
        "price": "unit_price",
        "old_price": "unit_price_original",
        "stock": "availability",
        "kinds": "category",
        "labels": "tag",
        "description": "description",
        "brand": "brand",
        "image": "image_url",
    }
    found = {own: record.get(name) for own, name in named.items()}
    return {own: [*map(str, v)] if isinstance(v, tuple) else str(v) for own, v in found.items() if v}


def pages() -> Iterator[tuple[str, str, Row]]:
    """Address, template and front matter of every page."""
    yield "", "base", {"title": "Barro & Loza", "description": "Pots & pans"}
    for slug, title in CATEGORIES.items():
        yield f"c/{slug}", "c", {"title": title}
    for slug, record in products():
        yield f"p/{slug}", "p", front_matter(record)


def write_pages(name: str, folder: Path) -> None:
    """The content, in the form that the generator reads."""
    for address, template, fields in pages():
        if name == "pelican":
            path = folder / f"{address.replace('/', '-') or 'index'}.html"
            text = _pelican_page(address, template, fields)
        else:
            more = {"layout": f"{template}.njk"} if name == "eleventy" else {}
            path = folder / (f"{address}.md" if address else "_index.md" if name == "hugo" else "index.md")
            text = f"---\n{json.dumps({**fields, **more}, ensure_ascii=False)}\n---\n"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def _pelican_page(address: str, template: str, fields: Row) -> str:
    own = {"save_as": f"{address}/index.html".lstrip("/"), "url": f"{address}/" if address else ""}
    metas: Mapping[str, str | list[str]] = {
        **fields,
        **own,
        "template": {"base": "page"}.get(template, template),
    }
    lines = (
        f'<meta name="{key}" content="{html.escape("|".join(v) if isinstance(v, list) else v)}">'
        for key, v in metas.items()
        if key != "title"
    )
    title = html.escape(str(fields["title"]))
    return f"<html><head><title>{title}</title>{''.join(lines)}</head><body><p>…</p></body></html>"


def tag_in(page: Path, css_class: str) -> list[dict[str, tuple[str, ...]]]:
    """Class → texts, for each tag of a class in a built page."""
    found = []
    for node in parse(decode(page.name, page.read_bytes())).select(f".{css_class}"):
        texts: dict[str, tuple[str, ...]] = {}
        for child in node.children:
            texts[child.classes[0]] = (*texts.get(child.classes[0], ()), child.text)
        found.append(texts or {"": (node.text,)})
    return found


def _is_recognised(cli: Cli, twin: Twin) -> None:
    """`new --here` finds the built pages, the shop's address, its product pages and their source."""
    plan, kept = cli.cwd / "connectif.yaml", cli.cwd / "connectif.yaml.kept"
    plan.rename(kept)
    done = cli("new", "--here")
    assert done.code == 0, done.stderr
    guessed = load(str(plan), plan.read_bytes()).plan
    kept.replace(plan)
    assert guessed.site.root == twin.built
    assert guessed.page_at("/p/next-product/") == "product"
    assert [guessed.page_at(f"/c/{slug}/") for slug in CATEGORIES] == ["category", "category"]
    assert guessed.page_at("/") == "home"
    assert "6 of 6 give a product" in done.stderr


@pytest.mark.parametrize("name", TWINS)
def test_a_site_of_this_generator_carries_every_tag_and_passes_the_audit(name: str, cli: Cli) -> None:
    twin, site = TWINS[name], cli.cwd
    shutil.copytree(ROOT / "tests/twins" / name, site, dirs_exist_ok=True)
    write_pages(name, site / twin.content)
    built = cli("build", "-o", twin.output, "--target", twin.target)
    assert built.code == 0, built.stderr
    assert shutil.which(twin.command[0]), f"no {twin.command[0]}: run scripts/test as root, which installs it"
    done = run(*twin.command, cwd=site)
    assert done.code == 0, done.stdout + done.stderr

    public = site / twin.built
    _is_recognised(cli, twin)
    for slug, record in products():
        wanted = {
            field: value if isinstance(value, tuple) else (value,)
            for field, value in record.items()
            if field not in LEFT_TO_THE_KIT
        }
        assert tag_in(public / f"p/{slug}/index.html", "cn_product_visited") == [wanted]
    for slug, title in CATEGORIES.items():
        assert tag_in(public / f"c/{slug}/index.html", "cn_page_category") == [{"": (title,)}]

    injected = cli("inject")
    assert injected.code == 0, injected.stderr
    audited = cli("audit")
    assert audited.code == 0, audited.stdout + audited.stderr
    (public / "p/tide-plate/index.html").write_text("<!doctype html><title>x</title><body>", "utf-8")
    assert "missing-tag" in cli("audit").stdout
