"""The one shape of every complaint: a plan's mistake, a page's finding, a rejected row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field
from enum import StrEnum

from connectif_kit.core.messages import say
from connectif_kit.core.records import dataclass


class Severity(StrEnum):
    """How bad it is: an error loses data, a warning may, a notice is advice."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return list(Severity).index(self)


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A point or a span in a file; lines and columns count from 1, columns in code points."""

    path: str
    line: int = 1
    column: int = 1
    end_line: int = 0
    end_column: int = 0

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Replace `text[start:end]` by `new`; offsets are code points of the decoded file."""

    start: int
    end: int
    new: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A complaint, where it is, and how to fix it.

    `rule` is the fault's name (`missing-field`); `plan` is the other end of the loop, the line
    of `connectif.yaml` that is broken; `element` is the DOM path, the same on every rebuild;
    `edits` fix the file where the cure is certain.
    """

    rule: str
    severity: Severity
    message: str
    place: Place
    hint: str = ""
    plan: Place | None = None
    element: str = ""
    edits: tuple[Edit, ...] = field(default=(), repr=False)

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        """Reading order: by file, then top to bottom."""
        return (self.place.path, self.place.line, self.place.column, self.rule, self.message)


class KitError(Exception):
    """The user's mistake: shown as diagnostics, never as a traceback; exit status 2."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        super().__init__("\n".join(f"{d.place}: {d.message}" for d in self.diagnostics))

    @classmethod
    def at(cls, place: Place, rule: str, message: str, hint: str = "") -> KitError:
        """One error at one place."""
        return cls([Diagnostic(rule, Severity.ERROR, message, place, hint)])


class Misuse(Exception):  # noqa: N818 - the command line calls it a usage error
    """What a caller asks for makes no sense; the command line shows it as a usage error, status 2."""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`did you mean `total_price`?`, or nothing where no known word is near."""
    from difflib import get_close_matches

    near = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return say("did you mean `{near}`?", near=near[0]) if near else ""
