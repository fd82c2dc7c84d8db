"""Site generators, in one table: how a folder shows that it holds one's sources, and where it builds to.

Used by `new --here`, which proposes the folder that is built, and by `inject`, which leaves sources alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

MOST = 200_000
"""Bytes of a configuration that are read."""


@dataclass(frozen=True, slots=True)
class Generator:
    """A generator: its name, patterns of files that show it, its folder of built pages, its command.

    `beside` are names of which one must lie there too, where the file's own name says too little;
    `package` is its name in `package.json`; `option` finds another output folder in its configuration;
    `leaves_out` is what to add to the configuration so that our files are not copied into the site.
    """

    name: str
    files: tuple[str, ...]
    output: str
    build: str
    package: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    option: str = ""
    leaves_out: str = ""


def _script(name: str) -> tuple[str, ...]:
    return tuple(f"{name}.{end}" for end in ("js", "mjs", "cjs", "ts", "mts", "cts"))


_EXCLUDED = "exclude: [connectif, connectif.yaml, connectif.schema.json, .connectif]"
_TOML_OR_YAML = r"""^\s*{}\s*[=:]\s*["']?([^"'#\n]+)"""
_IN_SCRIPT = r"""\b{}\s*:\s*["'`]([^"'`\n]+)"""

GENERATORS = (
    Generator(
        "Hugo",
        ("hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json", "config/_default"),
        "public",
        "hugo",
        option=_TOML_OR_YAML.format("publishDir"),
    ),
    Generator(
        "Zola",
        ("config.toml",),
        "public",
        "zola build",
        beside=("templates", "sass"),
        option=_TOML_OR_YAML.format("output_dir"),
    ),
    Generator(
        "Hugo",
        ("config.toml", "config.yaml", "config.yml", "config.json"),
        "public",
        "hugo",
        beside=("archetypes", "content", "layouts", "themes"),
        option=_TOML_OR_YAML.format("publishDir"),
    ),
    Generator("Hugo", ("archetypes",), "public", "hugo", beside=("content", "layouts", "themes")),
    Generator(
        "Eleventy",
        (*_script(".eleventy"), *_script("eleventy.config")),
        "_site",
        "npx @11ty/eleventy",
        ("@11ty/eleventy",),
        option=_IN_SCRIPT.format("output"),
    ),
    Generator(
        "Docusaurus", _script("docusaurus.config"), "build", "npx docusaurus build", ("@docusaurus/core",)
    ),
    Generator(
        "Astro",
        _script("astro.config"),
        "dist",
        "npx astro build",
        ("astro",),
        option=_IN_SCRIPT.format("outDir"),
    ),
    Generator("Next.js", _script("next.config"), "out", "npx next build", ("next",)),
    Generator("Nuxt", _script("nuxt.config"), ".output/public", "npx nuxt generate", ("nuxt", "nuxt3")),
    Generator("SvelteKit", _script("svelte.config"), "build", "npx vite build", ("@sveltejs/kit",)),
    Generator("Gatsby", _script("gatsby-config"), "public", "npx gatsby build", ("gatsby",)),
    Generator("Gridsome", _script("gridsome.config"), "dist", "npx gridsome build", ("gridsome",)),
    Generator(
        "React Router",
        (*_script("react-router.config"), *_script("remix.config")),
        "build/client",
        "npx react-router build",
        ("@react-router/dev", "@remix-run/dev"),
    ),
    Generator("Angular", ("angular.json",), "dist/*/browser", "npx ng build", ("@angular/core",)),
    Generator(
        "VitePress",
        (".vitepress", "docs/.vitepress"),
        ".vitepress/dist",
        "npx vitepress build",
        ("vitepress",),
    ),
    Generator(
        "VuePress", (".vuepress", "docs/.vuepress"), ".vuepress/dist", "npx vuepress build", ("vuepress",)
    ),
    Generator("Rspress", _script("rspress.config"), "doc_build", "npx rspress build", ("rspress",)),
    Generator("Hexo", ("_config.yml",), "public", "npx hexo generate", ("hexo",), beside=("scaffolds",)),
    Generator(
        "Bridgetown",
        ("bridgetown.config.yml", "config/initializers.rb"),
        "output",
        "bin/bridgetown build",
        leaves_out=_EXCLUDED,
    ),
    Generator(
        "Quarto", ("_quarto.yml",), "_site", "quarto render", option=_TOML_OR_YAML.format("output-dir")
    ),
    Generator(
        "Jekyll",
        ("_config.yml", "_config.yaml", "_config.toml"),
        "_site",
        "bundle exec jekyll build",
        option=_TOML_OR_YAML.format("destination"),
        leaves_out=_EXCLUDED,
    ),
    Generator("Jekyll", ("_layouts", "_includes"), "_site", "bundle exec jekyll build", leaves_out=_EXCLUDED),
    Generator("Lume", _script("_config"), "_site", "deno task build"),
    Generator(
        "Pelican",
        ("pelicanconf.py",),
        "output",
        "pelican content",
        option=_TOML_OR_YAML.format("OUTPUT_PATH"),
    ),
    Generator(
        "MkDocs",
        ("mkdocs.yml", "mkdocs.yaml"),
        "site",
        "mkdocs build",
        option=_TOML_OR_YAML.format("site_dir"),
    ),
    Generator(
        "Zensical",
        ("zensical.toml",),
        "site",
        "zensical build",
        option=_TOML_OR_YAML.format("site_dir"),
    ),
    Generator("mdBook", ("book.toml",), "book", "mdbook build"),
    Generator("Nanoc", ("nanoc.yaml",), "output", "nanoc compile"),
    Generator("Middleman", ("config.rb",), "build", "middleman build", beside=("source",)),
    Generator("Sphinx", ("conf.py",), "_build/html", "make html", beside=("index.rst", "index.md")),
    Generator("Create React App", (), "build", "npx react-scripts build", ("react-scripts",)),
    Generator(
        "Vite",
        _script("vite.config"),
        "dist",
        "npx vite build",
        ("vite",),
        option=_IN_SCRIPT.format("outDir"),
    ),
    Generator("Parcel", (".parcelrc",), "dist", "npx parcel build", ("parcel",)),
)

OUTPUTS = ("public", "dist", "_site", "site", "out", "output", "build", "www", "htdocs", "docs")
"""Names of folders of built pages, where no generator says which it is."""

_INSIDES = (".next", ".nuxt", ".svelte-kit", "node_modules", "_includes", "_layouts")
"""Folders that a generator works in, whatever lies in them."""


def generator_of(folder: Path) -> tuple[Generator, str] | None:
    """The generator whose sources a folder holds, and what shows it."""
    packages = _packages(folder)
    for generator in GENERATORS:
        found = next((name for name in generator.files if (folder / name).exists()), "")
        if found and (not generator.beside or any((folder / name).exists() for name in generator.beside)):
            return generator, found
    for generator in GENERATORS:
        if found := next((name for name in generator.package if name in packages), ""):
            return generator, f"package.json with {found}"
    return None


def output_of(folder: Path, generator: Generator) -> str:
    """The folder, seen from the sources, that a generator builds into: as configured, else its usual one.

    Empty where it cannot be said.
    """
    for name in generator.files:
        if found := _configured(folder / name, generator.option):
            return found
    if "*" not in generator.output:
        is_below = f"docs/{generator.output.partition('/')[0]}" in generator.files
        below = is_below and (folder / "docs" / generator.output.partition("/")[0]).exists()
        return f"docs/{generator.output}" if below else generator.output
    built = sorted(path for path in folder.glob(generator.output) if path.is_dir())
    return built[0].relative_to(folder).as_posix() if len(built) == 1 else ""


def signs_of_sources(folder: Path) -> Iterator[str]:
    """What shows that a folder holds sources, or a generator's own work, and no site to deploy."""
    if inside := next((part for part in folder.resolve().parts if part in _INSIDES), ""):
        yield f"it lies in `{inside}`"
    if known := generator_of(folder):
        generator, found = known
        yield f"`{found}` shows sources of {generator.name}"
    elif _is_project(folder):
        yield "`package.json` names scripts or packages"
    yield from (f"it holds `{name}`" for name in ("node_modules", ".next") if (folder / name).is_dir())


def is_built(folder: Path) -> bool:
    """Whether pages lie in a folder, in itself or one below."""
    return any(next(folder.glob(pattern), None) for pattern in ("*.html", "*/*.html", "*.htm"))


def _configured(path: Path, option: str) -> str:
    if not option or not path.is_file():
        return ""
    found = re.search(option, _text(path), re.MULTILINE)
    named = found[1].strip().removeprefix("./").rstrip("/") if found else ""
    is_inside = named not in ("", ".") and ".." not in Path(named).parts and not Path(named).is_absolute()
    return named if is_inside else ""


def _is_project(folder: Path) -> bool:
    """Whether a `package.json` is that of a project, and no file of the same name that is published."""
    return bool(_packages(folder)) or "scripts" in _package_json(folder)


def _packages(folder: Path) -> set[str]:
    package = _package_json(folder)
    named = [package.get(key) for key in ("dependencies", "devDependencies")]
    return {str(name) for names in named if isinstance(names, dict) for name in names}


def _package_json(folder: Path) -> dict[str, object]:
    try:
        found = json.loads(_text(folder / "package.json"))
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _text(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            return stream.read(MOST).decode("utf-8", "replace") if path.is_file() else ""
    except OSError:
        return ""
