"""Comments that switch rules off, in the page that they stand in.

`<!-- connectif-kit-disable missing-field: the gateway fills it in -->` holds for the whole page,
wherever it stands: `inject` writes tags at the body's start, before any comment of a template.
`<!-- connectif-kit-enable missing-field -->` ends it for what follows, and a `disable` after that
holds from there on. `connectif-kit-disable-next` holds for the next element. Several rules are
separated by commas or blanks; a reason follows the colon.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Container, Iterable

from connectif_kit.core.diagnostics import Diagnostic, Place, Severity, did_you_mean
from connectif_kit.core.messages import say
from connectif_kit.core.patterns import lazily
from connectif_kit.core.records import dataclass
from connectif_kit.page.html import Page, Span

_COMMENT = lazily(r"\s*connectif-kit-(disable-next|disable|enable)\b([^:]*)(?::(.*))?", re.DOTALL)

MOST = 500
"""Comments of ours in one page; more are a mistake, and would make us slow."""

_END = Place("", 10**9)


@dataclass(slots=True)
class Suppression:
    """A rule switched off from one offset of the page to another."""

    rule: str
    start: int
    end: int
    place: Place
    reason: str
    until: Place = _END
    used: bool = False

    def covers(self, finding: Diagnostic) -> bool:
        """Whether a finding of a rule across pages, which has only a place, is switched off here."""
        at = (finding.place.line, finding.place.column)
        begun = self.start == 0 or (self.place.line, self.place.column) <= at
        return self.rule in (finding.rule, "all") and begun and at < (self.until.line, self.until.column)


def switches(page: Page) -> list[Suppression]:
    """The switches of a page, in document order; a rule named `all` means every rule."""
    found: list[Suppression] = []
    ends = _element_ends(page) if "connectif-kit-disable-next" in page.source.text else []
    for text, span in page.comments():
        match = _COMMENT.match(text)
        if not match or len(found) >= MOST:
            continue
        word, names, reason = match[1], re.findall(r"[\w-]+", match[2]) or ["all"], (match[3] or "").strip()
        for name in names:
            if word == "enable":
                _close(found, name, span)
            else:
                start, end = _reach(found, name, span, len(page.source.text))
                if word == "disable-next":
                    start, end = span.start, _next_end(ends, span)
                found.append(Suppression(name, start, end, page.place(span), reason))
    for switch in found:
        switch.until = page.source.place(switch.end) if switch.end <= len(page.source.text) else _END
    return found


def _reach(found: list[Suppression], name: str, span: Span, length: int) -> tuple[int, int]:
    """From where to where a `disable` holds: the whole page, unless an `enable` came before it."""
    enabled = any(switch.rule == name and switch.start == 0 and switch.end <= length for switch in found)
    return (span.start if enabled else 0), length + 1


def _close(found: list[Suppression], name: str, span: Span) -> None:
    for switch in found:
        if (name == "all" or switch.rule == name) and switch.end > span.start:
            switch.end = span.start


def _element_ends(page: Page) -> list[tuple[int, int]]:
    """Where each element begins and ends, in order."""
    nodes = ((node.start_tag, node.end_tag or node.start_tag) for node in page.elements())
    return sorted((start.start, end.end) for start, end in nodes if start and end)


def _next_end(ends: list[tuple[int, int]], span: Span) -> int:
    """The end of the first element that starts after a comment."""
    at = bisect_left(ends, (span.end, 0))
    return ends[at][1] if at < len(ends) else span.end


def suppressed(findings: Iterable[tuple[int, Diagnostic]], found: list[Suppression]) -> list[Diagnostic]:
    """The findings that no switch covers; each comes with the offset where it starts."""
    kept = []
    for offset, finding in findings:
        covering = [s for s in found if s.rule in (finding.rule, "all") and s.start <= offset < s.end]
        for switch in covering:
            switch.used = True
        if not covering:
            kept.append(finding)
    return kept


def complaints(found: Iterable[Suppression], known: Iterable[str], ran: Container[str]) -> list[Diagnostic]:
    """Switches that name no rule, switch nothing off, or give no reason.

    Of a rule that did not run nobody can say that it finds nothing.
    """
    names = {*known, "all"}
    out = []
    for switch in found:
        if switch.rule not in names:
            near = did_you_mean(switch.rule.lower().replace("_", "-"), names)
            out.append(
                _complaint("unused-disable", switch, say("unknown rule `{rule}`", rule=switch.rule), near)
            )
        elif not switch.used and switch.rule not in ran and switch.rule != "all":
            continue
        elif not switch.used:
            out.append(
                _complaint(
                    "unused-disable",
                    switch,
                    say("`{rule}` has nothing to suppress here", rule=switch.rule),
                )
            )
        elif not switch.reason:
            out.append(
                _complaint(
                    "disable-without-reason",
                    switch,
                    say("`{rule}` is suppressed without a reason", rule=switch.rule),
                )
            )
    return out


def _complaint(rule: str, switch: Suppression, message: str, hint: str = "") -> Diagnostic:
    hint = hint or (
        say("remove the comment")
        if rule == "unused-disable"
        else say("write it after a colon: `disable x: because …`")
    )
    return Diagnostic(rule, Severity.NOTICE, message, switch.place, hint)
