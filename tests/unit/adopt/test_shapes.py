"""`new --here` on shapes of public shops: prices by sight, pages without a price, faults of the site."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tools import Cli
from tests.unit.adopt.sites import put
from tests.unit.adopt.test_adopt import html, plan_of, text_of
from tests.unit.adopt.test_sites import BUTTON, clean, priced


def prices(folder: Path, *names: str) -> list[str]:
    """The price in the tag of each page."""
    pages = [(folder / "public/product" / name / "index.html").read_text("utf-8") for name in names]
    return [page.split('"unit_price">')[1].split("<")[0] for page in pages]


def shop(folder: Path, bodies: dict[str, str]) -> list[str]:
    """A shop of product pages; the names of them."""
    pages = {f"product/{name}/index.html": html(name, body) for name, body in bodies.items()}
    put(folder / "public", {"index.html": html("Shop"), **pages})
    return list(bodies)


OLD_AND_NEW = '<div class="price-box"><p class="{0}">$19.00</p><p class="{1}">$12.50</p></div>' + BUTTON


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("price original-price", "price discount-price"),
        ("price-old", "price-new"),
        ("price line-through", "price text-xl"),
        ("old", "now"),
    ],
)
def test_the_price_of_today_is_meant_and_not_the_one_before(
    tmp_path: Path, cli: Cli, old: str, new: str
) -> None:
    body = OLD_AND_NEW.format(old, new)
    names = shop(tmp_path, {"mug": body, "jug": body})
    assert cli("new", "--here").code == 0
    clean(cli)
    assert prices(tmp_path, *names) == ["12.50", "12.50"]


@pytest.mark.parametrize(
    ("texts", "wanted"),
    [
        (("750 €", "1.299 €"), ["750", "1299"]),
        (("6,800 ₫", "1,850,000 ₫"), ["6800", "1850000"]),
        (("$1,299", "$12.50"), ["1299", "12.50"]),
        (("Q391.30", "Q45"), ["391.30", "45"]),
        (("5 000 FCFA", "500 FCFA"), ["5000", "500"]),
    ],
)
def test_what_a_point_means_is_seen_beside_the_other_prices(
    tmp_path: Path, cli: Cli, texts: tuple[str, str], wanted: list[str]
) -> None:
    names = shop(
        tmp_path, {f"mug{n}": f'<p class="price">{text}</p>{BUTTON}' for n, text in enumerate(texts)}
    )
    assert cli("new", "--here").code == 0
    clean(cli)
    assert prices(tmp_path, *names) == wanted


@pytest.mark.parametrize("button", ["", "<button>Dodaj u korpu</button>", "<button>カートに入れる</button>"])
def test_a_folder_of_products_needs_no_button_that_is_known(tmp_path: Path, cli: Cli, button: str) -> None:
    names = shop(tmp_path, dict.fromkeys(("krigla", "tanjir"), f'<p class="price">12 €</p>{button}'))
    assert cli("new", "--here").code == 0
    clean(cli)
    assert prices(tmp_path, *names) == ["12", "12"]


def test_a_product_is_called_in_a_lesser_heading(tmp_path: Path, cli: Cli) -> None:
    button = '<button class="snipcart-add-item" data-item-id="{0}" data-item-name="{0}" data-item-price="3">'
    pages = {
        f"goods/{name}/index.html": html("The shop", f"<h2>{name}</h2>{button.format(name)}")
        for name in ("mug", "jug")
    }
    put(tmp_path / "public", {"index.html": html("Shop"), **pages})
    assert cli("new", "--here").code == 0
    assert plan_of(tmp_path).page_at("/goods/next/") == "product"
    clean(cli)


def test_few_products_that_cannot_be_read_are_said_first(tmp_path: Path, cli: Cli) -> None:
    put(
        tmp_path / "public",
        {
            "index.html": html("Shop"),
            **{f"product/{n}/index.html": html(n, f'<p class="price">$5</p>{BUTTON}') for n in "abcd"},
            "product/set/index.html": html("set", f'<p class="price">$180-300</p>{BUTTON}'),
        },
    )
    done = cli("new", "--here")
    assert "4 of 5 give a product, not /product/set/" in done.stderr
    plan = plan_of(tmp_path)
    assert (plan.page_at("/product/set/"), plan.page_at("/product/new/")) == ("unread", "product")
    assert "$180-300" in text_of(tmp_path)
    clean(cli)


@pytest.mark.parametrize("address", ["https://theme.dev/", "https://example.com/product/{}/"])
def test_a_canonical_address_of_another_site_is_said_once_and_left_to_the_site(
    tmp_path: Path, cli: Cli, address: str
) -> None:
    def page(name: str) -> str:
        link = f'<link rel="canonical" href="{address.format(name)}">'
        return priced(name, "$5").replace("</head>", f"{link}</head>")

    pages = {f"product/{name}/index.html": page(name) for name in ("mug", "jug")}
    put(tmp_path, {"hugo.toml": 'baseURL = "https://tazas.es/"\n', "public/index.html": html("Shop")})
    put(tmp_path / "public", pages)
    right = '<link rel="canonical" href="https://tazas.es/product/'
    assert right in cli("new", "--here").stderr
    clean(cli)
    plan = tmp_path / "connectif.yaml"
    plan.write_text(text_of(tmp_path).replace("not-canonical-url: 'off'", ""), "utf-8")
    done = cli("audit", "--format", "json")
    assert done.stdout.count('"not-canonical-url"') >= 1
    assert right in done.stdout.replace('\\"', '"')


def test_a_shop_whose_pages_name_themselves_says_nothing_of_it(tmp_path: Path, cli: Cli) -> None:
    pages = {
        f"product/{name}/index.html": html(name, BUTTON, path=f"/product/{name}/") for name in ("mug", "jug")
    }
    put(tmp_path / "public", {"index.html": html("Tienda", path="/"), **pages})
    assert 'canonical"' not in cli("new", "--here").stderr
    assert "audit:" not in text_of(tmp_path)


def test_a_page_that_was_not_filled_in_is_left_out(tmp_path: Path, cli: Cli) -> None:
    template = html("Blog", head='<meta name="description" content="{% if page.x %}{{ page.x }}{% endif %}">')
    put(
        tmp_path / "public",
        {"index.html": html("Shop"), "about/index.html": html("About"), "blog/index.html": template},
    )
    assert cli("new", "--here").code == 0
    assert "ignore: [/blog]" in text_of(tmp_path)
    clean(cli)
    plan = tmp_path / "connectif.yaml"
    plan.write_text(text_of(tmp_path).replace("  ignore: [/blog]", "  #"), "utf-8")
    assert "leave it out with `site.ignore`" in cli("audit").stderr + cli("audit").stdout


def test_a_generator_that_copies_package_json_has_built_a_site(tmp_path: Path, cli: Cli) -> None:
    package = '{"name": "tazas", "scripts": {"deploy": "firebase deploy"}}'
    put(tmp_path, {"_config.yml": "title: Tazas\n", "package.json": package})
    put(tmp_path / "_site", {"index.html": html("Shop"), "package.json": package})
    assert cli("new", "--here").code == 0
    clean(cli)


def test_a_site_in_a_folder_of_its_address_keeps_the_folder(tmp_path: Path, cli: Cli) -> None:
    links = '<a href="/mugs/">home</a><a href="/mugs/about/">about</a><a href="/mugs/shop/">shop</a>'
    put(
        tmp_path / "public",
        {
            "index.html": html("Shop", links),
            "about/index.html": html("About", links),
            "shop/index.html": html("Shop", links),
        },
    )
    done = cli("new", "--here")
    assert "put in what nobody but you can know: `store.id`, `store.environment`, `store.url`" in done.stderr
    assert plan_of(tmp_path).store.url == "https://shop.example/mugs"
    clean(cli)
    assert 'src="/mugs/connectif/' in (tmp_path / "public/about/index.html").read_text("utf-8")


def test_doctor_names_the_script_that_new_names(tmp_path: Path, cli: Cli) -> None:
    package = '{"dependencies": {"nuxt": "3"}, "scripts": {"build": "nuxt build", "site": "nuxt generate"}}'
    put(tmp_path, {"package.json": package, "nuxt.config.ts": ""})
    assert "`npm run site`" in cli("new", "--here").stderr
    assert "`npm run site`, or correct site.root" in cli("doctor").stdout


def test_a_site_beyond_a_sample_says_what_was_looked_at(
    tmp_path: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("connectif_kit.adopt.gather.MOST_PAGES", 3)
    monkeypatch.setattr("connectif_kit.adopt.session.MOST_PAGES", 3)
    products = {f"product/{n}/index.html": priced(f"Mug {n}", "$5") for n in range(6)}
    put(tmp_path / "public", {"index.html": html("Shop"), **products})
    done = cli("new", "--here")
    assert "looked at 3 of 7 pages" in done.stderr
    assert plan_of(tmp_path).page_at("/product/6/") == "product"
