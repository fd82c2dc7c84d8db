"""How commands that find something report it: in every format, to standard output or to files."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from connectif_kit.cli import _completing
from connectif_kit.cli._language import lang_option, of_store, of_terminal
from connectif_kit.cli._shared import coloured

if TYPE_CHECKING:
    from connectif_kit.core.console import Console
    from connectif_kit.core.diagnostics import Diagnostic
    from connectif_kit.reports import Report
    from connectif_kit.reports.comparison import Earlier

F = TypeVar("F", bound=Callable[..., Any])
_KNOWN = (
    "text, json, sarif, junit, github, gitlab or html, to standard output or a file; may be given several"
)


def format_option(name: str = "--format") -> Callable[[F], F]:
    """`--format NAME[=FILE]` and `--lang`, for every command that finds something."""
    formats = click.option(
        name,
        "formats",
        multiple=True,
        metavar="NAME[=FILE]",
        shell_complete=_completing.formats,
        help=f"How to report: {_KNOWN} times. [default: text]",
    )
    return lambda command: formats(lang_option(command))


verbose_option = click.option(
    "-v", "--verbose", is_flag=True, help="Name each finding, not only one for each cause."
)


def outputs(given: tuple[str, ...], option: str = "--format") -> list[tuple[str, str]]:
    """Format names and files (empty: standard output, as for `-`). Raises UsageError for an unknown name."""
    from connectif_kit.core.diagnostics import did_you_mean
    from connectif_kit.reports import formats

    found = []
    for word in given or ("text",):
        name, _, file = word.partition("=")
        file = "" if file == "-" else file
        if name not in formats():
            near = did_you_mean(name, formats()) or "known: " + ", ".join(formats())
            raise click.UsageError(f"{option}: `{name}` is no format; {near}")
        found.append((name, file))
    return found


def reader_options(command: F) -> F:
    """`--compare` and `--editor-url`: what a reader of the reports wants to see besides."""
    compare = click.option(
        "--compare",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Say what is new, gone and the same since an earlier JSON or HTML report.",
    )
    editor = click.option(
        "--editor-url",
        metavar="URL",
        envvar="CONNECTIF_KIT_EDITOR",
        help="Links of the HTML report that open a file, such as vscode://file/{path}:{line}:{column}.",
    )
    return compare(editor(command))


def reporting(
    compare: Path | None, given: tuple[str, ...], editor: str | None
) -> Callable[[Report], list[str]]:
    """Makes the reports, held against an earlier one that is read now: its file may be written over.

    Raises KitError where the earlier one is none.
    """
    from connectif_kit.reports.earlier import read

    earlier = read(compare) if compare else None
    return lambda report: reports(_since(report, earlier), given, editor)


def _since(report: Report, earlier: Earlier | None) -> Report:
    from dataclasses import replace

    from connectif_kit.reports.comparison import compare

    if earlier is None:
        return report
    found = ((finding, report.places_of(finding)) for finding in report.findings)
    return replace(report, compared=compare(found, report.run.site, earlier, report.checked))


def reports(report: Report, given: tuple[str, ...], editor: str | None = None) -> list[str]:
    """The report in each format that was asked for; `editor` is the address that opens a file."""
    from dataclasses import replace

    from connectif_kit.reports import formats

    asked = outputs(given)
    if editor:
        report = replace(report, editor=editor, folder=Path.cwd().as_posix())
    if any(formats()[name].describes for name, _ in asked):
        from connectif_kit.rule_texts import rule_texts

        report = replace(report, rules=rule_texts(report.findings))
    plain = replace(report, language=of_terminal(), audience=of_store(report.store_language))
    shown = replace(plain, colour=coloured(sys.stdout))
    return [formats()[name].write(plain if file else shown) for name, file in asked]


def tell(made: Iterable[str], given: tuple[str, ...]) -> None:
    """Write reports to their files, or to standard output: what programs read is UTF-8 there too."""
    from connectif_kit.core.files import write

    for (name, file), text in zip(outputs(given), made, strict=True):
        data = text.encode("utf-8", "replace")
        if file:
            write(Path(file), data)
        else:
            click.echo(data.decode() if name == "text" else data, nl=False)


def deliver(
    report: Report, given: tuple[str, ...], *, clean: bool = False, editor: str | None = None
) -> None:
    """Report in every format; a run that found nothing says so where a format was named, or `clean` is."""
    if clean or given or report.findings:
        tell(reports(report, given, editor), given)


@contextmanager
def reported(given: tuple[str, ...], option: str = "--format") -> Iterator[None]:
    """What keeps a run from its work, such as a broken plan, is in the reports too that were asked for."""
    from connectif_kit.core.diagnostics import KitError

    outputs(given, option)
    try:
        yield
    except KitError as error:
        if given:
            from connectif_kit.page.excerpt import line_of
            from connectif_kit.reports import Report

            report = Report(tuple(map(_whole, error.diagnostics)), line_of=line_of)
            files = tuple(word for word in given if word != "text")  # that one the user sees anyway
            if files:
                tell(reports(report, files), files)
        raise


def _whole(found: Diagnostic) -> Diagnostic:
    """With a line that formats allow, where the place is a file and no line of it."""
    from dataclasses import replace

    return replace(found, place=replace(found.place, line=max(found.place.line, 1)))


def console(formats: tuple[str, ...] = ()) -> Console:
    """This process's terminal; where a report is on standard output, nothing else is."""
    from functools import partial

    from connectif_kit.core.console import Console

    def show(text: str) -> None:
        if not formats or all(file for _, file in outputs(formats)):
            click.echo(text, nl=False)

    ask = partial(click.confirm, err=True) if sys.stdin.isatty() else None
    watched, colour = sys.stderr.isatty(), coloured(sys.stdout)
    return Console(partial(click.echo, err=True), show, _tracked, watched, colour, ask)


def _tracked(items: Iterator[Any], total: int) -> Iterator[Any]:
    """The same, with a bar that shows how far it has come."""
    from rich.console import Console
    from rich.progress import track

    shown = Console(stderr=True)
    return iter(track(items, "checking", total=total, console=shown, transient=True))
