"""What several commands need: the plan, diagnostics on standard error, module files."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from connectif_kit.diagnostics import Diagnostic, Place
    from connectif_kit.html import Source
    from connectif_kit.plan import Loaded
    from connectif_kit.reports import Report

F = TypeVar("F", bound=Callable[..., Any])


def config_option(command: F) -> F:
    """`-c/--config`, for every command that needs the plan."""
    return click.option(
        "-c",
        "--config",
        type=click.Path(path_type=Path),
        help="The plan. [default: connectif.yaml here or above]",
    )(command)


def load_plan(config: Path | None, *, quiet: bool = False) -> tuple[Loaded, Path]:
    """The plan and its folder; what is doubtful in it goes to standard error, unless a report will say it.

    Raises KitError with every mistake, or where there is no plan.
    """
    from connectif_kit.diagnostics import KitError, Place
    from connectif_kit.plan import find, load, others

    path = config or find(Path.cwd())
    if path is None or not path.is_file():
        missing = str(config or "connectif.yaml")
        hint = "`connectif-kit new` makes a shop to try, `connectif-kit new --here` a plan for this site"
        if config is None and (stores := others(Path.cwd())):
            named = " or ".join(f"-c {shown(each)}" for each in stores)
            hint = f"this command takes one store at a time: {named}"
        raise KitError.at(Place(missing), "no-plan", "there is no plan here", hint)
    loaded = load(shown(path), path.read_bytes(), path.parent)
    if not quiet:
        show(loaded.notes)
    return loaded, path.parent.resolve()


def built_site(site: Path | None, folder: Path, loaded: Loaded) -> Path:
    """The folder of the built site: the one that is named, else the plan's.

    Raises UsageError, with the plan's line, where there is none.
    """
    root = site or folder / loaded.plan.site.root
    if not root.is_dir():
        where = "" if site else f" (site.root, {loaded.place('site', 'root')})"
        raise click.UsageError(
            f"there is no folder {shown(root)}{where}: build your site first, or name its folder"
        )
    return root


def shown(path: Path) -> str:
    """A path as a message names it: from here, where it lies below here or near."""
    try:
        relative = os.path.relpath(path)
    except ValueError:  # another drive
        return str(path)
    return str(path) if relative.count("..") > 2 else relative


def shown_in(folder: Path) -> Callable[[str], str]:
    """`shown` for the many paths inside a folder, each given from there with `/` between its steps."""
    start = shown(folder)
    before = "" if start == "." else os.path.join(start, "")  # noqa: PTH118 - pathlib drops the end
    return lambda inside: f"{before}{inside}"


def counted(number: int, noun: str) -> str:
    """`1 file`, `2,000 files`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def show(diagnostics: Iterable[Diagnostic]) -> None:
    """Diagnostics on standard error, for people."""
    found = tuple(diagnostics)
    if found:
        from connectif_kit.reports import Report

        show_report(Report(found, line_of=line_of))


def show_report(report: Report) -> None:
    """A report on standard error, for people."""
    from dataclasses import replace

    from connectif_kit.reports.text import write

    click.echo(write(replace(report, colour=coloured(sys.stderr))), err=True, nl=False)


def check_parser() -> None:
    """Say, once in a process, where pages are read by another parser than usual.

    For each command that reads pages, before it does. Raises KitError where the parser asked for is
    unknown or missing.
    """
    from connectif_kit.html.engine import notice

    if message := notice():
        _say_once(message)


@cache
def _say_once(message: str) -> None:
    click.echo(message, err=True)


def line_of(place: Place) -> str:
    """The source line of a place with nothing private in it; nothing where it cannot be read."""
    from connectif_kit.diagnostics import KitError

    path = Path(place.path)
    try:
        if not path.is_file():  # a pipe would be waited for
            return ""
        found = path.stat()
        if found.st_size >= 20_000_000:
            return ""
        return _veiled(place.path, found.st_mtime_ns, found.st_size).line_text(place.line)
    except (OSError, KitError, ValueError):
        return ""


@lru_cache(maxsize=32)  # a report names several places of one page
def _veiled(path: str, _time: int, _size: int) -> Source:
    """A file's text with what is private in a page, and keys anywhere, made unreadable."""
    from connectif_kit.files import HTML_SUFFIXES
    from connectif_kit.html import decode
    from connectif_kit.mask import without_keys
    from connectif_kit.page.private import veiled_text

    source = decode(path, Path(path).read_bytes())
    is_page = path.lower().endswith(HTML_SUFFIXES) or source.text.lstrip()[:1] == "<"
    return replace(source, text=veiled_text(source) if is_page else without_keys(source.text))


def coloured(stream: Any) -> bool:
    """Whether a stream takes colours: a terminal, unless NO_COLOR says otherwise."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or bool(stream.isatty())


def module_reader(folder: Path) -> Callable[[str], str]:
    """Reads `module:` files, from the plan's folder and below it only."""

    def read(path: str) -> str:
        from connectif_kit.diagnostics import KitError, Place
        from connectif_kit.files import reason

        file = (folder / path).resolve()
        if not file.is_relative_to(folder.resolve()):
            raise KitError.at(Place(path), "bad-module", "a module lies in the plan's folder or below it")
        try:
            return file.read_text(encoding="utf-8")
        except OSError as error:
            raise reason(error, path) from None
        except UnicodeDecodeError:
            raise KitError.at(Place(path), "bad-module", "the file is not UTF-8") from None

    return read
