"""`connectif.yaml` → Plan, every mistake of it in one run, each at its line and column."""

from __future__ import annotations

import os
import re
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import replace
from itertools import islice
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from connectif_kit.core.diagnostics import Diagnostic, KitError, Place, Severity, did_you_mean
from connectif_kit.core.messages import either, say
from connectif_kit.core.records import dataclass
from connectif_kit.plan.checks import problems
from connectif_kit.plan.document import Document, Path
from connectif_kit.plan.extending import extended, of_store
from connectif_kit.plan.loaded import LoadedPlan
from connectif_kit.plan.locate import MAX_BYTES
from connectif_kit.plan.models import Plan
from connectif_kit.plan.schema import described, keys_at
from connectif_kit.plan.shapes import ValidationError
from connectif_kit.plan.source import shown
from connectif_kit.plan.sources import SOURCES, kind_of
from connectif_kit.plan.yaml12 import position, read

if TYPE_CHECKING:
    from connectif_kit.plan.check import Check, Problem

MAX_PROBLEMS = 1_000
MAX_MESSAGE = 500
MAX_KEYS_ABOVE = 20


def load(path: str, data: bytes, beside: FilePath | None = None, store: str | None = None) -> LoadedPlan:
    """The plan in a file's bytes; `beside` is the folder in which the plans lie that it extends.

    `store` names one of `stores`, where the plan is of several. Raises KitError with every
    mistake; warnings and notices are in `Loaded.notes`.
    """
    whole = extended(read(path, _text(path, data)), lambda other: _base(path, other, beside))
    document = of_store(whole, store or "")
    if not document.complete:
        raise KitError(map(_legible, document.problems))
    if not isinstance(document.data, dict):
        raise KitError(map(_legible, [*document.problems, _not_a_plan(document)]))
    plan, problems = _validated(document)
    problems = sorted(map(_legible, [*document.problems, *problems]), key=lambda p: p.sort_key)
    if plan is None or any(p.severity is Severity.ERROR for p in problems):
        raise KitError(problems)
    return LoadedPlan(plan, document, tuple(_counted(plan, problems)), store or "")


def _counted(plan: Plan, notes: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """What is doubtful in the plan, as much as `audit` in it says."""
    for note in notes:
        if note.rule not in plan.audit.off:
            yield replace(note, severity=plan.audit.severity(note.rule) or note.severity)


def _base(path: str, other: str, beside: FilePath | None) -> Document:
    """The document of a plan that another one extends. Raises KitError where it cannot be read."""
    inside = FilePath(os.path.relpath(other, FilePath(path).parent))
    try:
        if beside is None:
            raise FileNotFoundError
        return read(other, _text(other, (beside / inside).read_bytes()))
    except OSError:
        hint = say("`extends` is taken from the folder of the plan that says it")
        raise KitError.at(
            Place(path), "bad-extends", say("there is no plan {other}", other=other), hint
        ) from None


def _legible(problem: Diagnostic) -> Diagnostic:
    """No control characters on anybody's terminal, and no endless names."""
    message = problem.message
    if message.isprintable() and len(message) <= MAX_MESSAGE:
        return problem
    shown = "".join(
        c if c.isprintable() else c.encode("unicode_escape").decode() for c in message[:MAX_MESSAGE]
    )
    return replace(problem, message=shown if len(message) <= MAX_MESSAGE else shown + "…")


def _text(path: str, data: bytes) -> str:
    if len(data) > MAX_BYTES:
        raise KitError.at(
            Place(path),
            "plan-too-large",
            say(
                "the file has {size:,} bytes; {most:,} are enough for any plan",
                size=len(data),
                most=MAX_BYTES,
            ),
        )
    data = data.removeprefix(BOM_UTF8)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise KitError.at(
            Place(path, *position(data[: error.start].decode("utf-8"))),
            "plan-encoding",
            say("the file is not UTF-8: byte 0x{byte} cannot stand here", byte=f"{data[error.start]:02x}"),
            say("save it as UTF-8"),
        ) from None


def _not_a_plan(document: Document) -> Diagnostic:
    said = (
        say("the file is empty")
        if document.data is None
        else say("expected a mapping, got {given}", given=shown(document.data))
    )
    hint = say("`connectif-kit new --here` writes a plan to start from")
    return Diagnostic("plan-shape", Severity.ERROR, said, document.place(()), hint)


def _validated(document: Document) -> tuple[Plan | None, list[Diagnostic]]:
    """The plan, and what is wrong with its shape and with its meaning."""
    try:
        plan = Plan.model_validate(document.data)
        return plan, [problem for *_, problem in _checked(plan, document)]
    except ValidationError as error:
        errors = error.errors(include_url=False)
    located = [_Located(*_path(document.data, error["loc"]), error) for error in errors[:MAX_PROBLEMS]]
    found = [_problem(document, group) for group in _grouped(located)]
    if left := len(errors) - len(located):
        said = say("{left:,} more mistakes of this sort are not listed", left=left)
        found.append(Diagnostic("plan-shape", Severity.ERROR, said, found[-1].place))
    return None, found + _checked_rest(document, {one.path for one in located})


@dataclass(frozen=True, slots=True)
class _Located:
    """One of pydantic's errors, the path that it is about, and the key that is missing there."""

    path: Path
    missing: str
    error: Any


def _grouped(located: list[_Located]) -> list[list[_Located]]:
    """Together what is one mistake: every member of a union complains of the same value."""
    groups: dict[tuple[Path, str], list[_Located]] = {}
    for one in located:
        key = one.missing if one.error["type"] == "missing" else ""
        groups.setdefault((one.path, key), []).append(one)
    return list(groups.values())


def _checked_rest(document: Document, wrong: set[Path]) -> list[Diagnostic]:
    """What the checks say of the parts whose shape is right, so that one run shows all mistakes."""
    rest: Any = deepcopy(document.data)
    for path in sorted(wrong, key=len, reverse=True):
        _repair(rest, path)
    store = rest.get("store")
    rest["store"] = _ANY_STORE | (store if isinstance(store, dict) else {})
    try:
        checked = _checked(Plan.model_validate(rest), document)
    except ValidationError:
        return []
    parts = {path[:2] for path in wrong}
    touched = {path[0] for path in wrong if path} | {path for path in parts if len(path) == 1}
    return [problem for one, path, problem in checked if path[:2] not in parts and not touched & one.rests_on]


def _repair(data: dict[str, Any], path: Path) -> None:
    """Leave out what is wrong, as little as makes the rest valid; a page stays, by name and kind."""
    section, name = (*map(str, path), "", "")[:2]
    inner = data.get(section)
    if not isinstance(inner, dict) or not name:
        data.pop(section, None)
    elif section == "pages":
        page = inner[name] if isinstance(inner.get(name), dict) else {}
        kept = {key: page[key] for key in ("match", "kind") if key in page and key not in path[2:3]}
        inner[name] = {"match": f"/{quote(name, safe='')}/-"} | kept
    else:
        inner.pop(name, None)


_ANY_STORE = {
    "id": "00000000-0000-4000-8000-000000000000",
    "environment": "eu1",
    "url": "https://shop.example",
}


def _problem(document: Document, group: list[_Located]) -> Diagnostic:
    """One of pydantic's errors in our words, at its place in the file."""
    path = group[0].path
    message, hint = _words(document.data, group)
    at_key = group[0].error["type"] == "extra_forbidden"
    place = document.key_place(path) if at_key else document.place(path)
    where = f"{'.'.join(map(str, path))}: " if path and not at_key else ""
    return Diagnostic("plan-shape", Severity.ERROR, where + message if where else message, place, hint)


def _path(data: object, loc: Iterable[str | int]) -> tuple[Path, str]:
    """The part of a location that exists in the data, and the last name that does not.

    Pydantic also names the members of unions in its locations; those are not keys and are skipped.
    """
    path: list[str | int] = []
    missing = ""
    for step in loc:
        inside = isinstance(data, list) and isinstance(step, int) and step < len(data)
        if inside or (isinstance(data, dict) and step in data):
            data, missing = data[step], ""  # type: ignore[index]  # just made sure of
            path.append(step)
        else:
            missing = str(step)
    return tuple(path), missing


def _words(data: object, group: list[_Located]) -> tuple[str, str]:
    """What is wrong and what would be right."""
    path, missing, error = group[0].path, group[0].missing, group[0].error
    kind, context = error["type"], error.get("ctx", {})
    if kind == "plan":
        return context["message"], context["hint"]
    if kind == "missing":
        return say("`{missing}` is missing", missing=missing), say(described(path, missing))
    if kind == "extra_forbidden":
        known = _known_keys(data, path[:-1])
        near = (
            _under(data, path)
            or did_you_mean(str(path[-1]), known)
            or (say("known: {names}", names=", ".join(known)) if known else "")
        )
        return say(
            "unknown key {key} in {section}",
            key=shown(path[-1]),
            section=".".join(map(str, path[:-1])) or say("the plan"),
        ), near
    expected = either(dict.fromkeys(_expected(one.error) for one in group))
    return say("expected {expected}, got {given}", expected=expected, given=shown(error["input"])), _hint(
        error
    )


def _under(data: Any, path: Path) -> str:
    """That a key was meant for the section above it, and lacks its indentation."""
    *above, name = path
    for step in above:
        data = data[step]
    at = list(data).index(name)
    before = list(data)[max(0, at - MAX_KEYS_ABOVE) : at]
    section = next((key for key in reversed(before) if keys_at((*above, key))), None)
    inside = keys_at((*above, section)) if section else []
    return say("it belongs under `{section}:`; indent it", section=section) if name in inside else ""


def _expected(error: Any) -> str:
    choices = str(error.get("ctx", {}).get("expected", "")).replace("'", "`")
    return _EXPECTED.get(error["type"]) or choices or str(error["msg"]).lower()


def _hint(error: Any) -> str:
    given, kind = error["input"], error["type"]
    if kind == "string_type" and isinstance(given, int | float):
        return say("put it in quotes")
    if kind == "literal_error" and given == error["ctx"]["expected"]:
        return say("write it without quotes")
    if kind == "literal_error" and isinstance(given, str):
        return did_you_mean(given, re.findall(r"'([^']+)'", error["ctx"]["expected"]))
    return ""


_EXPECTED = {
    "string_type": "a text",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "int_type": "a whole number",
    "dict_type": "a mapping",
    "string_too_short": "a text that is not empty",
    "too_short": "at least one",
    "int_parsing": "a whole number",
    "float_type": "a number",
    "float_parsing": "a number",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
    "list_type": "a list",
}


def _known_keys(data: Any, path: Path) -> list[str]:
    """The keys that may stand at a place in a plan, read from the models themselves."""
    if known := keys_at(path):
        return known
    for step in path:
        data = data[step]
    kind = kind_of(data)
    return [field.alias or name for name, field in SOURCES[kind].model_fields.items()] if kind else []


def _checked(plan: Plan, document: Document) -> list[tuple[Check, Path, Diagnostic]]:
    """What the checks find, each with its path in the plan."""
    return [
        (one, problem.path, _at(document, one, problem))
        for one, problem in islice(problems(plan), MAX_PROBLEMS)
    ]


def _at(document: Document, one: Check, problem: Problem) -> Diagnostic:
    """A problem at its place in the file."""
    place = document.place(problem.path) if problem.at_value else document.key_place(problem.path)
    severity = problem.severity or one.severity
    return Diagnostic(one.name, severity, problem.message, place, problem.hint)
