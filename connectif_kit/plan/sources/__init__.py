"""The sources of values, one file each; a source exists because its file is there.

A source is `plan/sources/<name>.py` (its shape, what reads it in Python, what its JavaScript needs) and
`templates/parts/sources/<name>.js`.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias, Union

from connectif_kit.core.diagnostics import did_you_mean
from connectif_kit.core.messages import both, say
from connectif_kit.core.registry import modules
from connectif_kit.plan.shapes import BeforeValidator, Discriminator, Tag, TypeAliasType
from connectif_kit.plan.source import Source, complaint, shown


def _known() -> dict[str, type[Source]]:
    """Name → source, of every file in this folder."""
    found = (value for module in modules(sys.modules[__name__]) for value in vars(module).values())
    made = (each for each in found if isinstance(each, type) and issubclass(each, Source))
    return {each.NAME: each for each in made if each is not Source}


SOURCES = _known()


def kind_of(value: Any) -> str | None:
    """The name of the source that a mapping is; nothing where it is none, or two."""
    if isinstance(value, Source):
        return value.NAME
    named = _without_options([name for name in SOURCES if name in value] if isinstance(value, dict) else [])
    return named[0] if len(named) == 1 else None


def _without_options(named: list[str]) -> list[str]:
    """`path` beside another source, and `attribute` beside a selector, are options of it."""
    options = {"path", *(key for name in named for key in SOURCES[name].model_fields if key != name)}
    return [name for name in named if name not in options] or named


def _source(value: Any) -> Any:
    """The value, where it is a source; else a complaint that says what it could be."""
    if kind_of(value):
        return value
    if not isinstance(value, dict):
        raise complaint(
            say("expected a value or a source such as {{selector: h1}}, got {value}", value=shown(value))
        )
    named = _without_options([name for name in value if name in SOURCES])
    if named:
        raise complaint(say("two sources at once: {named}; keep one", named=both(named)))
    given = next(iter(value), "")
    near = next(filter(None, (did_you_mean(name, SOURCES) for name in value)), "")
    said = (
        say("unknown kind of source {given}", given=shown(given))
        if given
        else say("an empty mapping is not a source")
    )
    raise complaint(f"{said}; {near or 'known sources: ' + ', '.join(SOURCES)}")


def _literal(value: object) -> object:
    return {"literal": value} if isinstance(value, str | int | float | bool) else _source(value)


def _path(value: object) -> object:
    if isinstance(value, list):
        return {"first_of": value}
    return {"path": value} if isinstance(value, str) else _literal(value)


def _object(value: object) -> object:
    if not isinstance(value, dict | Source) or kind_of(value) == "literal":
        said = say(
            "expected a source that gives an object, such as {{storage: shop.user}}, got {value}",
            value=shown(value),
        )
        raise complaint(said if not isinstance(value, dict) else said.replace("a mapping", "a literal"))
    return _source(value)


if TYPE_CHECKING:
    ValueSource: TypeAlias = Source
    ObjectSource: TypeAlias = Source
    FieldSource: TypeAlias = Source
else:
    # In pydantic's locations the union's tags stand among the keys; `<…>` tells them apart.
    _tagged = {name: Annotated[source, Tag(f"<{name}>")] for name, source in SOURCES.items()}
    _kind = Discriminator(lambda value: f"<{kind_of(value)}>")
    _any = Annotated[Union[tuple(_tagged.values())], _kind]  # noqa: UP007 - a union made from a table
    _objects = Annotated[Union[tuple(t for n, t in _tagged.items() if n != "literal")], _kind]  # noqa: UP007  # likewise
    # Named types, so that pydantic builds each once and not wherever it is used.
    # A scalar is the value itself.
    ValueSource = TypeAliasType("ValueSource", Annotated[_any, BeforeValidator(_literal)])
    # Nothing but a mapping holds a contact, a cart, a purchase, a product.
    ObjectSource = TypeAliasType("ObjectSource", Annotated[_objects, BeforeValidator(_object)])
    # A text is a path inside the object that is being mapped; a list is several, the first that is filled.
    FieldSource = TypeAliasType("FieldSource", Annotated[_any, BeforeValidator(_path)])
    # Sources name each other: pydantic looks for the name where each is defined.
    for _source_type in (Source, *SOURCES.values()):
        vars(sys.modules[_source_type.__module__])["FieldSource"] = FieldSource
