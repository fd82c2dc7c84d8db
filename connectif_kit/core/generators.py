"""Site generators, in one table: how a folder shows that it holds one's sources, and where it builds to.

Used by `new --here`, which proposes the folder that is built, and by `inject`, which leaves sources alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from connectif_kit.core.known_generators import GENERATORS, Generator
from connectif_kit.core.records import dataclass

MOST = 200_000
"""Bytes of a configuration that are read."""


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
    """What builds a site's pages: the project's own script where it has one, else the generator.

    It is mostly called `build`; but Nuxt's `build` makes a server, and its `generate` the pages.
    """
    scripts = _package_json(folder).get("scripts")
    named = scripts if isinstance(scripts, dict) and generator.package else {}
    own = generator.build.removeprefix("npx ")
    runs = [name for name, text in named.items() if own in str(text)]
    script = "build" if "build" in named and generator.name != "Nuxt" else next(iter(runs), "")
    if not script:
        return generator.build
    locks = (("pnpm-lock.yaml", "pnpm"), ("yarn.lock", "yarn"), ("bun.lockb", "bun run"))
    return f"{next((run for lock, run in locks if (folder / lock).is_file()), 'npm run')} {script}"


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
