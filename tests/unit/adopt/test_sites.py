"""`new --here` on sites as people build them: what once was guessed wrong, each as a kind."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tools import Cli
from tests.unit.adopt.sites import put
from tests.unit.adopt.test_adopt import KEY, html, plan_of, text_of

BUTTON = "<button>Add to cart</button>"


def clean(cli: Cli) -> None:
    """The plan as it was written, but for the store's id, ends in a clean audit."""
    path = cli.cwd / "connectif.yaml"
    text = path.read_text("utf-8").replace("3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11", KEY)
    path.write_text(text, "utf-8")
    for command in ("build", "inject", "audit"):
        done = cli(command)
        assert done.code == 0, done.stdout + done.stderr


def priced(name: str, price: str) -> str:
    """A product that nothing but its looks tells."""
    return html(name, f'<div class="text-2xl">{price}</div>{BUTTON}')


def test_a_price_is_known_by_its_looks(tmp_path: Path, cli: Cli) -> None:
    card = '<div class="card"><h3>{0}</h3><a href="/goods/{0}/">see</a><p>9.00 €</p></div>'
    put(
        tmp_path / "public",
        {
            "index.html": html("Shop"),
            "goods/mug/index.html": priced("Mug", "12,50 €"),
            "goods/jug/index.html": priced("Jug", "€8"),
            "kinds/pots/index.html": html("Pots", card.format("mug") + BUTTON),
            "about/index.html": html("About", "<p>Since 1999, with 12 people.</p>"),
        },
    )
    assert cli("new", "--here").code == 0
    plan = plan_of(tmp_path)
    assert plan.page_at("/goods/next/") == "product"
    assert [plan.kind_of(plan.page_at(path) or "") for path in ("/kinds/pots/", "/about/")] == ["content"] * 2
    assert "2 of 2 give a product" in text_of(tmp_path)
    clean(cli)
    assert '<span class="unit_price">12.50</span>' in (tmp_path / "public/goods/mug/index.html").read_text()


def test_a_price_that_stands_in_two_places_is_found_in_both(tmp_path: Path, cli: Cli) -> None:
    sizes = '<h3 class="line">Size</h3><p><label class="size">$75</label><label class="size">$90</label></p>'
    put(
        tmp_path / "public",
        {
            "index.html": html("Shop"),
            "goods/rose/index.html": html("Rose", f"<section>{sizes}</section>{BUTTON}"),
            "goods/lily/index.html": html("Lily", f"<section>{sizes}</section>{BUTTON}"),
            "goods/bar/index.html": html("Bar", f'<section><h3 class="line">$10.50</h3></section>{BUTTON}'),
        },
    )
    assert cli("new", "--here").code == 0
    assert "3 of 3 give a product" in text_of(tmp_path)
    clean(cli)
    prices = {
        name: (tmp_path / f"public/goods/{name}/index.html")
        .read_text()
        .split('"unit_price">')[1]
        .split("<")[0]
        for name in ("rose", "bar")
    }
    assert prices == {"rose": "75", "bar": "10.50"}


@pytest.mark.parametrize(
    ("files", "url"),
    [
        ({"CNAME": "www.tazas.es\n"}, "https://www.tazas.es"),
        ({"public/CNAME": "tazas.es"}, "https://tazas.es"),
        ({"public/robots.txt": "User-agent: *\nSitemap: https://tazas.es/sitemap.xml\n"}, "https://tazas.es"),
        (
            {"public/sitemap.xml": "<urlset><url><loc>https://tazas.es/</loc></url></urlset>"},
            "https://tazas.es",
        ),
        ({"package.json": '{"homepage": "https://tazas.es/t/"}'}, "https://tazas.es/t"),
        ({"package.json": '{"homepage": "https://github.com/a/tazas#readme"}'}, "https://shop.example"),
        ({"CNAME": "no host"}, "https://shop.example"),
    ],
)
def test_the_address_is_read_where_projects_say_it(
    tmp_path: Path, cli: Cli, files: dict[str, str], url: str
) -> None:
    put(tmp_path, {**files, "public/index.html": html("Shop")})
    assert cli("new", "--here").code == 0
    assert plan_of(tmp_path).store.url == url


@pytest.mark.parametrize("address", ["https://example.com/goods/{}/", "https://theme.dev/"])
def test_a_canonical_address_of_the_themes_is_none_of_the_products(
    tmp_path: Path, cli: Cli, address: str
) -> None:
    head = f'<link rel="canonical" href="{address}">'
    pages = {
        f"goods/{name}/index.html": priced(name, "$5").replace("</head>", f"{head.format(name)}</head>")
        for name in ("mug", "jug")
    }
    put(tmp_path / "public", {"index.html": html("Shop"), **pages})
    assert cli("new", "--here").code == 0
    assert "url: {page: path}" in text_of(tmp_path)


def test_a_category_is_called_by_what_the_platform_keeps_whole(tmp_path: Path, cli: Cli) -> None:
    def titled(title: str) -> str:
        return f"<!doctype html><html lang=en><title>{title}</title><body><p>x</p></body></html>"

    put(
        tmp_path / "public",
        {
            "index.html": titled("Shop"),
            "c/mugs/index.html": titled("Mugs – The shop of the harbour"),
            "c/jugs/index.html": titled("Jugs – The shop of the harbour"),
        },
    )
    assert cli("new", "--here").code == 0
    clean(cli)
    assert "cn_page_category" in (page := (tmp_path / "public/c/mugs/index.html").read_text("utf-8"))
    assert ">Mugs</div>" in page


def test_a_heading_that_is_the_same_everywhere_names_no_category(tmp_path: Path, cli: Cli) -> None:
    long = "A heading of more than twenty-five characters"
    put(
        tmp_path / "public",
        {
            "index.html": html("Shop"),
            "c/mugs/index.html": html("The shop", f"<h2>{long} one</h2>"),
            "c/jugs/index.html": html("The shop", f"<h2>{long} two</h2>"),
        },
    )
    assert cli("new", "--here").code == 0
    clean(cli)
    assert ">mugs</div>" in (tmp_path / "public/c/mugs/index.html").read_text("utf-8")


def test_many_products_beside_others_stay_one_pattern(tmp_path: Path, cli: Cli) -> None:
    button = '<button class="snipcart-add-item" data-item-id="{0}" data-item-name="{0}" data-item-price="3">'
    sold_out = {f"shop/gone-{n}/index.html": html(f"gone-{n}") for n in range(14)}
    names = [f"{'abcdefghij'[n % 10]}{n}" for n in range(30)]
    there = {f"shop/{name}/index.html": html(name, button.format(name)) for name in names}
    kinds = {f"shop/kinds/{n}/index.html": html(f"Kind {n}") for n in range(2)}
    put(tmp_path / "public", {"index.html": html("Shop"), **sold_out, **there, **kinds})
    assert cli("new", "--here").code == 0
    plan = plan_of(tmp_path)
    assert plan.page_at("/shop/new/") == "product"
    assert plan.kind_of(plan.page_at("/shop/gone-3/") or "") == "content"
    clean(cli)


def test_what_inject_once_wrote_is_no_evidence(tmp_path: Path, cli: Cli) -> None:
    put(
        tmp_path / "public",
        {"index.html": html("Shop"), **{f"goods/{n}/index.html": priced(n, "$5") for n in ("mug", "jug")}},
    )
    assert cli("new", "--here", "--store-id", KEY, "--environment", "eu3").code == 0
    first = text_of(tmp_path)
    assert [cli("build").code, cli("inject").code] == [0, 0]
    (tmp_path / "connectif.yaml").unlink()
    done = cli("new", "--here")
    assert "found: what `inject` once wrote" in done.stderr
    assert "cn_product_visited on" not in done.stderr
    plan = plan_of(tmp_path)
    assert (plan.store.id, plan.store.environment) == (KEY, "eu3")
    kept = [line for line in first.splitlines() if "product" in line]
    assert [line for line in text_of(tmp_path).splitlines() if "product" in line] == kept
    clean(cli)


def test_a_plan_from_before_the_build_is_written_again_unless_it_was_edited(tmp_path: Path, cli: Cli) -> None:
    put(tmp_path, {"hugo.toml": 'baseURL = "https://tazas.es"\n'})
    assert cli("new", "--here").code == 0
    put(tmp_path / "public", {"index.html": html("Shop"), "carrito/index.html": html("Carrito")})
    assert cli("new", "--here").code == 0
    assert plan_of(tmp_path).page_at("/carrito/") == "cart"
    assert cli("new", "--here").code == 2, "it is a plan for the built site now"


@pytest.mark.parametrize("change", [("version: 1", "# ours\nversion: 1"), ("match: /p/*", "match: /w/*")])
def test_an_edited_plan_is_left_alone(tmp_path: Path, cli: Cli, change: tuple[str, str]) -> None:
    put(tmp_path, {"hugo.toml": 'baseURL = "https://tazas.es"\n'})
    assert cli("new", "--here", "--environment", "eu5").code == 0
    path = tmp_path / "connectif.yaml"
    path.write_text(text_of(tmp_path).replace(*change), "utf-8")
    before = path.read_bytes()
    put(tmp_path / "public", {"index.html": html("Shop")})
    assert cli("new", "--here").code == 2
    assert path.read_bytes() == before


def test_a_document_that_react_hydrates_gets_the_lines_for_its_layout(tmp_path: Path, cli: Cli) -> None:
    script = "<script>self.__next_f=self.__next_f||[];self.__next_f.push([0])</script>"
    put(
        tmp_path,
        {
            "next.config.mjs": "export default {output: 'export'}",
            "package.json": '{"dependencies": {"next": "15"}, "scripts": {"build": "next build"}}',
            "src/app/layout.tsx": "",
            "out/index.html": html("Shop").replace("</body>", f"{script}</body>"),
        },
    )
    done = cli("new", "--here")
    assert 'in src/app/layout.tsx:\n  import { ConnectifLayout } from "../../connectif/jsx/' in done.stderr
    assert [line.strip() for line in done.stdout.splitlines()] == [
        "connectif-kit build --target jsx",
        "npm run build",
        "connectif-kit inject out",
        "connectif-kit audit out",
    ]


def test_jekylls_list_of_what_is_left_out_is_added_to(tmp_path: Path, cli: Cli) -> None:
    put(tmp_path, {"_config.yml": "exclude:\n  - Gemfile\nt:\n  lang: fr\n"})
    done = cli("new", "--here")
    assert "add to the list `exclude` in _config.yml: connectif, connectif.yaml" in done.stderr
    assert plan_of(tmp_path).store.language == "", "a language of something else"
