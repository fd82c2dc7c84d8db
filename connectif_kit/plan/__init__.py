"""`connectif.yaml` → Plan, every mistake of it in one run, each at its line and column."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any

from connectif_kit.diagnostics import Diagnostic, KitError, Place, Severity, did_you_mean
from connectif_kit.plan.yaml12 import Document, Path, read

if TYPE_CHECKING:
    from connectif_kit.plan.models import Plan

FILE = "connectif.yaml"
MAX_BYTES = 5_000_000


@dataclass(frozen=True, slots=True)
class Loaded:
    """A valid plan, where its parts stand, and what is doubtful in it."""

    plan: Plan
    document: Document
    notes: tuple[Diagnostic, ...] = ()

    def place(self, *path: str | int) -> Place:
        """Where a part of the plan stands, or the nearest thing around it."""
        return self.document.key_place(path) if path else Place(self.document.path)


def find(start: FilePath) -> FilePath | None:
    """The nearest `connectif.yaml`, in a folder or above it."""
    return next((folder / FILE for folder in (start, *start.parents) if (folder / FILE).is_file()), None)


def load(path: str, data: bytes) -> Loaded:
    """The plan in a file's bytes.

    Raises KitError with every mistake; warnings and notices are in `Loaded.notes`.
    """
    document = read(path, _text(path, data))
    if not document.complete:
        raise KitError(document.problems)
    if not isinstance(document.data, dict):
        raise KitError([*document.problems, _not_a_plan(document)])
    plan, problems = _validated(document)
    problems = sorted([*document.problems, *problems], key=lambda p: p.sort_key)
    if plan is None or any(p.severity is Severity.ERROR for p in problems):
        raise KitError(problems)
    return Loaded(plan, document, tuple(problems))


def _text(path: str, data: bytes) -> str:
    if len(data) > MAX_BYTES:
        raise KitError.at(
            Place(path),
            "plan-too-large",
            f"the file has {len(data):,} bytes; {MAX_BYTES:,} are enough for any plan",
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - (data.rfind(b"\n", 0, error.start) + 1) + 1
        raise KitError.at(
            Place(path, line, column),
            "plan-encoding",
            f"the file is not UTF-8: byte 0x{data[error.start]:02x} cannot stand here",
            "save it as UTF-8",
        ) from None


def _not_a_plan(document: Document) -> Diagnostic:
    from connectif_kit.plan.sources import shown

    said = "the file is empty" if document.data is None else f"expected a mapping, got {shown(document.data)}"
    hint = "`connectif-kit new --here` writes a plan to start from"
    return Diagnostic("plan-shape", Severity.ERROR, said, document.place(()), hint)


def _validated(document: Document) -> tuple[Plan | None, list[Diagnostic]]:
    """The plan, and what is wrong with its shape and with its meaning."""
    from pydantic import ValidationError

    from connectif_kit.plan.models import Plan

    try:
        plan = Plan.model_validate(document.data)
        return plan, _checked(plan, document)
    except ValidationError as error:
        errors = error.errors(include_url=False)
    found = list({(d.place, d.message): d for d in (_problem(document, e) for e in errors)}.values())
    return None, found + _checked_rest(document, errors)


def _checked_rest(document: Document, errors: list[Any]) -> list[Diagnostic]:
    """What the checks say of the parts whose shape is right, so that one run shows all mistakes."""
    from copy import deepcopy

    from pydantic import ValidationError

    from connectif_kit.plan.models import Plan

    rest: Any = deepcopy(document.data)
    wrong = {_path(document.data, error["loc"])[0][:3] for error in errors}
    for path in wrong:
        _repair(rest, path)
    try:
        problems = _checked(Plan.model_validate(rest), document)
    except ValidationError:
        return []
    known = {document.place(path[:2]).line for path in wrong}
    return [p for p in problems if p.place.line not in known]


def _repair(data: dict[str, Any], path: Path) -> None:
    """Put something harmless in the place of what is wrong, or leave it out."""
    section, name = (*map(str, path), "", "")[:2]
    inner = data.get(section)
    if section in ("store", ""):
        good = {key: value for key, value in inner.items() if key != name} if isinstance(inner, dict) else {}
        data["store"] = _ANY_STORE | {key: good[key] for key in _ANY_STORE if key in good}
    elif isinstance(inner, dict) and name in inner:
        del inner[name]
    else:
        data.pop(section, None)


_ANY_STORE = {
    "id": "00000000-0000-4000-8000-000000000000",
    "environment": "eu1",
    "url": "https://shop.example",
}


def _problem(document: Document, error: Any) -> Diagnostic:
    """One of pydantic's errors in our words, at its place in the file."""
    path, missing = _path(document.data, error["loc"])
    message, hint = _words(error, path, missing)
    at_key = error["type"] == "extra_forbidden"
    place = document.key_place(path) if at_key else document.place(path)
    where = f"{'.'.join(map(str, path))}: " if path and not at_key else ""
    return Diagnostic("plan-shape", Severity.ERROR, f"{where}{message}", place, hint)


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


def _words(error: Any, path: Path, missing: str) -> tuple[str, str]:
    from connectif_kit.plan.sources import shown

    kind, context = error["type"], error.get("ctx", {})
    if kind == "plan":
        return context["message"], context["hint"]
    if kind == "missing":
        return f"`{missing}` is missing", ""
    if kind == "extra_forbidden":
        known = _known_keys(path[:-1])
        near = did_you_mean(str(path[-1]), known) or ("known: " + ", ".join(known) if known else "")
        return f"`{path[-1]}` is no key of {'.'.join(map(str, path[:-1])) or 'the plan'}", near
    expected = _EXPECTED.get(kind) or context.get("expected") or str(error["msg"]).lower()
    hint = "put it in quotes" if kind == "string_type" and isinstance(error["input"], int | float) else ""
    return f"expected {expected}, got {shown(error['input'])}", hint


_EXPECTED = {
    "string_type": "a text",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "int_type": "a whole number",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
    "list_type": "a list",
}


def _known_keys(path: Path) -> list[str]:
    """The keys that may stand at a place in a plan, read from the models themselves."""
    from connectif_kit.plan.schema import keys_at

    return keys_at(path)


def _checked(plan: Plan, document: Document) -> list[Diagnostic]:
    from connectif_kit.plan.checks import check

    return [
        Diagnostic(
            problem.rule,
            problem.severity,
            problem.message,
            document.place(problem.path) if problem.at_value else document.key_place(problem.path),
            problem.hint,
        )
        for problem in check(plan)
    ]
