"""`new --here` and `new --from`: what a site shows of itself ends up in its first plan, with the evidence."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from connectif_kit.plan.load import load
from connectif_kit.plan.models import Plan
from tests.tools import Cli
from tests.unit.adopt.sites import put

KEY = "7d1f7b4e-9f0a-4a9e-8c55-0c9d3b1f2a10"
LOADER = (
    f'<script id="__cn_generic_script__{KEY}">(function(){{var s=document.createElement("script");'
    f's.src="https://cdn.connectif.cloud/eu3/client-script/{KEY}";document.head.appendChild(s)}})()</script>'
)


def html(title: str, body: str = "", head: str = "", path: str = "", lang: str = "es") -> str:
    canonical = f'<link rel="canonical" href="https://tazas.es{path}">' if path else ""
    return (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>{canonical}'
        f"{head}</head><body><main><h1>{title}</h1>{body}</main></body></html>"
    )


def product(name: str, price: str = "10.50") -> str:
    data = {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": name,
        "sku": name.lower(),
        "image": "https://tazas.es/t.jpg",
        "offers": {"@type": "Offer", "price": price, "priceCurrency": "EUR"},
    }
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def shop(folder: Path) -> None:
    """A Spanish shop of two products, in Hugo's folder."""
    put(folder, {"hugo.toml": 'baseURL = "https://elsewhere.dev"\npublishDir = "docs"\n'})
    links = '<a href="/tazas/azul/">1</a><a href="/tazas/roja/">2</a>'
    put(
        folder / "docs",
        {
            "index.html": html("Tienda", links, path="/"),
            "tazas/index.html": html("Tazas", links, path="/tazas/"),
            "tazas/azul/index.html": html("Azul", head=product("Azul"), path="/tazas/azul/"),
            "tazas/roja/index.html": html("Roja", head=product("Roja"), path="/tazas/roja/"),
            "carrito/index.html": html("Carrito", path="/carrito/"),
            "gracias/index.html": html("Gracias", path="/gracias/"),
            "buscar/index.html": html(
                "Buscar", '<form role="search" action="/buscar/"><input name="texto"></form>', path="/buscar/"
            ),
            "blog/page/2/index.html": html("Blog", links, path="/blog/page/2/"),
            "nota/index.html": html("Nota", path="/nota/"),
            "old/index.html": '<!doctype html><title>x</title><meta http-equiv="refresh" content="0; url=/">',
            "404.html": html("No"),
            "js/shop.js": 'dataLayer.push({event: "purchase"}); const k = "cesta";\nlocalStorage.getItem(k);',
        },
    )


def plan_of(folder: Path) -> Plan:
    path = folder / "connectif.yaml"
    return load(str(path), path.read_bytes()).plan


def text_of(folder: Path) -> str:
    return (folder / "connectif.yaml").read_text("utf-8")


def test_a_built_shop_gets_a_plan_that_fits_and_a_clean_audit(tmp_path: Path, cli: Cli) -> None:
    shop(tmp_path)
    done = cli("new", "--here")
    assert done.code == 0, done.stderr
    plan = plan_of(tmp_path)
    assert (plan.site.root, plan.store.url, plan.store.language) == ("docs", "https://tazas.es", "es")
    assert plan.store.currency == "EUR"
    kinds = {
        "/": "home",
        "/tazas/": "category",
        "/tazas/azul/": "product",
        "/tazas/one-more/": "product",
        "/carrito/": "cart",
        "/gracias/": "confirmation",
        "/buscar/": "search",
        "/blog/page/2/": "content",
        "/nota/": "content",
    }
    assert {path: plan.page_at(path) for path in kinds} == kinds
    assert plan.ignored("/404.html")
    text = text_of(tmp_path)
    assert "search_text: {query: texto}" in text
    assert "purchase: {data_layer: purchase}" in text
    assert "2 of 2 give a product" in text
    assert "hugo.toml says https://elsewhere.dev" in text
    assert "# kept by js/shop.js:2" in text
    path = tmp_path / "connectif.yaml"
    path.write_text(text.replace("3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11", KEY), "utf-8")
    for command in (("build",), ("inject",), ("audit",)):
        ran = cli(*command)
        assert ran.code == 0, ran.stdout + ran.stderr
    assert "no findings" in ran.stdout + ran.stderr


def test_a_hand_made_integration_is_kept(tmp_path: Path, cli: Cli) -> None:
    tag = (
        '<div class="cn_product_visited" style="display:none"><span class="product_id">A1</span>'
        '<span class="name">Taza</span><span class="url">https://tazas.es/a/1.html</span>'
        '<span class="unit_price">9.00</span></div>'
    )
    news = '<form id="news"><input type="email" name="mail"></form>'
    sends = 'connectif.managed.sendEvents([{type: "newsletter-subscribe", email: e}])'
    put(
        tmp_path / "public",
        {
            "index.html": html("Tienda", news, LOADER),
            "a/1.html": html("Taza", tag, LOADER),
            "a/2.html": html("Plato", tag.replace("A1", "A2").replace("1.html", "2.html"), LOADER),
            "js/mine.js": f"// line one\nfunction go(e) {{ {sends} }}",
        },
    )
    done = cli("new", "--here")
    assert done.code == 0, done.stderr
    plan = plan_of(tmp_path)
    assert (plan.store.id, plan.store.environment) == (KEY, "eu3")
    assert plan.integration.activity == "js-events"
    assert plan.page_at("/a/3.html") == "product"
    assert "found: a loader on 3 of 3 pages" in done.stderr
    assert "found: cn_product_visited on 2 pages: it stays" in done.stderr
    assert "js/mine.js:2 sends newsletter-subscribe by hand" in done.stderr
    assert plan.events == {}, "what is sent by hand already would be sent twice"
    assert "# js/mine.js:2 sends it by hand already" in text_of(tmp_path)
    assert "2 of 2 give a product" in text_of(tmp_path)
    before = (tmp_path / "public/a/1.html").read_text("utf-8")
    assert [cli(*c).code for c in (("build",), ("inject",))] == [0, 0]
    after = (tmp_path / "public/a/1.html").read_text("utf-8")
    assert after.count("cn_product_visited") == before.count("cn_product_visited")
    assert after.count("client-script") == before.count("client-script")


def test_products_are_read_from_attributes_and_options(tmp_path: Path, cli: Cli) -> None:
    data = 'data-item-id="{0}" data-item-name="{1}" data-item-price="{2}"'
    button = f'<button class="snipcart-add-item" {data}>+</button>'
    option = '<select><option data-item-price="7.50">S</option></select>'
    both = button.format("m1", "Mug", "3.00") + button.format("m2", "Jug", "7.50")
    put(
        tmp_path / "public",
        {
            "index.html": html("Shop", both),
            "mug.html": html("Mug", button.format("m1", "Mug", "3.00")),
            "jug.html": html("Jug", option + button.format("m2", "Jug", "")),
            "about.html": html("About"),
        },
    )
    assert cli("new", "--here").code == 0
    plan = plan_of(tmp_path)
    names = [plan.page_at(path) or "" for path in ("/mug", "/jug", "/about", "/")]
    assert [plan.kind_of(name) for name in names] == [
        "product",
        "product",
        "content",
        "home",
    ]
    assert "2 of 2 give a product" in text_of(tmp_path)


def test_products_are_read_from_heading_and_price_where_nothing_else_tells(tmp_path: Path, cli: Cli) -> None:
    """Microdata without a price says nothing; a list of which all prices are equal is not a product."""
    scope = '<div itemscope itemtype="https://schema.org/Product"><b itemprop="name">x</b></div>'
    item = '<p class="item_price">{} €</p><a class="item_add">+</a>' + scope
    put(
        tmp_path / "public",
        {
            "index.html": html("Shop"),
            "goods/index.html": html("Goods", item.format("4,00") * 2),
            "goods/a/index.html": html("A", item.format("4,00")),
            "goods/b/index.html": html("B", item.format("12,50")),
        },
    )
    assert cli("new", "--here").code == 0
    plan = plan_of(tmp_path)
    assert [plan.page_at(path) for path in ("/goods/a/", "/goods/")] == ["product", "category"]
    assert "2 of 2 give a product" in text_of(tmp_path)
    assert [cli(*command).code for command in (("build",), ("inject",))] == [0, 0]
    page = (tmp_path / "public/goods/b/index.html").read_text("utf-8")
    assert '<span class="unit_price">12.50</span>' in page


def test_products_of_a_data_file_are_matched_to_their_pages(tmp_path: Path, cli: Cli) -> None:
    rows = "slug,title,price,sku\nred-mug,Red mug,4.00,M1\nblue-mug,Blue mug,5.00,M2\ngone,Gone,1.00,M3\n"
    put(
        tmp_path,
        {
            "data/items.csv": rows,
            "data/authors.csv": "id,name\n1,Ana\n",
            "_data/broken.json": "[{",
            "public/index.html": html("Shop"),
            "public/ware/red-mug/index.html": html("Red mug"),
            "public/ware/blue-mug/index.html": html("Blue mug"),
        },
    )
    assert cli("new", "--here").code == 0
    plan = plan_of(tmp_path)
    assert plan.catalog.source == "data/items.csv"
    assert "url: {template: '/ware/{slug}/'}" in text_of(tmp_path)
    assert plan.page_at("/ware/new-mug/") == "product"
    assert "2 pages with a product of data/items.csv" in text_of(tmp_path)
    assert cli("build").code == 0
    cli("inject")
    page = (tmp_path / "public/ware/blue-mug/index.html").read_text("utf-8")
    assert '<span class="unit_price">5.00</span>' in page


def test_a_page_that_gives_no_product_is_named_with_the_reason(tmp_path: Path, cli: Cli) -> None:
    put(
        tmp_path / "public",
        {
            "index.html": html("Shop"),
            "p/a.html": html("A", head=product("A")),
            "p/b.html": html("B", head=product("B", price="from\n  12 or\nevents: {x: 1}")),
        },
    )
    done = cli("new", "--here")
    assert done.code == 0
    assert "1 of 2 give a product, not /p/b.html: " in done.stderr
    assert plan_of(tmp_path).events == {}, "a page's text writes no line of the plan"


def test_a_plan_says_only_what_loads(tmp_path: Path, cli: Cli) -> None:
    """An address field of a hostile form is quoted, and a language that is none is left out."""
    form = """<form id="n" class="newsletter"><input type="text" name="e-mail: } ]'#"></form>"""
    put(tmp_path / "public", {"index.html": html("Shop", form, lang="x: {y}")})
    assert cli("new", "--here").code == 0
    assert plan_of(tmp_path).store.id
    assert cli("build").code == 0


def test_a_site_that_is_not_built_says_how_to_build_it(tmp_path: Path, cli: Cli) -> None:
    put(
        tmp_path,
        {
            "package.json": json.dumps(
                {"scripts": {"build": "vite build --outDir web"}, "devDependencies": {"vite": "6"}}
            ),
            "pnpm-lock.yaml": "",
        },
    )
    done = cli("new", "--here")
    assert done.code == 0
    assert "`web` is not built yet: build your site first with `pnpm build`" in done.stderr
    assert "new --here` again" in done.stderr
    assert plan_of(tmp_path).site.root == "web"


def test_an_app_that_its_script_draws_is_a_single_page_app(tmp_path: Path, cli: Cli) -> None:
    script = '<script type="module" src="a.js"></script>'
    page = f'<!doctype html><html lang="fr"><head></head><body><div id="app"></div>{script}</body></html>'
    put(tmp_path / "dist", {"index.html": page, "a.js": 'const k="panier";sessionStorage.setItem(k,"")'})
    assert cli("new", "--here").code == 0
    plan = plan_of(tmp_path)
    assert plan.integration.spa is not None
    assert "# cart: {storage: panier" in text_of(tmp_path)


def test_products_beside_other_pages_are_reported_from_them(tmp_path: Path, cli: Cli) -> None:
    names = ("mug", "jug", "cup", "pot")
    pages = {f"{name}/index.html": html(name, head=product(name)) for name in names}
    put(tmp_path / "public", {"index.html": html("Shop"), "about/index.html": html("We"), **pages})
    assert cli("new", "--here").code == 0
    plan = plan_of(tmp_path)
    assert plan.page_at("/new-product/") == "product", "one that comes later is none that is missed"
    assert plan.kind_of(plan.page_at("/about/") or "") == "content"


def test_a_published_shop_gets_a_plan_too(site: Callable[[Path], str], tmp_path: Path, cli: Cli) -> None:
    pages = {f"p/{name}.html": html(name, head=product(name)) for name in ("mug", "jug")}
    links = "".join(f'<a href="/{name}">x</a>' for name in pages)
    hidden = '<a href="/secret.html">x</a><a href="https://other.example/">x</a>'
    put(
        tmp_path / "served",
        {
            "index.html": html("Shop", links + hidden + '<script src="/s.js"></script>', LOADER),
            "robots.txt": "User-agent: *\nDisallow: /secret.html\n",
            "secret.html": html("Secret", '<form id="s"><input type="email"></form>'),
            "s.js": 'document.cookie = "user=" + name',
            **pages,
        },
    )
    base = site(tmp_path / "served")
    done = cli("new", "mine", "--from", base)
    assert done.code == 0, done.stderr
    plan = plan_of(tmp_path / "mine")
    assert (plan.store.id, plan.store.url) == (KEY, base)
    assert plan.page_at("/p/pot.html") == "product"
    assert "# contact: {cookie: user" in text_of(tmp_path / "mine")
    assert plan.events == {}, "robots.txt does not allow it look at the page with the form"
    assert "of 3 pages" in done.stderr
    bad = cli("new", "other", "--from", "shop.example")
    assert (bad.code, "https://" in bad.stderr) == (2, True)
