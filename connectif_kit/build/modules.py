"""The files of `module:` sources: JavaScript of the shop's own, taken as it is and kept apart."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from connectif_kit.core.diagnostics import KitError, Place
from connectif_kit.core.patterns import lazily
from connectif_kit.plan.queries import walk

if TYPE_CHECKING:
    from connectif_kit.plan.document import Path
    from connectif_kit.plan.loaded import LoadedPlan

_QUIET = lazily(
    r"""//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`"""
    r"""|(?<=[=(,:?!&|{};])[ \t]*/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\[\n])+/""",
    re.DOTALL,
)
"""Comments, texts and patterns, in which a word is not code."""
_DEFAULT = lazily(r"^[ \t]*export[ \t]+default\b", re.MULTILINE)
_OTHER = lazily(r"^[ \t]*(?:import\b(?!\s*[.(])|export\b)", re.MULTILINE)


def modules(loaded: LoadedPlan, read_module: Callable[[str], str]) -> dict[str, str]:
    """Path of a `module:` source → an expression that gives what the file exports."""
    made: dict[str, str] = {}
    for name, path in _named(loaded):
        if name not in made:
            place = loaded.place(*path)
            made[name] = module_expression(_read(read_module, name, place), place, name)
    return made


def _named(loaded: LoadedPlan) -> Iterator[tuple[str, Path]]:
    """The plan's modules, and where it names them."""
    consent = loaded.plan.integration.consent
    if consent and consent.module is not None:
        yield consent.module, ("integration", "consent", "module")
    for path, source in walk(loaded.plan):
        if source.NAME == "module":
            yield source.module, path  # type: ignore[attr-defined]  # only Module has this name


def _read(read_module: Callable[[str], str], name: str, place: Place) -> str:
    """A module's text; what is wrong with its file is reported where the plan names it."""
    try:
        return read_module(name)
    except KitError as error:
        reported = [
            replace(each, place=place, message=f"{name}: {each.message}") for each in error.diagnostics
        ]
        raise KitError(reported) from None


def module_expression(text: str, place: Place, name: str) -> str:
    """A module's text as an expression that gives its default export; ASCII only.

    Raises KitError where the file imports, or exports anything else.
    """
    masked = _QUIET.sub(lambda m: re.sub(r"[^\n]", " ", m[0]), text)
    found = list(_DEFAULT.finditer(masked))
    rest = _DEFAULT.sub("", masked)
    if len(found) != 1 or _OTHER.search(rest):
        said = "imports or exports something else" if found else "has no `export default`"
        hint = "write one `export default function (context) {…}` and nothing to import"
        raise KitError.at(place, "bad-module", f"{name} {said}", hint)
    start, end = found[0].span()
    body = f"{text[:start]}const exported ={text[end:].rstrip().rstrip(';')};"
    ascii_body = "".join(_escaped(char) for char in body)
    return f"(function () {{\n{ascii_body}\nreturn exported;\n}})()"


def _escaped(char: str) -> str:
    """A character as JavaScript may carry it in a string or a name; the file stays ASCII."""
    if ord(char) < 128:
        return char
    units = char.encode("utf-16-be")
    return "".join(f"\\u{units[i]:02x}{units[i + 1]:02x}" for i in range(0, len(units), 2))
