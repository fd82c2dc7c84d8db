"""Site generators, in one table: how a folder shows that it holds one's sources, and where it builds to.

Used by `new --here`, which proposes the folder that is built, and by `inject`, which leaves sources alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MOST = 200_000
"""Bytes of a configuration that are read."""


@dataclass(frozen=True, slots=True)
class Generator:
    """A generator: its name, patterns of files that show it, its folder of built pages, its command.

    `beside` are names of which one must lie there too, where the file's own name says too little;
    `package` is its name in `package.json`; `option` finds another output folder in its configuration;
    `leaves_out` is what to add to the configuration so that our files are not copied into the site.
    `flag` is how its command line names another output folder, in a script of `package.json`.
    `address` and `below` find the site's address in its configuration, and the folder that it lives in;
    `language` its language. `also` are further files in which these stand. `needs_package`: the files alone
    do not show it, its package must be named too. `pages` is where below a configured folder the pages lie.
    `older` is the folder of its older versions, where that lies there alone.
    """

    name: str
    files: tuple[str, ...]
    output: str
    build: str
    package: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    option: str = ""
    leaves_out: str = ""
    flag: str = ""
    address: str = ""
    below: str = ""
    language: str = ""
    also: tuple[str, ...] = ()
    needs_package: bool = False
    pages: str = ""
    older: str = ""


def _script(name: str) -> tuple[str, ...]:
    return tuple(f"{name}.{end}" for end in ("js", "mjs", "cjs", "ts", "mts", "cts"))


_EXCLUDED = "exclude: [connectif, connectif.yaml, connectif.schema.json, .connectif]"
_TOML_OR_YAML = r"""^[ \t]*{}[ \t]*[=:][ \t]*["']?([^"'#\n]+)"""
_IN_SCRIPT = r"""^(?!\s*(?://|\*)).*?\b{}\s*:\s*["'`]([^"'`\n]+)"""
_ASSIGNED = r"""^{}[ \t]*=[ \t]*["']([^"'\n]+)"""
_FLAG = r"(?:^|\s)(?:{})[= ]([^\s;&|]+)"

_HUGO_FILES = tuple(
    f"config/_default/{name}.{end}" for name in ("hugo", "config") for end in ("toml", "yaml", "yml", "json")
)
_HUGO: dict[str, Any] = {
    "option": _TOML_OR_YAML.format("[\"']?(?i:publishDir)[\"']?"),
    "flag": _FLAG.format("-d|--destination"),
    "address": _TOML_OR_YAML.format("[\"']?(?i:baseURL)[\"']?"),
    "language": _TOML_OR_YAML.format("[\"']?(?i:defaultContentLanguage|languageCode)[\"']?"),
    "also": _HUGO_FILES,
}
_JEKYLL: dict[str, Any] = {
    "option": _TOML_OR_YAML.format("destination"),
    "address": _TOML_OR_YAML.format("url"),
    "below": _TOML_OR_YAML.format("baseurl"),
    "language": _TOML_OR_YAML.format("lang"),
}
_VITE: dict[str, Any] = {
    "option": _IN_SCRIPT.format("outDir"),
    "flag": _FLAG.format("--outDir"),
    "below": _IN_SCRIPT.format("base"),
}

GENERATORS = (
    Generator(
        "Hugo",
        ("hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json", "config/_default"),
        "public",
        "hugo",
        **_HUGO,
    ),
    Generator(
        "Zola",
        ("config.toml",),
        "public",
        "zola build",
        beside=("templates", "sass"),
        option=_TOML_OR_YAML.format("output_dir"),
        address=_TOML_OR_YAML.format("base_url"),
        language=_TOML_OR_YAML.format("default_language"),
    ),
    Generator(
        "Hugo",
        ("config.toml", "config.yaml", "config.yml", "config.json"),
        "public",
        "hugo",
        beside=("archetypes", "content", "layouts", "themes"),
        **_HUGO,
    ),
    Generator("Hugo", ("archetypes",), "public", "hugo", beside=("content", "layouts", "themes")),
    Generator(
        "Eleventy",
        (*_script(".eleventy"), *_script("eleventy.config")),
        "_site",
        "npx @11ty/eleventy",
        ("@11ty/eleventy",),
        option=_IN_SCRIPT.format("output"),
        flag=_FLAG.format("--output"),
        address=r"""["']?\burl["']?\s*:\s*["'](https?://[^"'\n]+)""",
        below=_IN_SCRIPT.format("pathPrefix"),
        also=tuple(
            f"{folder}_data/{name}.{end}"
            for folder in ("", "src/")
            for name in ("site", "metadata", "meta", "config")
            for end in ("json", "js", "cjs", "mjs", "yaml", "yml")
        ),
    ),
    Generator(
        "Docusaurus",
        _script("docusaurus.config"),
        "build",
        "npx docusaurus build",
        ("@docusaurus/core",),
        flag=_FLAG.format("--out-dir"),
        address=_IN_SCRIPT.format("url"),
        below=_IN_SCRIPT.format("baseUrl"),
        language=_IN_SCRIPT.format("defaultLocale"),
    ),
    Generator(
        "Astro",
        _script("astro.config"),
        "dist",
        "npx astro build",
        ("astro",),
        option=_IN_SCRIPT.format("outDir"),
        flag=_FLAG.format("--outDir"),
        address=_IN_SCRIPT.format("site"),
        below=_IN_SCRIPT.format("base"),
        language=_IN_SCRIPT.format("defaultLocale"),
    ),
    Generator(
        "Next.js",
        _script("next.config"),
        "out",
        "npx next build",
        ("next",),
        option=_IN_SCRIPT.format("distDir"),
        flag=_FLAG.format("next export -o|--outdir"),
        below=_IN_SCRIPT.format("basePath"),
    ),
    Generator(
        "Nuxt",
        _script("nuxt.config"),
        ".output/public",
        "npx nuxt generate",
        ("nuxt", "nuxt3"),
        older="dist",
        option=_IN_SCRIPT.format("publicDir"),
        address=_IN_SCRIPT.format("url"),
        below=_IN_SCRIPT.format("baseURL"),
    ),
    Generator(
        "SvelteKit",
        _script("svelte.config"),
        "build",
        "npx vite build",
        ("@sveltejs/kit",),
        option=_IN_SCRIPT.format("pages"),
        below=_IN_SCRIPT.format("base"),
        needs_package=True,
    ),
    Generator(
        "Gatsby",
        _script("gatsby-config"),
        "public",
        "npx gatsby build",
        ("gatsby",),
        address=_IN_SCRIPT.format("siteUrl"),
        below=_IN_SCRIPT.format("pathPrefix"),
    ),
    Generator("Gridsome", _script("gridsome.config"), "dist", "npx gridsome build", ("gridsome",)),
    Generator(
        "React Router",
        (*_script("react-router.config"), *_script("remix.config")),
        "build/client",
        "npx react-router build",
        ("@react-router/dev", "@remix-run/dev"),
        option=_IN_SCRIPT.format("buildDirectory"),
        pages="client",
        below=_IN_SCRIPT.format("basename"),
    ),
    Generator(
        "Angular",
        ("angular.json",),
        "dist/*/browser",
        "npx ng build",
        ("@angular/core",),
        option=r"""["']outputPath["']\s*:\s*(?:\{\s*["']base["']\s*:\s*)?["']([^"'\n]+)""",
        flag=_FLAG.format("--output-path"),
        pages="browser",
    ),
    Generator(
        "Vue CLI",
        _script("vue.config"),
        "dist",
        "npx vue-cli-service build",
        ("@vue/cli-service",),
        option=_IN_SCRIPT.format("outputDir"),
        flag=_FLAG.format("--dest"),
        below=_IN_SCRIPT.format("publicPath"),
    ),
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
        leaves_out=_EXCLUDED,
        **_JEKYLL,
    ),
    Generator("Jekyll", ("_layouts", "_includes"), "_site", "bundle exec jekyll build", leaves_out=_EXCLUDED),
    Generator("Lume", _script("_config"), "_site", "deno task build"),
    Generator(
        "Pelican",
        ("pelicanconf.py",),
        "output",
        "pelican content",
        option=_TOML_OR_YAML.format("OUTPUT_PATH"),
        address=_ASSIGNED.format("SITEURL"),
        language=_ASSIGNED.format("DEFAULT_LANG"),
        also=("publishconf.py",),
    ),
    Generator(
        "MkDocs",
        ("mkdocs.yml", "mkdocs.yaml"),
        "site",
        "mkdocs build",
        option=_TOML_OR_YAML.format("site_dir"),
        address=_TOML_OR_YAML.format("site_url"),
        language=_TOML_OR_YAML.format("language"),
    ),
    Generator(
        "Zensical",
        ("zensical.toml",),
        "site",
        "zensical build",
        option=_TOML_OR_YAML.format("site_dir"),
        address=_TOML_OR_YAML.format("site_url"),
        language=_TOML_OR_YAML.format("language"),
    ),
    Generator("mdBook", ("book.toml",), "book", "mdbook build"),
    Generator("Nanoc", ("nanoc.yaml",), "output", "nanoc compile"),
    Generator("Middleman", ("config.rb",), "build", "middleman build", beside=("source",)),
    Generator("Sphinx", ("conf.py",), "_build/html", "make html", beside=("index.rst", "index.md")),
    Generator(
        "Create React App",
        (),
        "build",
        "npx react-scripts build",
        ("react-scripts",),
        option=_TOML_OR_YAML.format("BUILD_PATH"),
        flag=_FLAG.format("BUILD_PATH"),
        also=(".env", ".env.production"),
    ),
    Generator(
        "Vite",
        _script("vite.config"),
        "dist",
        "npx vite build",
        ("vite",),
        **_VITE,
    ),
    Generator(
        "Parcel",
        (".parcelrc",),
        "dist",
        "npx parcel build",
        ("parcel",),
        flag=_FLAG.format("--dist-dir"),
    ),
)

OUTPUTS = ("public", "dist", "_site", "site", "out", "output", "build", "www", "htdocs", "docs")
"""Names of folders of built pages, where no generator says which it is."""

_INSIDES = (".next", ".nuxt", ".svelte-kit", "node_modules", "_includes", "_layouts")
"""Folders that a generator works in, whatever lies in them."""


def generator_of(folder: Path) -> tuple[Generator, str] | None:
    """The generator whose sources a folder holds, and what shows it."""
    packages = _packages(folder)
    for generator in GENERATORS:
        if generator.needs_package and packages.isdisjoint(generator.package):
            continue
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
    for name in (*generator.files, *generator.also):
        if found := _configured(folder / name, generator.option):
            return _pages_in(folder, found, generator)
    for command in _commands(folder) if generator.flag else ():
        if (flag := re.search(generator.flag, command)) and (named := _inside(flag[1])):
            return _pages_in(folder, named, generator)
    if generator.older and (folder / generator.older).is_dir() and not (folder / generator.output).is_dir():
        return generator.older
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


@dataclass(frozen=True, slots=True)
class Proposal:
    """Where a site's built pages lie, or will, and how sure that is.

    `root` is empty where nobody but the user can know; `generator` is the one whose sources the folder
    holds, `why` what shows it.
    """

    root: str
    generator: Generator | None = None
    why: str = ""
    is_built: bool = False


def proposal(folder: Path) -> Proposal:
    """The folder of built pages for a plan in `folder`: never one of sources."""
    if known := generator_of(folder):
        generator, why = known
        root = output_of(folder, generator)
        return Proposal(root, generator, why, bool(root) and is_built(folder / root))
    outputs = (name for name in OUTPUTS if (folder / name).is_dir() and is_built(folder / name))
    signs = list(signs_of_sources(folder))
    if root := next((name for name in outputs if signs or not (folder / "index.html").is_file()), ""):
        return Proposal(root, is_built=True)
    if signs or not is_built(folder):
        return Proposal("", why="; ".join(signs))
    return Proposal(".", is_built=True)


def _configured(path: Path, option: str) -> str:
    if not option or not path.is_file():
        return ""
    found = re.search(option, _text(path), re.MULTILINE)
    return _inside(found[1]) if found else ""


def _inside(written: str) -> str:
    """A folder as it is written; empty where it is not one below the sources."""
    named = written.strip().strip("\"'").removeprefix("./").rstrip("/")
    is_inside = named not in ("", ".") and ".." not in Path(named).parts and not Path(named).is_absolute()
    return named if is_inside else ""


def _pages_in(folder: Path, output: str, generator: Generator) -> str:
    """Where in a configured folder the pages lie; Angular's older builder writes them into it itself."""
    inside = f"{output}/{generator.pages}" if generator.pages else output
    return output if generator.name == "Angular" and not (folder / inside).is_dir() else inside


def _commands(folder: Path) -> list[str]:
    """The scripts of `package.json`, the one called `build` first."""
    scripts = _package_json(folder).get("scripts")
    named = scripts if isinstance(scripts, dict) else {}
    return [str(named[name]) for name in sorted(named, key=lambda name: str(name) != "build")]


def build_command(folder: Path, generator: Generator) -> str:
    """What builds a site: the project's own `build` script where it has one, else the generator."""
    scripts = _package_json(folder).get("scripts")
    if not isinstance(scripts, dict) or "build" not in scripts or not generator.package:
        return generator.build
    locks = (("pnpm-lock.yaml", "pnpm build"), ("yarn.lock", "yarn build"), ("bun.lockb", "bun run build"))
    return next((command for lock, command in locks if (folder / lock).is_file()), "npm run build")


def _joined(url: str, folder: str) -> str:
    """An address with the folder that the shop lives in, unless it says it already."""
    inside = folder.strip("/")
    ends = url.rstrip("/")
    return ends if not inside or "://" in folder or ends.endswith(f"/{inside}") else f"{ends}/{inside}"


def settings(folder: Path, generator: Generator) -> dict[str, tuple[str, str]]:
    """What a generator's configuration says of the site, `url` and `language`, and the file that says it."""
    found: dict[str, tuple[str, str]] = {}
    for name in (*generator.files, *generator.also):
        text = _text(folder / name) if (folder / name).is_file() else ""
        for key, pattern in (("url", generator.address), ("language", generator.language)):
            if pattern and (said := re.search(pattern, text, re.MULTILINE)) and said[1].strip():
                found[key] = (said[1].strip(), name)
        below = re.search(generator.below, text, re.MULTILINE) if generator.below else None
        if below and "url" in found:
            url, where = found["url"]
            found["url"] = (_joined(url, below[1].strip()), where)
    return found


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
