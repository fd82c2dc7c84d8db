"""Two products, a category and a first page, as the sources that each site generator builds."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.tools import NODE_MODULES

URL = "https://tazas.es"
PRODUCTS = {"mug": ("A mug", "4.50"), "jug": ("A jug", "12.00")}
NODE_BIN = NODE_MODULES / ".bin"


@dataclass(frozen=True, slots=True)
class SmallShop:
    """A generator's name as `new --here` says it, its sources, the built folder, the command that builds.

    `is_app`: its pages are drawn by a script, so that none of them holds a product. `project` is a folder of
    tests/ whose packages npm installs first.
    """

    name: str
    files: dict[str, str]
    root: str
    command: tuple[str, ...]
    is_app: bool = False
    project: str = ""


def product(slug: str) -> str:
    """A product's markup; valid HTML, Markdown, Svelte and Vue alike."""
    name, price = PRODUCTS[slug]
    offer = f'<meta itemprop="price" content="{price}"><meta itemprop="priceCurrency" content="EUR">'
    return (
        f'<div itemscope itemtype="https://schema.org/Product"><h1 itemprop="name">{name}</h1>'
        f'<meta itemprop="sku" content="{slug}"><link itemprop="url" href="{URL}/p/{slug}/">'
        f'<div itemprop="offers" itemscope itemtype="https://schema.org/Offer">{offer}</div></div>'
    )


LIST = '<h1>Mugs</h1><ul><li><a href="/p/mug/">Mug</a></li><li><a href="/p/jug/">Jug</a></li></ul>'


def bodies() -> Iterator[tuple[str, str]]:
    """Path without slashes at its ends, and what the page shows."""
    yield "", "<h1>The shop</h1>"
    yield "c/mugs", LIST
    yield from ((f"p/{slug}", product(slug)) for slug in PRODUCTS)


def whole(body: str) -> str:
    """A document around it."""
    head = '<meta charset="utf-8"><title>The shop</title>'
    return f'<!doctype html>\n<html lang="es"><head>{head}</head><body><main>{body}</main></body></html>\n'


def each(form: str, text: str = "{}", index: str = "index") -> dict[str, str]:
    """A source for each page: `form` is its path, with the page's in place of `*`."""
    return {form.replace("*", path or index): text.replace("{}", body) for path, body in bodies()}


def documents(form: str) -> dict[str, str]:
    """A whole document for each page."""
    return {form.replace("*", path or "index"): whole(body) for path, body in bodies()}


_LAYOUT = whole("{{ .Content }}")
_PACKAGE = {"type": "module", "private": True}
_ENTRY = '<div id="app"></div><script type="module" src="/main.{}"></script>'


def _package(*names: str, build: str) -> str:
    return json.dumps({**_PACKAGE, "scripts": {"build": build}, "dependencies": dict.fromkeys(names, "*")})


def _app(end: str, main: str, *packages: str) -> dict[str, str]:
    return {
        "index.html": whole(_ENTRY.format(end)),
        f"main.{end}": main,
        "vite.config.js": "export default {};\n",
        "package.json": _package("vite", *packages, build="vite build"),
    }


def _python(module: str, *words: str) -> tuple[str, ...]:
    return (sys.executable, "-m", module, *words)


SHOPS = {
    "hugo": SmallShop(
        "Hugo",
        {
            "hugo.toml": f'baseURL = "{URL}"\ndisableKinds = ["section", "taxonomy", "term", "RSS"]\n',
            "layouts/_default/single.html": _LAYOUT,
            "layouts/index.html": _LAYOUT,
            **each("content/*.html", "---\ntitle: x\n---\n{}", "_index"),
        },
        "public",
        ("hugo", "--quiet"),
    ),
    "eleventy": SmallShop(
        "Eleventy",
        {
            "eleventy.config.mjs": 'export default () => ({ dir: { input: "src", output: "web" } });\n',
            "src/_data/site.json": json.dumps({"url": URL}),
            **documents("src/*.html"),
        },
        "web",
        (str(NODE_BIN / "eleventy"), "--quiet"),
    ),
    "eleventy beside": SmallShop(
        "Eleventy",
        {"eleventy.config.mjs": "export default () => ({});\n", **documents("*.html")},
        "_site",
        (str(NODE_BIN / "eleventy"), "--quiet"),
    ),
    "jekyll": SmallShop(
        "Jekyll",
        {"_config.yml": f"url: {URL}\npermalink: pretty\n"}
        | {path: f"---\n---\n{text}" for path, text in documents("*.html").items()},
        "_site",
        ("jekyll", "build", "--quiet", "--disable-disk-cache"),
    ),
    "astro": SmallShop(
        "Astro",
        {
            "astro.config.mjs": f'export default {{ site: "{URL}" }};\n',
            "package.json": _package("astro", build="astro build"),
            **documents("src/pages/*.astro"),
        },
        "dist",
        (str(NODE_BIN / "astro"), "build"),
    ),
    "mkdocs": SmallShop(
        "MkDocs",
        {
            "mkdocs.yml": f"site_name: The shop\nsite_url: {URL}\ntheme: {{name: mkdocs}}\nplugins: []\n",
            **each("docs/*.md"),
        },
        "site",
        _python("mkdocs", "build", "--quiet"),
    ),
    "zensical": SmallShop(
        "Zensical",
        {
            "zensical.toml": f'[project]\nsite_name = "The shop"\nsite_url = "{URL}"\n',
            **each("docs/*.md"),
        },
        "site",
        _python("zensical", "build"),
    ),
    "pelican": SmallShop(
        "Pelican",
        {
            "pelicanconf.py": (
                f'SITENAME = "The shop"\nSITEURL = "{URL}"\nPATH = "content"\n'
                'TIMEZONE = "UTC"\nDEFAULT_LANG = "es"\n'
                'THEME = "theme"\nDIRECT_TEMPLATES = []\nPAGE_PATHS = ["pages"]\nFEED_ALL_ATOM = None\n'
                'CATEGORY_SAVE_AS = ""\nAUTHOR_SAVE_AS = ""\nPAGE_SAVE_AS = "{slug}/index.html"\n'
                "CATEGORY_FEED_ATOM = None\nTRANSLATION_FEED_ATOM = None\n"
            ),
            "theme/templates/page.html": whole("{{ page.content }}"),
            "theme/static/.keep": "",
            **{
                f"content/pages/{(path or 'index').replace('/', '-')}.html": (
                    f"<html><head><title>x</title><meta name=save_as content='{path}/index.html'>"
                    f"<meta name=slug content='{path}'></head><body>{body}</body></html>"
                ).replace("content='/index", "content='index")
                for path, body in bodies()
            },
        },
        "output",
        _python("pelican", "-s", "pelicanconf.py", "--quiet", "--fatal", "errors"),
    ),
    "vue": SmallShop(
        "Vite",
        _app(
            "js",
            'import { createApp, h } from "vue";\ncreateApp(() => h("h1", "Mugs")).mount("#app");\n',
            "vue",
        ),
        "dist",
        (str(NODE_BIN / "vite"), "build", "--logLevel", "error"),
        is_app=True,
    ),
    "react": SmallShop(
        "Vite",
        _app(
            "jsx",
            'import React from "react";\nimport { createRoot } from "react-dom/client";\n'
            'createRoot(document.getElementById("app")).render(<h1>Mugs</h1>);\n',
            "react",
            "react-dom",
        ),
        "dist",
        (str(NODE_BIN / "vite"), "build", "--logLevel", "error"),
        is_app=True,
    ),
    "html": SmallShop("plain HTML", documents("*.html"), ".", ()),
    "sveltekit": SmallShop(
        "SvelteKit",
        {
            "svelte.config.js": (
                'import adapter from "@sveltejs/adapter-static";\n'
                "export default { kit: { adapter: adapter() } };\n"
            ),
            "vite.config.js": (
                'import { sveltekit } from "@sveltejs/kit/vite";\n'
                "export default { plugins: [sveltekit()] };\n"
            ),
            "src/app.html": whole("%sveltekit.body%").replace("</head>", "%sveltekit.head%</head>"),
            "src/routes/+layout.js": (
                'export const prerender = true;\nexport const trailingSlash = "always";\n'
            ),
            **{f"src/routes/{path}/+page.svelte".replace("//", "/"): body for path, body in bodies()},
        },
        "build",
        ("npx", "vite", "build", "--logLevel", "error"),
        project="sveltekit",
    ),
    "nuxt": SmallShop(
        "Nuxt",
        {
            "nuxt.config.ts": (
                'export default defineNuxtConfig({ compatibilityDate: "2025-01-01", telemetry: false,\n'
                '  app: { head: { htmlAttrs: { lang: "es" } } },\n'
                '  nitro: { prerender: { routes: ["/c/mugs", "/p/mug", "/p/jug"] } } });\n'
            ),
            **each("pages/*.vue", "<template><main>{}</main></template>\n"),
        },
        ".output/public",
        ("npx", "nuxt", "generate"),
        project="nuxt",
    ),
}


def write(shop: SmallShop, folder: Path) -> None:
    """The sources, in a folder of their own."""
    for name, text in shop.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
