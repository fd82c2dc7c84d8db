"""Lines with evidence → the text of a plan that loads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from urllib.parse import urlsplit

from connectif_kit.adopt.gather import kinds_of_evidence
from connectif_kit.adopt.line import Line
from connectif_kit.adopt.site import Site
from connectif_kit.core.diagnostics import KitError
from connectif_kit.core.records import dataclass
from connectif_kit.core.templates import environment
from connectif_kit.plan.load import load

EXAMPLE = "an example: "
"""How evidence begins that is none."""
LONG = 130
"""Columns beyond which the evidence stands above its line."""
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]+")


@dataclass(frozen=True, slots=True)
class Drawn:
    """A first plan: its text, and what else was found, for the terminal."""

    text: str
    found: tuple[str, ...]
    lines: tuple[Line, ...]

    def is_example(self, *at: str) -> bool:
        """Whether a line says only what an example would."""
        return any(line.at == at and line.why.startswith(EXAMPLE) for line in self.lines)

    def examples(self) -> list[str]:
        """The keys whose values are examples."""
        found = [line for line in self.lines if line.sure and line.why.startswith(EXAMPLE)]
        return [f"`{'.'.join(line.at)}`" for line in found]

    def sure(self, *at: str) -> Line | None:
        """The line of a path, where it counts."""
        return next((line for line in self.lines if line.at == at and line.sure), None)


def draw(
    site: Site,
    root: str,
    given: Iterable[Line] = (),
    fallback: Iterable[Line] = (),
    ignore: Iterable[str] = (),
) -> Drawn:
    """A plan for a site. `given` are lines of the user's own, which count before all evidence.

    `fallback` counts where there is no evidence. A line that the plan's own checks refuse becomes a
    comment, so the text always loads; raises KitError where it is one of `given`.
    """
    own = list(given)
    concluded = [line for each in kinds_of_evidence() for line in each.conclude(site)]
    lines = _ordered(_ignoring(_merged([*own, *concluded, *fallback]), list(ignore)))
    found = tuple(_clean(str(line.value)) for line in concluded if line.at[0] == "found")
    for _ in range(6):
        text = _text(lines, root)
        refused = _refused(text, lines, {line.at for line in own})
        if not refused:
            break
        lines = [replace(line, sure=line.sure and line.at not in refused) for line in lines]
    return Drawn(text, found, tuple(lines))


def _merged(lines: Iterable[Line]) -> list[Line]:
    """One line for each path: the first sure one, else the first."""
    chosen: dict[tuple[str, ...], Line] = {}
    for line in lines:
        known = chosen.get(line.at)
        if line.at[0] != "found" and (known is None or (line.sure and not known.sure)):
            chosen[line.at] = replace(line, why=_clean(line.why))
    return list(chosen.values())


def _ignoring(lines: list[Line], paths: list[str]) -> list[Line]:
    """The lines with more paths that are left alone."""
    at = ("site", "ignore")
    known = next((line for line in lines if line.at == at), None)
    if not paths:
        return lines
    there = known.value if known and isinstance(known.value, list) else []
    made = Line(at, [*paths, *there], known.why if known else "")
    return [*(line for line in lines if line is not known), made]


_KEYS = ("id", "environment", "url", "language", "currency", "activity", "catalog")


def _ordered(lines: list[Line]) -> list[Line]:
    """What every plan has stands first, in the order in which people read it."""
    first = {name: number for number, name in enumerate(_KEYS)}
    is_page = ("pages", "events")
    return sorted(lines, key=lambda line: 0 if line.at[0] in is_page else first.get(line.at[-1], len(first)))


def _clean(text: str) -> str:
    """One line that no terminal and no YAML reader takes for anything else."""
    return _UNPRINTABLE.sub(" ", text)[:400]


def _refused(text: str, lines: list[Line], own: set[tuple[str, ...]]) -> set[tuple[str, ...]]:
    """Paths of lines that make the plan one that does not load. Raises KitError for the user's own."""
    try:
        load("connectif.yaml", text.encode())
    except KitError as error:
        wrong = {text.split("\n")[d.place.line - 1] for d in error.diagnostics}
        found = {line.at for line in lines if line.sure and any(_entry(line) in each for each in wrong)}
        if found & own or not found:
            raise
        return found
    return set()


def _entry(line: Line) -> str:
    return f"{line.at[-1]}: {line.text}"


def _text(lines: list[Line], root: str) -> str:
    template = environment().get_template("new/connectif.yaml.j2")
    sections = {name: [line for line in lines if line.at[0] == name] for name in _SECTIONS}
    return template.render(
        **{name: _Section(found) for name, found in sections.items()},
        root=root,
        origin=_origin(sections["store"]),
        written=lambda line, indent="  ": "\n".join(_written(line, indent)),
    )


def _origin(store: list[Line]) -> str:
    parts = urlsplit(next((str(line.value) for line in store if line.at[-1] == "url"), ""))
    return f"{parts.scheme}://{parts.netloc}"


_SECTIONS = (
    "store",
    "integration",
    "site",
    "audit",
    "catalog",
    "pages",
    "contact",
    "cart",
    "events",
    "service_worker",
)


class _Section:
    """The lines of one section, for the template."""

    def __init__(self, lines: list[Line]) -> None:
        self.lines = lines
        self.sure = any(line.sure for line in lines)

    def get(self, *at: str) -> Line | None:
        """The line whose path ends so."""
        return next((line for line in self.lines if line.at[1:] == at), None)

    def rest(self, *names: str) -> list[Line]:
        """The lines but for some keys."""
        return [line for line in self.lines if line.at[-1] not in names]


def _written(line: Line, indent: str) -> Iterator[str]:
    text = f"{indent}{'' if line.sure else '# '}{_entry(line)}"
    if line.why and len(text) + len(line.why) > LONG:
        yield f"{indent}# {line.why}:"
        yield text
    else:
        yield f"{text}     # {line.why}" if line.why else text
