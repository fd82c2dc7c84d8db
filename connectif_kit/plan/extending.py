"""A plan that extends another one: the stores of one site share what they have in common.

Mappings are joined key by key, what the extending plan says counts, and a key that it sets to nothing
is taken out. A value's source is one thing: it is replaced whole. Each part keeps its place in its own file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import PurePath
from typing import Any

from connectif_kit.core.diagnostics import Diagnostic, Place, Severity
from connectif_kit.core.messages import either, say
from connectif_kit.plan.document import Document, Path
from connectif_kit.plan.sources import kind_of

MAX_PLANS = 10

KEY = "extends"


def extended(document: Document, other: Callable[[str], Document]) -> Document:
    """A plan joined with those that it extends; `other` reads the document of a path.

    What is wrong with any of them is among the problems of the result.
    """
    seen = {document.path}
    for _ in range(MAX_PLANS):
        named = document.data.get(KEY) if isinstance(document.data, dict) else None
        if not isinstance(named, str):
            return document
        path = str(PurePath(document.place((KEY,)).path).parent / named)
        if path in seen:
            return _refused(document, say("the plans extend each other in a circle"))
        seen.add(path)
        base = other(path)
        if not isinstance(base.data, dict):
            return _refused(document, say("{named} is not a plan", named=named), base)
        document = _joined(document, base)
    return _refused(document, say("more than {most} plans extend each other", most=MAX_PLANS))


STORES = "stores"


def of_store(document: Document, name: str) -> Document:
    """The plan of one store of several: what all share, and what is said of this one below `stores`."""
    data = _mapping(document.data)
    stores = _mapping(data.get(STORES))
    if STORES not in data and not name:
        return document
    if not isinstance(stores.get(name), dict):
        return _unnamed(document, name, list(stores))
    own, shared = Document(document.path), Document(document.path, complete=document.complete)
    own.data = stores[name]
    own.values, own.keys = (_below(found, name) for found in (document.values, document.keys))
    shared.data = {key: value for key, value in data.items() if key != STORES}
    shared.values, shared.keys, shared.problems = document.values, document.keys, document.problems
    return _joined(own, shared)


def _below(places: Mapping[Path, Place], name: str) -> dict[Path, Place]:
    return {path[2:]: place for path, place in places.items() if path[:2] == (STORES, name)}


def _unnamed(document: Document, name: str, stores: list[str]) -> Document:
    said = (
        say("this plan has no store `{name}`", name=name) if name else say("this plan is of several stores")
    )
    known = either(f"{document.path}#{each}" for each in stores)
    hint = say("name one: -c {known}", known=known) if stores else say("`stores` is a mapping: name → plan")
    why = Diagnostic("unnamed-store", Severity.ERROR, said, document.place((STORES,)), hint)
    document.problems.append(why)
    document.complete = False
    return document


def _refused(document: Document, said: str, base: Document | None = None) -> Document:
    why = Diagnostic("bad-extends", Severity.ERROR, said, document.place((KEY,)))
    document.problems += [*(base.problems if base else ()), why]
    document.complete = False
    return document


def _joined(own: Document, base: Document) -> Document:
    """One document of two, with the places of what counts."""
    out = Document(own.path, complete=own.complete and base.complete)
    out.problems = [*base.problems, *own.problems]
    out.values, out.keys = dict(own.values), dict(own.keys)
    mine = {key: value for key, value in _mapping(own.data).items() if key != KEY}
    out.data = _merged(mine, base.data, (), _Places(out, base))
    if KEY in _mapping(base.data):  # its own base is the next one; the place says where that lies
        _mapping(out.data)[KEY] = _mapping(base.data)[KEY]
        out.values[KEY,] = base.place((KEY,))
    return out


def _mapping(data: object) -> dict[str, Any]:
    return data if isinstance(data, dict) else {}


class _Places:
    """Takes over the places of what only the base has."""

    def __init__(self, out: Document, base: Document) -> None:
        self.out, self.base = out, base

    def take(self, path: Path) -> None:
        """The places of a value and of all that is below it."""
        size = len(path)
        for ours, theirs in ((self.out.values, self.base.values), (self.out.keys, self.base.keys)):
            ours.update({each: place for each, place in theirs.items() if each[:size] == path})


def _merged(own: Any, base: Any, path: Path, places: _Places) -> Any:
    both = isinstance(own, dict) and isinstance(base, dict)
    if not both or (path and (kind_of(own) or kind_of(base))):
        return own
    out: dict[str, Any] = {}
    for key in (*base, *(key for key in own if key not in base)):
        if key not in own:
            out[key] = base[key]
            places.take((*path, key))
        elif own[key] is not None or key not in base:
            out[key] = _merged(own[key], base[key], (*path, key), places) if key in base else own[key]
    return out
