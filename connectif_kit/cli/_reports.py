"""How commands that find something report it: in every format, to standard output or to files."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from connectif_kit.cli._formats import outputs
from connectif_kit.cli._language import of_store, of_terminal
from connectif_kit.cli._links import coloured, with_links
from connectif_kit.core.diagnostics import KitError
from connectif_kit.core.files import write

if TYPE_CHECKING:
    from connectif_kit.audit.options import Options
    from connectif_kit.core.diagnostics import Diagnostic
    from connectif_kit.reports import Report
    from connectif_kit.reports.comparison import Earlier


def reporting(options: Options) -> Callable[[Report], list[str]]:
    """Makes the reports, held against an earlier one that is read now: its file may be written over.

    Raises KitError where the earlier one is none.
    """
    from connectif_kit.reports.earlier import read

    earlier = read(options.compare) if options.compare else None
    return lambda report: reports(_since(report, earlier), options.formats, options.editor_url)


def _since(report: Report, earlier: Earlier | None) -> Report:
    from connectif_kit.reports.comparison import compare

    if earlier is None:
        return report
    found = ((finding, report.places_of(finding)) for finding in report.findings)
    return replace(report, compared=compare(found, report.run.site, earlier, report.checked))


def reports(report: Report, given: tuple[str, ...], editor: str | None = None) -> list[str]:
    """The report in each format that was asked for; `editor` is the address that opens a file."""
    from connectif_kit.reports import format_of

    asked = [(made, file) for name, file in outputs(given) if (made := format_of(name))]
    if editor:
        report = replace(report, editor=editor, folder=Path.cwd().as_posix())
    if any(made.describes for made, _ in asked):
        from connectif_kit.rule_texts import rule_texts

        report = replace(report, rules=rule_texts(report.findings))
    plain = replace(report, language=of_terminal(), audience=of_store(report.store_language))
    shown = replace(plain, colour=coloured(sys.stdout), **with_links(sys.stdout, report.findings))
    return [made.write(plain if file else shown) for made, file in asked]


def tell(made: Iterable[str], given: tuple[str, ...]) -> None:
    """Write reports to their files, or to standard output: what programs read is UTF-8 there too."""
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
    outputs(given, option)
    try:
        yield
    except KitError as error:
        if given:
            from connectif_kit.page.excerpt import line_of
            from connectif_kit.reports import Report

            report = Report(tuple(map(_whole, error.diagnostics)), line_of=line_of)
            if files := tuple(word for word in given if word != "text"):  # that one the user sees anyway
                tell(reports(report, files), files)
        raise


def _whole(found: Diagnostic) -> Diagnostic:
    """With a line that formats allow, where the place is a file and no line of it."""
    return replace(found, place=replace(found.place, line=max(found.place.line, 1)))
