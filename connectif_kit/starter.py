"""What `new` writes: the starter shop, or a first plan for a site that is already there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from connectif_kit.plan import EXAMPLE_HOST, EXAMPLE_ID, FILE

METHODS = ("js-events", "client-tags", "server-tags")


@dataclass(frozen=True)
class Answers:
    """What a plan cannot do without; the defaults are the starter shop's own."""

    store_id: str = EXAMPLE_ID
    environment: str = "eu5"
    url: str = f"https://{EXAMPLE_HOST}"
    method: str = "js-events"


@dataclass(frozen=True, slots=True)
class Generator:
    """A site generator: the files that betray it, its output folder, its command."""

    name: str
    files: tuple[str, ...]
    output: str
    build: str


GENERATORS = (
    Generator("Hugo", ("hugo.toml", "hugo.yaml", "hugo.json"), "public", "hugo"),
    Generator(
        "Eleventy",
        (".eleventy.js", "eleventy.config.js", "eleventy.config.mjs", "eleventy.config.cjs"),
        "_site",
        "npx @11ty/eleventy",
    ),
    Generator("Astro", ("astro.config.mjs", "astro.config.js", "astro.config.ts"), "dist", "npx astro build"),
    Generator("Jekyll", ("_config.yml", "_config.yaml"), "_site", "bundle exec jekyll build"),
    Generator("Pelican", ("pelicanconf.py",), "output", "pelican content"),
    Generator("MkDocs", ("mkdocs.yml", "mkdocs.yaml"), "site", "mkdocs build"),
    Generator("Vite", ("vite.config.js", "vite.config.ts", "vite.config.mjs"), "dist", "npx vite build"),
    Generator("Hugo", ("config.toml", "archetypes"), "public", "hugo"),
)
_PLAIN = Generator("plain HTML", (), ".", "")


def detect(names: Iterable[str]) -> Generator:
    """The generator that a folder's names betray; plain HTML where none does."""
    there = set(names)
    found = (generator for generator in GENERATORS if there & set(generator.files))
    outputs = (folder for folder in ("public", "dist", "_site", "site") if folder in there)
    return next(found, None) or Generator(_PLAIN.name, (), next(outputs, _PLAIN.output), "")


def starter_files(root: Path, answers: Answers) -> dict[str, bytes]:
    """The starter shop's files, with the answers in place of its own store."""
    old_host, new_host = (urlsplit(each.url).netloc for each in (Answers(), answers))
    swaps = {
        Answers.store_id: answers.store_id,
        Answers.url: answers.url.rstrip("/"),
        f"*.{old_host}": f"*.{new_host}",
    }
    files = {}
    for path in sorted(p for p in root.rglob("*") if p.is_file()):
        data = path.read_bytes()
        for old, new in swaps.items():
            data = data.replace(old.encode(), new.encode())
        files[path.relative_to(root).as_posix()] = data
    plan = files[FILE].replace(b"environment: eu5", f"environment: {answers.environment}".encode())
    files[FILE] = plan.replace(b"activity: js-events ", f"activity: {answers.method} ".encode())
    return files


def first_plan(answers: Answers, root: str) -> str:
    """A first `connectif.yaml` for a site whose pages nobody has described yet."""
    from connectif_kit.render.templates import environment

    template = environment().get_template("new/connectif.yaml.j2")
    parts = urlsplit(answers.url)
    return template.render(
        store_id=answers.store_id,
        example_id=answers.store_id == Answers.store_id,
        origin=f"{parts.scheme}://{parts.netloc}",
        environment=answers.environment,
        url=answers.url,
        method=answers.method,
        root=root,
    )
