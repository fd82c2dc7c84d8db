"""Site generators: how each is recognised, where it builds into, where it says of the site what."""

from __future__ import annotations

from typing import Any

from connectif_kit.core.records import dataclass


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
    `older` is the folder of its older versions, where that lies there alone. `ignores` is a file that names
    what it leaves out, and `sources` finds the folder to which that does not apply.
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
    ignores: str = ""
    sources: str = ""


def _script(name: str) -> tuple[str, ...]:
    return tuple(f"{name}.{end}" for end in ("js", "mjs", "cjs", "ts", "mts", "cts"))


_EXCLUDED = "exclude: [connectif, connectif.yaml, connectif.schema.json, .connectif]"


_TOML_OR_YAML = r"""^[ \t]*{}[ \t]*[=:][ \t]*["']?([^"'#\n]+)"""


_TOP_LEVEL = r"""^{}[ \t]*[=:][ \t]*["']?([^"'#\n]+)"""


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
    "option": _TOP_LEVEL.format("destination"),
    "address": _TOP_LEVEL.format("url"),
    "below": _TOP_LEVEL.format("baseurl"),
    "language": _TOP_LEVEL.format("(?:lang|language|locale)"),
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
        ignores=".eleventyignore",
        sources=_IN_SCRIPT.format("input"),
        flag=_FLAG.format("--output"),
        address=r"""(?i)\b(?:(?:site|base|home|live|prod(?:uction)?|canonical|public)_?)?url["']?\s*[:=]\s*["'](https?://[^"'\n]+)""",
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
