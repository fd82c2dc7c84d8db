"""`connectif-kit audit`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from connectif_kit.cli._shared import coloured, config_option, line_of, load_plan, shown

if TYPE_CHECKING:
    from connectif_kit.diagnostics import Diagnostic
    from connectif_kit.plan import Loaded
    from connectif_kit.reports import Report


@dataclass(frozen=True, slots=True)
class _Input:
    """A page to audit: how it is called, its address's path, how to get its bytes."""

    name: str
    url_path: str
    path: Path | None

    def read(self) -> bytes:
        return self.path.read_bytes() if self.path else sys.stdin.buffer.read()


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@config_option
@click.option(
    "--format",
    "formats",
    multiple=True,
    metavar="NAME[=FILE]",
    help="Report format, to standard output or a file; may be given several times. [default: text]",
)
@click.option("--select", multiple=True, metavar="RULE", help="Run only these rules.")
@click.option("--ignore", multiple=True, metavar="RULE", help="Leave these rules out.")
@click.option("--as", "as_path", metavar="PATH", help="Which page standard input is, such as /p/mug/.")
def command(
    paths: tuple[str, ...],
    config: Path | None,
    formats: tuple[str, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    as_path: str | None,
) -> int:
    """Check built HTML against the plan.

    PATH is a folder, a file, or `-` for standard input.

    With a plan (connectif.yaml here or above) each page is held against its kind; without one,
    only what every integration must keep is checked. PATH is `site.root` of the plan, if not given.
    """
    from connectif_kit.audit.engine import audit, chosen
    from connectif_kit.diagnostics import Diagnostic, Severity
    from connectif_kit.files import reason
    from connectif_kit.reports import Report

    outputs = _outputs(formats)
    run = chosen(_names(select), _names(ignore))
    loaded, folder = _plan(config)
    findings: list[Diagnostic] = []
    failed, pages = False, 0
    for item in _inputs(paths, loaded, folder, as_path):
        if isinstance(item, Diagnostic):
            findings.append(item)
            failed = failed or item.severity is Severity.ERROR
            continue
        try:
            data = item.read()
        except OSError as error:
            failed = True
            findings += reason(error, item.name).diagnostics
            continue
        pages += 1
        findings += audit(item.name, data, item.url_path, loaded, run)
    report = Report(tuple(findings), pages, line_of)
    _write(report, outputs)
    if failed:
        return 2
    return 1 if any(f.severity is not Severity.NOTICE for f in findings) else 0


def _names(given: tuple[str, ...]) -> list[str]:
    return [name for words in given for name in words.split(",") if name]


def _plan(config: Path | None) -> tuple[Loaded | None, Path]:
    from connectif_kit.plan import find

    if config is None and find(Path.cwd()) is None:
        click.echo("no connectif.yaml here or above: pages are checked without a plan", err=True)
        return None, Path.cwd()
    return load_plan(config)


def _inputs(
    paths: tuple[str, ...], loaded: Loaded | None, folder: Path, as_path: str | None
) -> Iterator[_Input | Diagnostic]:
    root = folder / loaded.plan.site.root if loaded else None
    if not paths:
        if root is None:
            raise click.UsageError("name a folder or a file to check")
        paths = (shown(root),)
    for given in paths:
        if given == "-":
            yield _Input("<stdin>", as_path or "/", None)
        elif not Path(given).exists():
            raise click.UsageError(f"there is no file or folder {given}")
        elif Path(given).is_dir():
            yield from _folder(Path(given), loaded)
        else:
            yield _Input(given, as_path or _url_path(Path(given), root), Path(given))


def _folder(folder: Path, loaded: Loaded | None) -> Iterator[_Input | Diagnostic]:
    from connectif_kit.files import SiteFile, site_pages

    for file in site_pages(folder):
        if not isinstance(file, SiteFile):
            yield file
        elif not (loaded and loaded.plan.ignored(file.url_path)):
            yield _Input(shown(file.path), file.url_path, file.path)


def _url_path(path: Path, root: Path | None) -> str:
    """The address's path of a single file: from the site's root, where it lies below it."""
    from connectif_kit.files import url_path

    if root and path.resolve().is_relative_to(root.resolve()):
        return url_path(path.resolve().relative_to(root.resolve()).as_posix())
    return url_path(path.name)


def _outputs(given: tuple[str, ...]) -> list[tuple[str, str]]:
    """Format names and files (empty: standard output). Raises UsageError for an unknown name."""
    from connectif_kit.diagnostics import did_you_mean
    from connectif_kit.reports import formats

    found = []
    for word in given or ("text",):
        name, _, file = word.partition("=")
        if name not in formats():
            near = did_you_mean(name, formats()) or "known: " + ", ".join(formats())
            raise click.UsageError(f"`{name}` is no format; {near}")
        found.append((name, file))
    return found


def _write(report: Report, outputs: list[tuple[str, str]]) -> None:
    from dataclasses import replace

    from connectif_kit.files import write
    from connectif_kit.reports import formats

    for name, file in outputs:
        if file:
            write(Path(file), formats()[name].write(report).encode())
        else:
            click.echo(formats()[name].write(replace(report, colour=coloured(sys.stdout))), nl=False)
