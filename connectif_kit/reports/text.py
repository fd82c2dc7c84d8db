"""For people: the place, what is wrong, the source line, how to fix it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import StringIO
from unicodedata import combining, east_asian_width

from connectif_kit.core.diagnostics import Diagnostic, Severity
from connectif_kit.core.language import Language
from connectif_kit.core.messages import Message, count, say
from connectif_kit.page.special import counted
from connectif_kit.reports import Format, Occurrences, Report
from connectif_kit.reports.comparison import Comparison

SEVERITIES = {
    Severity.ERROR: say("error"),
    Severity.WARNING: say("warning"),
    Severity.NOTICE: say("notice"),
}
COUNTED: dict[Severity, Callable[[int], Message]] = {
    Severity.ERROR: lambda number: count(number, "{n:,} error", "{n:,} errors"),
    Severity.WARNING: lambda number: count(number, "{n:,} warning", "{n:,} warnings"),
    Severity.NOTICE: lambda number: count(number, "{n:,} notice", "{n:,} notices"),
}
_STYLE = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.NOTICE: "bold cyan"}
_WIDE = 96
_EXPLAINED = 1
"""Rules whose explanation is offered, those of the largest causes."""


_SHOWN = 3
"""Further places that are named."""
_LOOKED_AT = 100
"""Places among which those are looked for that differ."""

Part = str | tuple[str, str]


def write(report: Report) -> str:
    """The causes with the most places first, then in reading order; a count, and what to do next."""
    lines = [parts for finding in _by_size(report) for parts in _lines(finding, report)]
    lines += _gone(report.compared, report.language)
    if alone := counted(report.left_alone):
        lines.append([report.language.text(alone)])
    ends = [_summary(report), *_since(report.compared, report.language), *_next(report)]
    lines = [[_harmless(part) for part in parts] for parts in [*lines, *ends]]
    if report.colour:
        return _coloured(lines)
    return "".join(
        "".join(part if isinstance(part, str) else part[0] for part in line) + "\n" for line in lines
    )


def _by_size(report: Report) -> list[Diagnostic]:
    """What is only to be known comes last, however often it is met."""

    def size(finding: Diagnostic) -> tuple[bool, int]:
        return finding.severity is Severity.NOTICE, -report.of(finding).count

    return sorted(report.findings, key=size)


def _gone(compared: Comparison | None, language: Language) -> Iterator[list[Part]]:
    """What an earlier report has and this one has not."""
    for cause in compared.gone if compared else ():
        number = len(cause.places) + cause.unnamed
        where = str(cause.places[0]) if cause.places else ""
        more = language.count(number, " ({n:,} place)", " ({n:,} places)") if number > 1 else ""
        yield [(language.say("gone"), "green"), " ", (cause.rule, "bold"), f" {where}"]
        yield ["  ", cause.message, more]
        yield [""]


def _since(compared: Comparison | None, language: Language) -> Iterator[list[Part]]:
    if compared:
        counts = language.say(
            "{new:,} new, {gone:,} gone, {same:,} the same",
            new=compared.new,
            gone=compared.went,
            same=compared.same,
        )
        yield [(language.say("since "), "green"), f"{compared.earlier.name}: {counts}"]


def _new(finding: Diagnostic, report: Report) -> list[Part]:
    """Whether a finding is new since an earlier report, or how many of its places are."""
    if report.compared is None:
        return []
    places = len(report.places_of(finding))
    state = report.compared.state(finding, places)
    if state == "new":
        return [(report.language.say(" (new)"), "bold")]
    fresh = len(report.compared.fresh[finding]) if state == "more" else 0
    said = report.language.say(" ({fresh:,} of {places:,} places new)", fresh=fresh, places=places)
    return [(said if fresh else "", "bold")]


def _next(report: Report) -> Iterator[list[Part]]:
    """How to go on: what a command fixes, and what explains the largest causes."""
    rules = list(dict.fromkeys(finding.rule for finding in _by_size(report)))[:_EXPLAINED]
    if not rules:
        return
    language, fix = report.language, list[Part]()
    if report.fixable:
        said = language.say("{count:,} fixable with ", count=report.fixable)
        fix = [said, ("connectif-kit audit --fix", "bold"), " · "]
    yield [(language.say("next: "), "green"), *fix, (f"connectif-kit explain {' '.join(rules)}", "bold")]


def _coloured(lines: list[list[Part]]) -> str:
    from rich.console import Console
    from rich.text import Text

    out = StringIO()
    console = Console(file=out, force_terminal=True, no_color=False, width=10_000, highlight=False)
    for parts in lines:
        console.print(Text.assemble(*parts), soft_wrap=True)
    return out.getvalue()


def _harmless(part: Part) -> Part:
    """A page's text must not move the reader's cursor: what is not printed becomes a blank."""
    text, *style = (part,) if isinstance(part, str) else part
    plain = text if text.isprintable() else "".join(char if char.isprintable() else " " for char in text)
    return (plain, style[0]) if style else plain


def _lines(finding: Diagnostic, report: Report) -> Iterator[list[Part]]:
    style, language = _STYLE[finding.severity], report.language
    severity = language.text(SEVERITIES[finding.severity])
    head: list[Part] = [(str(finding.place), "bold"), "  ", (severity, style)]
    link = report.link(finding) if report.linked else ""
    yield [*head, " ", (finding.rule, f"{style} link {link}" if link else style), *_new(finding, report)]
    yield ["  ", language.text(finding.message)]
    if line := report.line_of(finding.place):
        yield from _source(finding, line, style)
    if finding.hint:
        yield ["  ", (language.say("hint: "), "green"), language.text(finding.hint)]
    if finding.plan:
        yield ["  ", (language.say("plan: "), "green"), str(finding.plan)]
    yield from _others(finding, report.of(finding), language)
    yield [""]


def _others(finding: Diagnostic, others: Occurrences, language: Language) -> Iterator[list[Part]]:
    if not others.count:
        return
    here = str(finding.place)
    looked_at = others.places[:_LOOKED_AT]
    places = [place for place in dict.fromkeys(map(str, looked_at)) if place != here]
    more = len(places) > _SHOWN or others.count > len(looked_at)
    shown = ", ".join(places[:_SHOWN]) + (", …" if more and places else "")
    line = language.text(_how_often(others)) + (f": {shown}" if places else "")
    yield ["  ", (language.say("also: "), "green"), line]


def _how_often(others: Occurrences) -> Message:
    if not others.pages:
        return count(others.count, "{n:,} time on this page", "{n:,} times on this page")
    pages = count(others.pages, "on {n:,} more page", "on {n:,} more pages")
    return count(others.count, "{n:,} time {where}", "{n:,} times {where}", where=pages)


def _source(finding: Diagnostic, line: str, style: str) -> Iterator[list[Part]]:
    """The source line with a caret below; a long line is cut around the place."""
    place = finding.place
    start = place.column - 1
    same_line = place.end_line == place.line and place.end_column > place.column
    width = max(1, min(place.end_column - place.column if same_line else 1, _WIDE))
    cut = max(0, start - 20) if len(line) > _WIDE else 0
    shown = "".join(char if char.isprintable() else " " for char in line[cut : cut + _WIDE])
    dots = "…" if cut else ""
    number = str(place.line)
    yield ["  ", (f"{number} │ ", "dim"), f"{dots}{shown.rstrip()}"]
    value = shown[start - cut : start - cut + width]
    below = " " * (_columns(shown[: start - cut]) + len(dots)) + "^" * max(1, _columns(value))
    yield ["  ", (f"{' ' * len(number)} │ ", "dim"), (below, style)]


def _columns(text: str) -> int:
    """How many columns of a terminal a text takes: two for wide East Asian characters, none for marks."""
    if text.isascii():
        return len(text)
    wide = sum(east_asian_width(char) in "WF" for char in text)
    return len(text) + wide - sum(bool(combining(char)) for char in text)


def _summary(report: Report) -> list[Part]:
    counts, language = report.counts, report.language
    named: list[Part] = []
    for severity in Severity:
        if counts[severity]:
            said = language.text(COUNTED[severity](counts[severity]))
            named += [", " if named else "", (said, _STYLE[severity])]
    pages = language.count(report.pages, " in {n:,} page", " in {n:,} pages") if report.pages else ""
    more = ""
    if report.places > len(report.findings):
        more = language.count(report.places, ", {n:,} place", ", {n:,} places")
    return [*(named or [(language.say("no findings"), "bold green")]), more, pages]


TEXT = Format("text", "for people, with source lines and hints", write)
