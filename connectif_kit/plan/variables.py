"""Where a site's own templates have what the tags need: the plan's `templates:` section.

One description serves every template language, so a variable is a dotted path and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias

from connectif_kit.core.diagnostics import did_you_mean
from connectif_kit.core.messages import say
from connectif_kit.core.records import dataclass
from connectif_kit.plan.shapes import BeforeValidator, Field, Strict, core_schema, create_model
from connectif_kit.plan.source import Model, Position, Yes, complaint, shown
from connectif_kit.vocabulary import TAGS
from connectif_kit.vocabulary.kinds import DATE, DATETIME, DECIMAL, TEXT, TIMESTAMP
from connectif_kit.vocabulary.model import Entity

_PATH = r"([A-Za-z_][\w-]*(\.[\w-]+)*)?"
_NAME = r"[A-Za-z_][\w-]*"


def _path(value: object) -> object:
    if isinstance(value, str) and not re.fullmatch(_PATH, value, re.ASCII):
        raise complaint(
            say("{value} is not a variable; expected a dotted path such as page.product", value=shown(value)),
            say("a fixed text is written {literal: …}"),
        )
    return value


def _names(value: object) -> object:
    for name in value if isinstance(value, dict) else ():
        if not re.fullmatch(_NAME, str(name), re.ASCII):
            raise complaint(
                say("{name} cannot be a property: it becomes a class in the HTML", name=shown(name))
            )
    return value


_UNWRITABLE = re.compile(r"[\"'\\{}%$`\x00-\x1f]|\?>")
"""What some template language cannot have in a text between quotes."""


def _writable(value: object) -> object:
    if isinstance(value, str) and (found := _UNWRITABLE.search(value)):
        raise complaint(
            say(
                "{value} holds `{sign}`, which not every template language can write",
                value=shown(value),
                sign=found[0],
            ),
            say("prepare the text where the site's templates have it"),
        )
    return value


_Word = Annotated[str, BeforeValidator(_writable)]
_Separator = Annotated[str, BeforeValidator(_writable), Field(min_length=1)]


class _Shorthand:
    """A text is the variable's path, a list the paths that are tried in turn."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        return core_schema.no_info_before_validator_function(_variable, handler(source))

    def __get_pydantic_json_schema__(self, core: Any, handler: Any) -> Any:
        path = {"type": "string", "pattern": f"^{_PATH}$"}
        return {"anyOf": [handler(core), path, {"type": "array", "items": path, "minItems": 1}]}


_APART = (("var", "literal"), ("var", "first_of"), ("first_of", "literal"), ("first", "nth"))


_NOWHERE = {
    "number": say(
        "no template language tells a price's signs apart: name the variable that holds the number"
    ),
    "base": say("no template language tells a whole address from a part: use `prefix`"),
}
"""Options of sources that templates do not have, and what to do instead."""


def _items(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _variable(value: object) -> object:
    if isinstance(value, str):
        return {"var": value}
    if isinstance(value, list):
        value = {"first_of": value}
    given = value if isinstance(value, dict) else {}
    for option, why in _NOWHERE.items():
        if option in given:
            raise complaint(say("`{option}` cannot be said of a template's variable", option=option), why)
    if any(isinstance(each, dict) for each in _items(given.get("first_of"))):
        raise complaint(
            say("options of one path in `first_of` cannot be said of a template's variable"),
            say("options stand beside `first_of`, and hold for whichever path counts"),
        )
    for one, other in _APART:
        if one in given and other in given:
            raise complaint(
                say("`{one}` and `{other}` at once", one=one, other=other), say("keep one of them")
            )
    return value


class Variable(Model):
    """A variable of the site's templates, and what to make of it."""

    var: Annotated[str, BeforeValidator(_path)] | None = Field(
        None, description="Dotted path; below `fields:` it begins at the object. Empty: no object around."
    )
    first_of: list[Annotated[str, BeforeValidator(_path)]] | None = Field(
        None, min_length=1, description="Dotted paths instead of one: the first that holds any text counts."
    )
    literal: str | None = Field(None, description="A text that is always the same, instead of a variable.")
    first: Yes | None = Field(None, description="Take the first of a list: `nth: 1`.")
    nth: Position | None = Field(
        None, description="Take one of a list, counted from 1; -1 is the last. Where there is none: nothing."
    )
    split: _Separator | None = Field(None, description="Cut one text into a list at this separator.")
    map: dict[_Word, _Word] | None = Field(
        None, description="Words → words, in any case; others stay, an empty one is dropped."
    )
    levels: _Separator | None = Field(
        None, description="Separator of a category's levels: `A > B` becomes `/A/B`."
    )
    default: str | int | float | bool | None = Field(None, description="The value where none is found.")
    divide: Literal[100] | None = Field(
        None, description="100 where the variable holds cents, as Shopify's do: 1999 is written 19.99."
    )
    date: Annotated[bool, Strict()] = Field(
        False, description="The variable holds a date of the language's own kind: it is written as ISO 8601."
    )
    slug: Yes | None = Field(None, description="As shops write it in addresses: `Café Olé` → `cafe-ole`.")
    prefix: str = Field("", description="Text before each value, such as https://shop.example.")
    options: Annotated[bool, Strict()] = Field(
        False, description="A checkbox list of the store's own (contacts)."
    )
    fields: Annotated[dict[str, TemplateVariable], BeforeValidator(_names)] | None = Field(
        None, description="Property → variable. Given, only these are written; else all, by their own names."
    )

    @property
    def position(self) -> int:
        """Which of a list is taken, counted from 1, or from -1 at its end; 0: all of it."""
        return 1 if self.first else self.nth or 0

    @property
    def is_placed(self) -> bool:
        """Whether it says where its value is, or what it is."""
        return self.var is not None or self.literal is not None or self.first_of is not None

    @property
    def conversions(self) -> list[str]:
        """The options that make one text of a value, or choose one of several."""
        named = ("first_of", "split", "first", "nth", "map", "levels", "divide", "date", "slug", "default")
        return [name for name in named if getattr(self, name) not in (None, False)]

    @property
    def default_text(self) -> str:
        """The default as it is written; empty where there is none."""
        if self.default is None or isinstance(self.default, bool):
            return "" if self.default is None else str(self.default).lower()
        return str(self.default).strip()


if TYPE_CHECKING:
    TemplateVariable: TypeAlias = Variable
else:
    TemplateVariable = Annotated[Variable, _Shorthand()]

_ENTITIES = {tag.entity.name: tag.entity for tag in TAGS.values() if tag.entity}


def _keys() -> Iterator[tuple[str, str]]:
    """What a tag is made from, by entity or by label, and what it is."""
    for tag in TAGS.values():
        if tag.entity and not tag.retired:
            yield tag.entity.name, tag.entity.doc
        elif tag.label and not tag.retired:
            yield tag.label.html, tag.doc


if TYPE_CHECKING:

    class Templates(Model):
        """Entity or label → where the site's templates have it."""

        product: Variable | None = None

else:
    Templates = create_model(
        "Templates",
        __base__=Model,
        __doc__="Entity or label → where the site's templates have it.",
        **{name: (TemplateVariable | None, Field(None, description=doc)) for name, doc in _keys()},
    )


def variable_of(templates: Templates, name: str) -> Variable:
    """The variable of an entity or a label: as planned, else one of its own name."""
    found: Variable | None = getattr(templates, name)
    if found is None:
        return Variable(var=name)
    return found if found.is_placed else found.model_copy(update={"var": name})


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a variable, at a path below `templates`."""

    path: tuple[str, ...]
    message: str
    known: tuple[str, ...] = ()
    is_unknown: bool = False

    @property
    def hint(self) -> str:
        """The nearest of the names that are known there, or all of them."""
        near = did_you_mean(self.path[-1], self.known)
        return near or ("known: " + ", ".join(self.known) if self.known else "")


def faults(templates: Templates) -> Iterator[Fault]:
    """Properties that an entity does not have, and names that no language takes for a variable."""
    for key in type(templates).model_fields:
        variable: Variable | None = getattr(templates, key)
        if variable is not None:
            yield from _own_names((key,), variable)
            yield from _unknown((key,), variable, _ENTITIES.get(key))
            yield from _misconverted((key,), variable, TEXT)
            yield from _unfit((key,), variable, key in _ENTITIES)


def _own_names(path: tuple[str, ...], variable: Variable) -> Iterator[Fault]:
    """With no object around, a path begins with a variable's name."""
    for var in variable.first_of or (variable.var or "",):
        if "-" in var.partition(".")[0]:
            yield Fault(path, say("`{var}` begins with no variable: there is a hyphen in its name", var=var))
    if variable.var == "":
        for name, inner in (variable.fields or {}).items():
            yield from _own_names((*path, "fields", name), inner)


def _unknown(path: tuple[str, ...], variable: Variable, entity: Entity | None) -> Iterator[Fault]:
    for name, inner in (variable.fields or {}).items():
        here = (*path, "fields", name)
        known = entity.by_html.get(name) if entity else None
        if known is None and not (entity and entity.open):
            said = say(
                "unknown property `{name}` of {entity}", name=name, entity=entity.name if entity else path[-1]
            )
            yield Fault(here, said, tuple(entity.by_html) if entity else (), is_unknown=True)
        else:
            yield from _unknown(here, inner, known.entity if known else None)
            yield from _misconverted(here, inner, known.kind if known else None)
            yield from _unfit(here, inner, bool(known and known.entity))


_DATES = (DATE, DATETIME, TIMESTAMP)


def _misconverted(path: tuple[str, ...], variable: Variable, kind: object) -> Iterator[Fault]:
    """A conversion of what is not of its kind; of the store's own properties the kind is not known."""
    if variable.divide and kind not in (DECIMAL, None):
        yield Fault((*path, "divide"), say("`divide` is for amounts, and {path} is not one", path=path[-1]))
    if variable.date and kind not in (*_DATES, None):
        yield Fault((*path, "date"), say("`date` is for dates, and {path} is not one", path=path[-1]))
    if variable.literal is not None and variable.conversions:
        yield Fault(path, say("a literal is written as it stands: nothing is made of it"))
    for name in ("split", "map", "levels", "slug"):
        if getattr(variable, name) and (variable.divide or variable.date):
            yield Fault((*path, name), say("`{name}` is for texts, not for amounts and dates", name=name))


def _unfit(path: tuple[str, ...], variable: Variable, is_object: bool) -> Iterator[Fault]:
    """A text that is nowhere; a conversion of what is no text: of an object, or of a checkbox list."""
    if "" in (variable.first_of or ()) or (variable.var == "" and not is_object):
        yield Fault(path, say("an empty path leads to no text: name a variable"))
    if variable.options and len(path) == 1:
        yield Fault(
            (*path, "options"),
            say("`options` is for a contact's properties, and {path} is not one", path=path[-1]),
        )
    for name in variable.conversions if is_object or variable.options else ():
        said = (
            say("`{name}` is for texts: {path} is an object, found in one place", name=name, path=path[-1])
            if is_object
            else say("`{name}` is for texts: a checkbox list is written whole", name=name)
        )
        yield Fault((*path, name), said)
