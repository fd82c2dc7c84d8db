"""Sources are not built site: `inject` leaves them alone, and `new --here` names the folder that is built."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from connectif_kit.page.html import template_sign
from tests.tools import Cli

STORE = 'store: {id: 3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11, environment: eu5, url: "https://shop.example"}\n'
PAGE = '<!doctype html><html lang="en"><head><title>Mugs</title></head><body><h1>Mugs</h1></body></html>'
HUGO = '<!DOCTYPE html>\n<html lang="{{ .Site.Language }}"><body>{{ block "main" . }}{{ end }}</body></html>'

SOURCES = {
    "hugo with a folder of configuration": ({"config/_default/hugo.toml": ""}, "public"),
    "hugo, old name": ({"config.toml": 'baseURL = "/"', "content/a.md": ""}, "public"),
    "hugo that builds elsewhere": ({"hugo.toml": 'publishDir = "docs"'}, "docs"),
    "zola": ({"config.toml": "", "templates/index.html": "{% block x %}"}, "public"),
    "jekyll": ({"_config.yml": "title: x", "index.html": "---\n---\n<p>"}, "_site"),
    "jekyll that builds elsewhere": ({"_config.yml": "destination: ./www"}, "www"),
    "next": ({"next.config.mjs": "", "package.json": '{"dependencies": {"next": "15"}}'}, "out"),
    "next by its package": (
        {"package.json": '{"dependencies": {"next": "15"}}', ".next/server/a.html": PAGE},
        "out",
    ),
    "nuxt": ({"nuxt.config.ts": ""}, ".output/public"),
    "docusaurus": ({"docusaurus.config.ts": "", "docs/a.md": ""}, "build"),
    "gatsby": ({"gatsby-config.js": ""}, "public"),
    "svelte": (
        {
            "svelte.config.js": "",
            "vite.config.ts": "",
            "src/app.html": PAGE,
            "package.json": '{"devDependencies": {"@sveltejs/kit": "2"}}',
        },
        "build",
    ),
    "astro that builds elsewhere": ({"astro.config.mjs": "export default { outDir: './web' }"}, "web"),
    "vitepress below docs": ({"docs/.vitepress/config.mts": ""}, "docs/.vitepress/dist"),
    "vite": ({"vite.config.ts": "", "index.html": PAGE}, "dist"),
    "angular, not built": ({"angular.json": "{}", "src/index.html": PAGE}, ""),
    "angular, built": ({"angular.json": "{}", "dist/shop/browser/index.html": PAGE}, "dist/shop/browser"),
    "mkdocs": ({"mkdocs.yml": "site_dir: web"}, "web"),
    "zensical": ({"zensical.toml": ""}, "site"),
    "pelican": ({"pelicanconf.py": "OUTPUT_PATH = 'html/'"}, "html"),
    "eleventy": ({"eleventy.config.js": 'return { dir: { output: "dist" } }', "index.html": PAGE}, "dist"),
    "hexo": ({"_config.yml": "", "scaffolds/a.md": "", "package.json": "{}"}, "public"),
    "an unknown project": ({"package.json": '{"scripts": {"build": "x"}}', "src/index.html": PAGE}, ""),
    "an unknown project, built": ({"package.json": '{"scripts": {}}', "build/index.html": PAGE}, "build"),
}
each_source = pytest.mark.parametrize(("files", "output"), SOURCES.values(), ids=SOURCES.keys())


def lay(folder: Path, files: dict[str, str]) -> dict[Path, bytes]:
    """Write files; what then lies there."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def kit(tmp_path: Path) -> Cli:
    return Cli(tmp_path)


@each_source
def test_new_names_the_folder_that_is_built_and_never_the_sources(
    tmp_path: Path, kit: Cli, files: dict[str, str], output: str
) -> None:
    lay(tmp_path, files)
    done = kit("new", "--here")
    assert done.code == 0
    assert f"inject {output or 'FOLDER'}\n" in done.stdout
    plan = yaml.safe_load((tmp_path / "connectif.yaml").read_text(encoding="utf-8"))
    assert plan["site"]["root"] == (output or "public")
    assert ("site.root" in done.stderr) is not bool(output)


@each_source
def test_inject_refuses_sources_before_it_writes_anything(
    tmp_path: Path, kit: Cli, files: dict[str, str], output: str
) -> None:
    before = lay(tmp_path, {**files, "connectif.yaml": STORE, "shop.html": PAGE})
    for more in ((), ("--dry-run",), ("--check",)):
        done = kit("inject", ".", *more)
        assert done.code == 2
        assert "source-tree" in done.stderr
        assert "--force-sources" in done.stderr
        if output:
            assert output in done.stderr
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before
    assert kit("inject", ".", "--remove").code == 0
    assert kit("inject", ".", "--force-sources").code in (0, 1)
    assert "connectif-kit:begin" in (tmp_path / "shop.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("site", "files"),
    [
        (".next/server", {".next/server/app/index.html": PAGE}),
        ("layouts", {"layouts/baseof.html": HUGO, "layouts/index.html": '{{ define "main" }}x{{ end }}'}),
        ("theme", {"theme/a.html": "{% extends 'x' %}", "theme/b.html": "<p>{% include 'x' %}</p>"}),
        ("views", {"views/index.php.html": "<!doctype html><body><?php echo 1 ?></body>"}),
        ("node_modules/x", {"node_modules/x/index.html": PAGE}),
        ("src", {"src/app.html": PAGE.replace("<title>", "%sveltekit.head%<title>")}),
        ("bars", {"bars/index.html": PAGE.replace("<h1>", "{{> header}}<h1>")}),
    ],
)  # fmt: skip
def test_templates_and_a_generators_own_work_are_sources_wherever_they_lie(
    tmp_path: Path, kit: Cli, site: str, files: dict[str, str]
) -> None:
    before = lay(tmp_path, {**files, "connectif.yaml": STORE})
    done = kit("inject", site)
    assert (done.code, "source-tree" in done.stderr) == (2, True)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    "files",
    [
        {".git/HEAD": "ref: x", "README.md": "# x"},
        {"package.json": '{"products": [1, 2]}', "data/config.json": "{}"},
        {"package.json": '["a"]'},
        {"liquid.html": PAGE.replace("<h1>", "<pre>{% for a in b %}{{ a }}</pre><code>{{ .T }}</code><h1>")},
        {"blog.html": PAGE.replace("<h1>", "<p>Write {% raw %} around {{ x }}, and {{ if .x }}.</p><h1>")},
        {"app.html": PAGE.replace("<h1>", "<div id=app v-cloak>{{ message }} {{ $t('x') }}</div><h1>")},
        {"mail.html": PAGE.replace("<h1>", "<script type=x><% if (x) { %>{{a}}<% } %></script><h1>")},
        {"archetypes.html": PAGE, "config.html": PAGE},
    ],
    ids=["git", "data called package", "a list", "samples", "prose", "in the browser", "script", "names"],
)  # fmt: skip
def test_what_only_resembles_sources_is_injected(tmp_path: Path, kit: Cli, files: dict[str, str]) -> None:
    lay(tmp_path / "public", {"index.html": PAGE, **files})
    lay(tmp_path, {"connectif.yaml": STORE})
    done = kit("inject", "public")
    assert done.code == 0, done.stderr
    for page in (tmp_path / "public").rglob("*.html"):
        assert "connectif-kit:begin" in page.read_text(encoding="utf-8")


def test_one_template_among_pages_is_left_alone_and_named(tmp_path: Path, kit: Cli) -> None:
    pages = {f"public/{number}.html": PAGE for number in range(8)}
    lay(tmp_path, {"connectif.yaml": STORE, **pages, "public/row.html": HUGO})
    done = kit("inject", "public")
    assert done.code == 1
    assert "row.html:2:" in done.stdout
    assert "page-is-template" in done.stdout
    assert (tmp_path / "public" / "row.html").read_text(encoding="utf-8") == HUGO
    assert "connectif-kit:begin" in (tmp_path / "public" / "1.html").read_text(encoding="utf-8")


def test_a_hand_written_site_in_its_own_folder_works_and_is_warned_of_what_it_deploys(
    tmp_path: Path, kit: Cli
) -> None:
    lay(tmp_path, {"index.html": PAGE, ".git/HEAD": "", "README.md": ""})
    done = kit("new", "--here")
    assert "inject .\n" in done.stdout
    assert "do not deploy connectif.yaml" in done.stderr
    assert kit("build").code == 0
    assert kit("inject", ".").code == 0
    assert "published-state" not in kit("audit", ".").stdout


def test_jekyll_is_reported_to_leave_our_files_out(tmp_path: Path, kit: Cli) -> None:
    lay(tmp_path, {"_config.yml": "title: x"})
    said = kit("new", "--here").stderr
    assert "exclude: [connectif, connectif.yaml" in said
    assert "_config.yml" in said


def test_signs_of_templates_take_one_pass() -> None:
    assert template_sign("<!--{{" * 500_000) is None
    assert template_sign("<body>" + "{% a %}" * 200_000) is None
    assert json.dumps(template_sign('<p class="{{ .X }}">')) == json.dumps([10, "{{ .X }}"])
