"""A plan that was checked, as JSON and back: what `audit` and `inject` begin with instead of the check.

It is kept beside the caches under a hash of the plan's bytes and of our own code. What is damaged, or says
what no plan can, is not taken: then the plan is read and checked as ever. Nothing in it is run.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import suppress
from decimal import Decimal
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from connectif_kit.core import diagnostic_json, kept, own_code
from connectif_kit.core.diagnostics import Place
from connectif_kit.core.wording import shown
from connectif_kit.plan import bare
from connectif_kit.plan.document import Document
from connectif_kit.plan.locate import content, file_of, find

if TYPE_CHECKING:
    from connectif_kit.plan.loaded import LoadedPlan
    from connectif_kit.plan.source import Model

_MODELS = "connectif_kit.plan."
_FAULTS = (ArithmeticError, ValueError, TypeError, LookupError, AttributeError, RecursionError)


def taken(config: Path) -> LoadedPlan | None:
    """The plan that was read from a file before, where nothing of it has changed since.

    In a process for one command, all models are made of what checks nothing: it reads no plan after that.
    """
    with suppress(OSError):
        text = kept.read(config.parent.resolve(), _file(config), key_of(config))
        return _taken(text) if text else None
    return None


def keep(loaded: LoadedPlan, key: bytes) -> None:
    """Keep a plan for `taken`, as far as that can be done; `key` is what `key_of` said before it was read."""
    if bare.chosen():  # it was taken
        return
    config = loaded.config
    with suppress(OSError, ValueError):
        if key_of(config) == key:
            kept.write(config.parent.resolve(), _file(config), key, freeze(loaded))


def _taken(text: str) -> LoadedPlan | None:
    there, fresh = set(sys.modules), bare.permitted()
    if fresh:
        bare.choose(bare=True)
    found = understood(text)
    if found is None and fresh:  # the models are loaded again, with the check
        bare.choose(bare=False)
        for name in {*sys.modules} - there:
            if name.startswith(_MODELS):
                del sys.modules[name]
    return found


def understood(text: str) -> LoadedPlan | None:
    """`thaw`, and nothing where the text is none of ours."""
    try:
        return thaw(text)
    except _FAULTS:
        return None


def _file(config: Path) -> str:
    return f"plan-{blake2b(config.name.encode(), digest_size=4).hexdigest()}.json"


def key_of(config: Path) -> bytes:
    """What a plan's frozen form depends on: its bytes, how it is called, our code."""
    return blake2b(
        own_code.digest() + f"{shown(config)}\0".encode() + content(config), digest_size=16
    ).digest()


def key_here(config: Path | None) -> bytes:
    """`key_of` the plan that is named, else of the one here; empty where there is none."""
    path = config or find(Path.cwd())
    return key_of(path) if path and file_of(path).is_file() else b""


def freeze(loaded: LoadedPlan) -> str:
    """A plan as text. ValueError where it holds what JSON does not take."""
    document = loaded.document
    whole = {
        "path": document.path,
        "store": loaded.store,
        "plan": _packed(loaded.plan),
        "values": [[list(path), *_place(place)] for path, place in document.values.items()],
        "keys": [[list(path), *_place(place)] for path, place in document.keys.items()],
        "notes": [diagnostic_json.dumped(note) for note in loaded.notes],
    }
    return json.dumps(whole, separators=(",", ":"))


def thaw(text: str) -> LoadedPlan:
    """The plan of a text that `freeze` gave. ValueError, TypeError, LookupError or AttributeError else."""
    from connectif_kit.plan.loaded import LoadedPlan
    from connectif_kit.plan.models import Plan

    whole = json.loads(text)
    plan = _unpacked(whole["plan"], _classes())
    if not isinstance(plan, Plan):
        raise TypeError("it is not a plan")
    document = Document(str(whole["path"]))
    document.values = {tuple(path): Place(*place) for path, *place in whole["values"]}
    document.keys = {tuple(path): Place(*place) for path, *place in whole["keys"]}
    notes = tuple(diagnostic_json.diagnostic(note) for note in whole["notes"])
    return LoadedPlan(plan, document, notes, str(whole["store"]))


def _place(place: Place) -> list[Any]:
    return [place.path, place.line, place.column, place.end_line, place.end_column]


def _packed(value: Any) -> Any:
    """A value as JSON: what is not a scalar comes with its kind."""
    from connectif_kit.plan.source import Model

    if isinstance(value, Model):
        fields = {name: _packed(getattr(value, name)) for name in sorted(value.model_fields_set)}
        return ["model", _name(type(value)), fields]
    if isinstance(value, dict):
        if not all(isinstance(key, str) for key in value):
            raise ValueError("a key that is not a text")
        return ["map", {key: _packed(each) for key, each in value.items()}]
    if isinstance(value, list):
        return ["list", [_packed(each) for each in value]]
    if isinstance(value, Decimal):
        return ["number", str(value)]
    if value is None or isinstance(value, str | int | float):
        return value
    raise ValueError(f"a {type(value).__name__}")


def _unpacked(data: Any, classes: dict[str, type]) -> Any:
    if not isinstance(data, list):
        return data
    kind, *given = data
    if kind == "model":
        made: Any = classes[given[0]]
        fields = {name: _unpacked(each, classes) for name, each in given[1].items()}
        if unknown := fields.keys() - made.model_fields.keys():
            raise LookupError(*unknown)
        return made.model_construct(set(fields), **fields)
    if kind == "map":
        return {key: _unpacked(each, classes) for key, each in given[0].items()}
    if kind == "list":
        return [_unpacked(each, classes) for each in given[0]]
    return Decimal(given[0])


def _classes() -> dict[str, type]:
    from connectif_kit.plan.source import Model

    return {_name(each): each for each in _below(Model)}


def _below(base: type[Model]) -> Iterator[type[Model]]:
    for each in base.__subclasses__():
        yield each
        yield from _below(each)


def _name(model: type) -> str:
    return f"{model.__module__}.{model.__name__}"
