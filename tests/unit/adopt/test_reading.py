"""What a first plan is read from: paths, scripts, a generator's settings."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from connectif_kit.adopt.javascript import read
from connectif_kit.adopt.patterns import patterns, stray
from connectif_kit.core.generators import build_command, generator_of, output_of, settings
from tests.unit.adopt.sites import put

# ------------------------------------------------------------ the parts


@pytest.mark.parametrize(
    ("wanted", "others", "globs"),
    [
        (["/p/a/", "/p/b/"], ["/", "/c/x/"], ["/p/*"]),
        (["/shop/cups/a", "/shop/jugs/b", "/shop/jugs/c"], ["/shop/cups", "/"], ["/shop/*/*"]),
        (["/es/p/a", "/en/p/a", "/en/p/b"], ["/es/c/x", "/"], ["/*/p/*"]),
        (["/product-1.html", "/product-2.html"], ["/", "/about.html"], ["/product-*"]),
        (["/cart/"], ["/about/", "/"], ["/cart"]),
        (["/s/a/", "/s/b/c/", "/s/d/e/f/"], ["/x/"], ["/s/**"]),
    ],
)
def test_paths_become_globs_that_match_nothing_else(
    wanted: list[str], others: list[str], globs: list[str]
) -> None:
    assert patterns(wanted, others) == globs


def test_paths_among_others_become_a_glob_and_the_others() -> None:
    products = [f"/{name}" for name in "abcdef"]
    assert stray(products, ["/about", "/", "/c/x"]) == (["/*"], ["/about"])
    assert stray(["/a"], ["/b", "/c"]) is None


def test_a_script_is_read_by_what_it_calls() -> None:
    script = read(
        "s.js",
        """
        const KEY = `cart`; // localStorage.getItem("comment")
        const text = 'localStorage.getItem("text")';
        function load(key) { return JSON.parse(localStorage.getItem(key)); }
        load("user"); window.localStorage.setItem(KEY, "");
        (window.dataLayer = window.dataLayer || []).push({event: 'add_to_cart', n: f()});
        document.cookie = `id=${x}; path=/`;
        """,
    )
    keys = [call.text(0) for call in script.calls if "localStorage" in call.name]
    assert keys == ["", "cart", "user"]
    pushed = next(call for call in script.calls if call.name == "dataLayer.push")
    assert pushed.arguments == ({"event": "add_to_cart", "n": None},)
    assert [(each.name, each.text(0)) for each in script.assignments if "cookie" in each.name] == [
        ("document.cookie", "id=…; path=/")
    ]


@pytest.mark.parametrize(
    "code", ["((((" * 5_000, "`${" * 3_000, "a." * 20_000, "\x00\udc80", "x" * 3_500_000]
)
def test_a_hostile_script_is_read_to_its_end(code: str) -> None:
    assert read("s.js", code).path == "s.js"


@pytest.mark.parametrize(
    ("name", "files", "output", "url"),
    [
        ("Hugo", {"hugo.yaml": "baseURL: https://a.es/\npublishDir: out"}, "out", "https://a.es/"),
        ("Hugo", {"config/_default/hugo.toml": 'baseurl = "https://a.es"'}, "public", "https://a.es"),
        ("Hugo", {"config/_default/config.toml": "publishDir = 'www'"}, "www", ""),
        (
            "Jekyll",
            {"_config.yml": "url: https://a.es\nbaseurl: /t\ndestination: ./web"},
            "web",
            "https://a.es/t",
        ),
        ("Jekyll", {"_config.yml": "url:\nbaseurl:\nkey: x"}, "_site", ""),
        ("Eleventy", {"eleventy.config.js": 'return { dir: { input: "src", output: "dist" } }'}, "dist", ""),
        (
            "Eleventy",
            {
                "package.json": json.dumps(
                    {
                        "scripts": {"build": "eleventy --output=www"},
                        "devDependencies": {"@11ty/eleventy": "3"},
                    }
                )
            },
            "www",
            "",
        ),
        (
            "Eleventy",
            {".eleventy.js": "", "_data/site.json": '{"url": "https://a.es"}'},
            "_site",
            "https://a.es",
        ),
        (
            "Astro",
            {"astro.config.mjs": '{\n // outDir: "no",\n site: "https://a.es", base: "/t",\n outDir: "./x"}'},
            "x",
            "https://a.es/t",
        ),
        ("Vite", {"vite.config.ts": "{ build: { outDir: 'dist/app' } }"}, "dist/app", ""),
        ("Next.js", {"next.config.mjs": "{ output: 'export' }"}, "out", ""),
        ("Next.js", {"next.config.mjs": "{ output: 'export', distDir: 'x' }"}, "x", ""),
        ("Nuxt", {"nuxt.config.ts": "defineNuxtConfig({})"}, ".output/public", ""),
        ("Nuxt", {"nuxt.config.js": "export default {}", "dist/index.html": "<h1>"}, "dist", ""),
        (
            "SvelteKit",
            {
                "svelte.config.js": "adapter({ pages: 'web' })",
                "vite.config.js": "",
                "package.json": '{"devDependencies": {"@sveltejs/kit": "2", "vite": "6"}}',
            },
            "web",
            "",
        ),
        (
            "Vite",
            {
                "svelte.config.js": "",
                "vite.config.js": "",
                "package.json": '{"devDependencies": {"vite": "6"}}',
            },
            "dist",
            "",
        ),
        (
            "Angular",
            {"angular.json": '{"outputPath": "dist/shop"}', "dist/shop/browser/index.html": ""},
            "dist/shop/browser",
            "",
        ),
        (
            "Create React App",
            {"package.json": '{"dependencies": {"react-scripts": "5"}}', ".env": "BUILD_PATH=web"},
            "web",
            "",
        ),
        ("Vue CLI", {"vue.config.js": "module.exports = { outputDir: 'web' }"}, "web", ""),
        (
            "React Router",
            {"react-router.config.ts": 'export default { buildDirectory: "out" }'},
            "out/client",
            "",
        ),
        (
            "Docusaurus",
            {"docusaurus.config.js": "{ url: 'https://a.es', baseUrl: '/d/' }"},
            "build",
            "https://a.es/d",
        ),
        (
            "Gatsby",
            {"gatsby-config.js": "{ siteMetadata: { siteUrl: `https://a.es` } }"},
            "public",
            "https://a.es",
        ),
        ("MkDocs", {"mkdocs.yml": "site_url: https://a.es\nsite_dir: web"}, "web", "https://a.es"),
        (
            "Zensical",
            {"zensical.toml": '[project]\nsite_url = "https://a.es"\nsite_dir = "web"'},
            "web",
            "https://a.es",
        ),
        (
            "Pelican",
            {
                "pelicanconf.py": "SITEURL = ''\nOUTPUT_PATH = 'web'",
                "publishconf.py": "SITEURL = 'https://a.es'",
            },
            "web",
            "https://a.es",
        ),
        (
            "Zola",
            {"config.toml": 'base_url = "https://a.es"\noutput_dir = "web"', "templates/x": ""},
            "web",
            "https://a.es",
        ),
    ],
)
def test_a_generators_settings_are_read(
    tmp_path: Path, name: str, files: dict[str, str], output: str, url: str
) -> None:
    put(tmp_path, files)
    known = generator_of(tmp_path)
    assert known is not None
    assert known[0].name == name
    assert output_of(tmp_path, known[0]) == output
    assert settings(tmp_path, known[0]).get("url", ("", ""))[0] == url
    assert build_command(tmp_path, known[0])


@pytest.mark.parametrize(
    ("package", "scripts", "command"),
    [
        ("nuxt", {"build": "nuxt build", "generate": "nuxt generate"}, "npm run generate"),
        ("nuxt", {"build": "nuxt build"}, "npx nuxt generate"),
        ("nuxt", {"build": "nuxt generate"}, "npm run build"),
        ("astro", {"build": "npm run css && astro build", "only": "astro build"}, "npm run build"),
        ("astro", {"site": "astro build --silent"}, "npm run site"),
        ("astro", {"dev": "astro dev"}, "npx astro build"),
    ],
)
def test_the_script_that_makes_pages_is_named(
    tmp_path: Path, package: str, scripts: dict[str, str], command: str
) -> None:
    put(tmp_path, {"package.json": json.dumps({"dependencies": {package: "3"}, "scripts": scripts})})
    known = generator_of(tmp_path)
    assert known
    assert build_command(tmp_path, known[0]) == command
