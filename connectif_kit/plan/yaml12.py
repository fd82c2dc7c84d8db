"""YAML text → plain values and the place of each, by YAML 1.2's core rules.

PyYAML's own constructor speaks YAML 1.1 (`no` is False, `010` is 8) and lets the second of two
equal keys win; its composer recurses in C, so deep nesting ends the process. Values are therefore
built here, from the parser's events, with a bound on depth and on what aliases may multiply to.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, NoReturn

import yaml

from connectif_kit.core.diagnostics import Diagnostic, Place, Severity
from connectif_kit.core.messages import say
from connectif_kit.core.patterns import lazily
from connectif_kit.plan.document import Document, Path

MAX_DEPTH = 50
MAX_VALUES = 50_000
MAX_DIGITS = 250
TOO_DEEP = f"nested deeper than {MAX_DEPTH} levels"

_INTEGER = re.compile(r"[-+]?[0-9]+").fullmatch
_OTHER_BASE = lazily(r"0o[0-7]+|0x[0-9a-fA-F]+").fullmatch
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?").fullmatch
_NOT_FINITE = lazily(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)").fullmatch
_WORDS: dict[str, object] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_TAGS = {f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null", "seq", "map")}
# What YAML does not call printable; the other way round it would take 6 ms to compile.
_FORBIDDEN = lazily(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_BREAK = lazily(r"\r\n|\r|\n")
_DEPTH = lazily(r"nesting|depth|recursion").search
_DEPTH_HINT = "look for a bracket, a brace or a dash that is repeated by mistake"

# Line breaks of YAML 1.1 that are plain characters in 1.2: the parser sees noncharacters instead.
_OLD_BREAKS = dict(zip(map(ord, "\x85\u2028\u2029"), "\U0001fffe\U0001ffff\U0002fffe", strict=True))
_RESTORED = {ord(stand_in): chr(old) for old, stand_in in _OLD_BREAKS.items()}


class _RefusedError(Exception):
    """Reading cannot go on; the reason is already among the problems."""


def read(path: str, text: str) -> Document:
    """Read one YAML document; its problems are in the result, not raised."""
    document = Document(path)
    if forbidden := _FORBIDDEN.search(text):
        document.problems.append(_control_character(path, text, forbidden.start()))
        document.complete = False
        return document
    try:
        _Reader(document, yaml.parse(text.translate(_OLD_BREAKS), Loader=_loader())).read()
    except yaml.YAMLError as error:
        document.problems.append(_too_deep(path, error, text) or _syntax(path, error, text))
        document.complete = False
    except _RefusedError:
        document.complete = False
    return document


def position(before: str) -> tuple[int, int]:
    """Line and column, from 1, of what follows a text."""
    breaks = list(_BREAK.finditer(before))
    return len(breaks) + 1, len(before) - (breaks[-1].end() if breaks else 0) + 1


def _control_character(path: str, text: str, offset: int) -> Diagnostic:
    said = say("the character U+{code} cannot stand in a YAML file", code=f"{ord(text[offset]):04X}")
    hint = say("remove it; in a text in double quotes it can be written with a backslash")
    if text[offset] == "\0":
        hint = say("is the file UTF-16? save it as UTF-8")
    return _problem("yaml-syntax", Place(path, *position(text[:offset])), said, hint)


def _loader() -> Any:
    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def is_too_deep(error: Exception) -> bool:
    """Whether PyYAML gave up on nesting: from 6.0.4 on its scanner, which reads ahead, has a limit."""
    return bool(_DEPTH(str(getattr(error, "problem", None))))


def _too_deep(path: str, error: Exception, text: str) -> Diagnostic | None:
    """Our own complaint where PyYAML's limit was reached first, at the place where ours was."""
    if not is_too_deep(error):
        return None
    # The loader in Python reads ahead by a thousand characters at most, so our limit comes first.
    again = Document(path)
    with suppress(yaml.YAMLError, _RefusedError):
        _Reader(again, yaml.parse(text.translate(_OLD_BREAKS), Loader=yaml.SafeLoader)).read()
    found = next((each for each in again.problems if each.rule == "yaml-too-deep"), None)
    mark = getattr(error, "problem_mark", None)
    place = Place(path, mark.line + 1, mark.column + 1) if mark else Place(path)
    return found or _problem("yaml-too-deep", place, TOO_DEEP, _DEPTH_HINT)


def _syntax(path: str, error: Any, text: str) -> Diagnostic:
    """PyYAML's complaint in our form, with the cure for the commonest ones."""
    mark, begun = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    lines = _BREAK.split(text)
    line, column = (mark.line, mark.column) if mark else (0, 0)
    if line >= len(lines):  # the parser counts a line break that the file's end lacks
        line, column = len(lines) - 1, len(lines[-1])
    here = lines[line]
    said: str = say(str(getattr(error, "problem", None) or error).translate(_RESTORED))
    if begun and begun.line < line:
        said += say(", {context} that begins in line {line}", context=error.context, line=begun.line + 1)
    hint = say("check the indentation and quotes of this line and the one above")
    if "\t" in here[: len(here) - len(here.lstrip())]:
        said, hint = say("a tab is used for indentation"), say("YAML is indented with blanks only")
    elif "mapping values are not allowed" in said:
        too_deep = _LONE_KEY(here[:column]) and _indent(here) > _indent(_above(lines, line))
        hint = _TOO_DEEP if too_deep else say("put a text that contains `: ` in quotes")
    elif "undefined alias" in said or here[:column].endswith("*"):
        hint = say("a text that begins with `*` must stand in quotes")
    elif "expected key" in said and _LONE_KEY(here.partition(":")[0]):
        hint = say(
            "indented by {indent}, the line above by {above}: {one_column}",
            indent=_indent(here),
            above=_indent(_above(lines, line)),
            one_column=_ONE_COLUMN,
        )
    return _problem("yaml-syntax", Place(path, line + 1, column + 1), said, hint)


_LONE_KEY = lazily(r" *[\w.-]+").fullmatch
_ONE_COLUMN = say("the keys of one section begin in the same column")
_TOO_DEEP = say("indented deeper than the line above; {one_column}", one_column=_ONE_COLUMN)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _above(lines: list[str], line: int) -> str:
    """The nearest line above that is neither empty nor a comment."""
    reported = (text for text in reversed(lines[:line]) if text.strip() and not text.lstrip().startswith("#"))
    return next(reported, "")


def _problem(rule: str, place: Place, message: str, hint: str = "") -> Diagnostic:
    return Diagnostic(rule, Severity.ERROR, message, place, hint)


def _number(text: str) -> int | float | None:
    """The number that a text is by the core schema; infinity where it has no end or too many digits."""
    if _INTEGER(text) or _OTHER_BASE(text):
        return int(text, 0 if "x" in text or "o" in text else 10) if len(text) < MAX_DIGITS else math.inf
    if _FLOAT(text):
        return float(text)
    return math.inf if _NOT_FINITE(text) else None


class _Reader:
    """Builds values from parser events; one object for each document."""

    def __init__(self, document: Document, events: Iterator[Any]) -> None:
        self.document = document
        self.events = events
        self.anchors: dict[str, list[Any]] = {}
        self.recording: list[list[Any]] = []
        self.count = 0

    def read(self) -> None:
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                if self.document.values:
                    self.refuse(
                        "yaml-documents",
                        event,
                        say("a second document begins here"),
                        say("keep one document"),
                    )
                self.document.data = self.value(next(self.events), ())

    def refuse(self, rule: str, event: Any, message: str, hint: str = "") -> NoReturn:
        self.complain(rule, event, message, hint)
        raise _RefusedError

    def complain(self, rule: str, event: Any, message: str, hint: str = "") -> None:
        self.document.problems.append(_problem(rule, self.place(event), message, hint))

    def place(self, event: Any) -> Place:
        start, end = event.start_mark, event.end_mark
        return Place(self.document.path, start.line + 1, start.column + 1, end.line + 1, end.column + 1)

    def next(self) -> Any:
        event = next(self.events)
        for record in self.recording:
            record.append(event)
        return event

    def value(self, event: Any, path: Path) -> object:
        """The value that begins with an event; what aliases name is built again, within the bounds."""
        self.count += 1
        if self.count > MAX_VALUES:
            self.refuse(
                "yaml-too-large",
                event,
                say("more than {most:,} values, aliases counted as often as used", most=MAX_VALUES),
                say("split the file, or use fewer aliases"),
            )
        if len(path) > MAX_DEPTH:
            self.refuse("yaml-too-deep", event, TOO_DEEP, _DEPTH_HINT)
        if isinstance(event, yaml.AliasEvent):
            return self.alias(event, path)
        self.document.values.setdefault(path, self.place(event))
        if event.anchor is None:
            return self.built(event, path)
        return self.anchored(event, path)

    def anchored(self, event: Any, path: Path) -> object:
        self.anchors.pop(event.anchor, None)
        record = [event]
        self.recording.append(record)
        result = self.built(event, path)
        self.recording.remove(record)
        self.anchors[event.anchor] = record
        return result

    def alias(self, event: Any, path: Path) -> object:
        if event.anchor not in self.anchors:
            self.refuse(
                "yaml-alias",
                event,
                say("`*{anchor}` names nothing above it, or itself", anchor=event.anchor),
                say("a text that begins with `*` must stand in quotes"),
            )
        self.document.values.setdefault(path, self.place(event))
        outer, self.events = self.events, iter(self.anchors[event.anchor][1:])
        recording, self.recording = self.recording, []
        try:
            return self.built(self.anchors[event.anchor][0], path)
        finally:
            self.events, self.recording = outer, recording

    def built(self, event: Any, path: Path) -> object:
        if event.tag is not None and event.tag not in _TAGS:
            self.complain(
                "yaml-tag",
                event,
                say("the tag `{tag}` has no meaning here", tag=event.tag),
                say("leave it out"),
            )
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event)
        return self.mapping(path) if isinstance(event, yaml.MappingStartEvent) else self.sequence(path)

    def scalar(self, event: Any) -> object:
        text: str = event.value.translate(_RESTORED)
        if event.style or (event.tag or "").endswith(":str"):
            return text
        if text in _WORDS:
            return _WORDS[text]
        number = _number(text)
        if number is None or math.isfinite(number):
            return text if number is None else number
        self.complain(
            "yaml-number",
            event,
            say("`{text}` is not a number that JSON can carry", text=text),
            say("put it in quotes"),
        )
        return text

    def sequence(self, path: Path) -> list[object]:
        items: list[object] = []
        while not isinstance(event := self.next(), yaml.SequenceEndEvent):
            items.append(self.value(event, (*path, len(items))))
        return items

    def mapping(self, path: Path) -> dict[str, object]:
        out: dict[str, object] = {}
        while not isinstance(event := self.next(), yaml.MappingEndEvent):
            key = self.key(event)
            if key in out:
                self.duplicate(event, path, key)
                self.value(self.next(), (*path, f"{key}\0"))
                continue
            self.document.keys.setdefault((*path, key), self.place(event))
            out[key] = self.value(self.next(), (*path, key))
        return out

    def duplicate(self, event: Any, path: Path, key: str) -> None:
        first = self.document.key_place((*path, key))
        self.complain(
            "duplicate-key",
            event,
            say(
                "duplicate key `{key}`; the first is in line {line}",
                key=key,
                line=first.line,
            ),
            say("keep one of them"),
        )

    def key(self, event: Any) -> str:
        if not isinstance(event, yaml.ScalarEvent):
            self.refuse(
                "yaml-key", event, say("a key must be plain text"), say("quote it, or write it on one line")
            )
        if event.value == "<<" and not event.style:
            self.complain(
                "yaml-merge", event, say("merge keys (`<<`) belong to YAML 1.1"), say("write the keys out")
            )
        return str(event.value).translate(_RESTORED)
