"""`doctor`: what the kit stands on here, what is missing, and how to get it."""

from __future__ import annotations

import importlib.util
import os
import platform
import re
from collections.abc import Iterator
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from connectif_kit import __version__
from connectif_kit.core.diagnostics import KitError, Severity
from connectif_kit.core.generators import Proposal, build_command, is_built, proposal
from connectif_kit.core.records import dataclass
from connectif_kit.core.wording import counted, shown
from connectif_kit.page.html.engine import PACKAGES, chosen, notice
from connectif_kit.plan.loaded import LoadedPlan
from connectif_kit.plan.locate import FILE, each_store, find, others
from connectif_kit.plan.models import PAGE_DATA
from connectif_kit.plan.workspace import read_plan
from connectif_kit.verify.browser import HOW, installed

PACKAGE = "connectif-kit"


class State(StrEnum):
    """Whether a thing is there; `optional` ones are needed by some commands only."""

    FOUND = "ok"
    MISSING = "missing"
    OPTIONAL = "optional"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that was looked at: what was found, or how to get it."""

    name: str
    state: State
    found: str
    hint: str = ""


def examined(config: Path | None = None) -> list[Item]:
    """Everything, in the order in which it is needed. Raises nothing for what is missing."""
    return [*_versions(), _parser(), _browser(), *_plans(config), _key()]


def _versions() -> Iterator[Item]:
    yield Item(PACKAGE, State.FOUND, __version__)
    yield Item("Python", State.FOUND, f"{platform.python_version()} on {platform.system()}")
    found, missing = list[str](), list[str]()
    for name in _needed():
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            missing.append(name)
    if missing:
        hint = f"`pip install {' '.join(missing)}`, or install {PACKAGE} again"
        yield Item("libraries", State.MISSING, f"not installed: {', '.join(missing)}", hint)
    else:
        yield Item("libraries", State.FOUND, ", ".join(found) or "not installed as a package")


def _needed() -> list[str]:
    """The libraries that every machine needs; those with a condition are looked at by themselves."""
    try:
        asked = requires(PACKAGE) or []
    except PackageNotFoundError:
        return []
    return [_NAME.sub("", each) for each in asked if ";" not in each]


_NAME = re.compile(r"[^\w.-].*", re.DOTALL)


def _parser() -> Item:
    try:
        name = chosen()
        slower = notice()
    except KitError as error:
        first = error.diagnostics[0]
        return Item("parser", State.MISSING, first.message, first.hint)
    package = PACKAGES[name][0]
    found = f"{name} {version(package)}"
    if slower:
        return Item(
            "parser", State.OPTIONAL, f"{found}: slower", "`pip install turbohtml`, if it has a wheel"
        )
    return Item("parser", State.FOUND, found)


def _browser() -> Item:
    """Chromium and Playwright, which only driving a browser needs."""
    browser = installed()
    if importlib.util.find_spec("playwright") is None:
        return Item("browser", State.OPTIONAL, "no Playwright", f'`pip install "{PACKAGE}[browser]"`')
    found = f"Playwright {version('playwright')}"
    if not browser:
        return Item("browser", State.OPTIONAL, f"{found}, no browser of the machine's", HOW)
    return Item("browser", State.FOUND, f"{found} with {browser}")


def _plans(config: Path | None) -> Iterator[Item]:
    """The plan, or those of several stores, each with its site."""
    here = Path.cwd()
    one = config or find(here)
    configs = each_store(one) if one else others(here)
    for path in configs:
        yield from _plan(path)
    if not configs:
        hint = "`connectif-kit new` makes a shop to try, `connectif-kit new --here` a plan for this site"
        yield Item("plan", State.MISSING, f"no {FILE} here or above", hint)
        yield _generator(proposal(here))


def _plan(path: Path) -> Iterator[Item]:
    try:
        loaded = read_plan(path)
    except (KitError, OSError) as error:
        faults = getattr(error, "diagnostics", ())
        why = error.strerror if isinstance(error, OSError) else ""
        said = f"{shown(path)}: {counted(len(faults), 'mistake') if faults else why or error}"
        yield Item("plan", State.MISSING, said, "`connectif-kit build` names them" if faults else "")
        return
    folder = path.parent.resolve()
    yield _doubts(loaded)
    made = proposal(folder)
    yield _generator(made)
    yield _site(loaded, folder, made)
    yield from _catalogue(loaded, folder)


def _doubts(loaded: LoadedPlan) -> Item:
    """The plan, and what is wrong in it though it can be read."""
    serious = [note for note in loaded.notes if note.severity is not Severity.NOTICE]
    name, plan = loaded.document.path, loaded.plan
    if serious:
        return Item("plan", State.MISSING, f"{serious[0].place}: {serious[0].message}", serious[0].hint)
    return Item("plan", State.FOUND, f"{name}: {plan.store.url}, {counted(len(plan.pages), 'kind')} of pages")


def _generator(made: Proposal) -> Item:
    if made.generator:
        return Item("generator", State.FOUND, f"{made.generator.name} ({made.why})")
    return Item("generator", State.OPTIONAL, "none that is known; any that leaves HTML in a folder will do")


def _site(loaded: LoadedPlan, folder: Path, made: Proposal) -> Item:
    root = folder / loaded.plan.site.root
    if root.is_dir() and is_built(root):
        return Item("site", State.FOUND, shown(root))
    what = "no pages in" if root.is_dir() else "there is no folder"
    how = f"`{build_command(folder, made.generator)}`" if made.generator else "build your site"
    hint = f"{how}, or correct site.root ({loaded.place('site', 'root')})"
    return Item("site", State.MISSING, f"{what} {shown(root)}", hint)


def _catalogue(loaded: LoadedPlan, folder: Path) -> Iterator[Item]:
    source = loaded.plan.catalog.source
    if source is None:
        return
    if source in PAGE_DATA:
        yield Item("catalogue", State.FOUND, f"{source} of the pages")
    elif (folder / source).exists():
        yield Item("catalogue", State.FOUND, shown(folder / source))
    else:
        place = loaded.document.place(("catalog", "source"))
        yield Item("catalogue", State.MISSING, f"there is no {shown(folder / source)}", f"see {place}")


def _key() -> Item:
    """Whether `sync` has a key; never which."""
    if os.environ.get("CONNECTIF_API_KEY"):
        return Item("API key", State.FOUND, "CONNECTIF_API_KEY is set")
    return Item("API key", State.OPTIONAL, "CONNECTIF_API_KEY is not set", "only `sync` needs it")
