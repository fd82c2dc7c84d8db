"""Where a value comes from: small declared sources, so that no code stands in YAML.

A source is a mapping with one key that names it (`{selector: h1}`) and perhaps options beside it.
`DOC`, `EXAMPLE` and the fields describe it once, for the check, the JSON Schema and `explain`; its
JavaScript is the template of the same name in `templates/parts/sources/`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Self, TypeAlias, Union
from typing import Literal as OneOf

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Strict,
    Tag,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError
from typing_extensions import TypeAliasType

from connectif_kit.core.diagnostics import did_you_mean
from connectif_kit.core.messages import both, say

Flag = Annotated[bool, Strict()]


def _truth(value: object) -> object:
    """`1` equals `true` in Python and in no schema."""
    if value is not True:
        raise complaint(say("expected true, got {value}", value=shown(value)))
    return value


def _position(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int) or not value:
        raise complaint(
            say("expected 1 for the first, 2, … or -1 for the last, got {value}", value=shown(value))
        )
    return value


def _as_list(value: object) -> object:
    return value if isinstance(value, list) else [value]


Yes = Annotated[OneOf[True], BeforeValidator(_truth)]
Position = Annotated[
    int, BeforeValidator(_position), WithJsonSchema({"type": "integer", "not": {"const": 0}})
]


class Model(BaseModel):
    """Base of everything in a plan: nothing unknown, nothing changed after reading."""

    # Sources name each other: one build, when a plan is read, instead of one for each of them.
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, defer_build=True)


class Source(Model):
    """A place where a value is found; `fields` maps properties into an object that it holds.

    The options from `split` to `default` mend the text that was found, in this order; a list is
    mended item by item, once `first` or `nth` has taken one of it. tests/cases_fields.json holds what
    each does, for Python and the browser.
    """

    NAME: ClassVar[str]
    STATIC: ClassVar[bool] = False
    """Whether built HTML alone can answer, without a browser."""

    split: str | None = Field(None, min_length=1, description="Cut one text into a list at this separator.")
    first: Yes | None = Field(None, description="Take the first of a list: `nth: 1`.")
    nth: Position | None = Field(
        None, description="Take one of a list, counted from 1; -1 is the last. Where there is none: nothing."
    )
    map: dict[str, str] | None = Field(
        None, description="Words → words, in any case; others stay, an empty one is dropped."
    )
    levels: str | None = Field(
        None, min_length=1, description="Separator of a category's levels: `A > B` becomes `/A/B`."
    )
    number: OneOf["point", "comma", "auto"] | None = Field(
        None,
        description="Strip currency and groups; the decimal sign, or auto: what can be read in one way only.",
    )
    slug: Yes | None = Field(None, description="As shops write it in addresses: `Café Olé` → `cafe-ole`.")
    prefix: str | None = Field(None, min_length=1, description="Text before what is found.")
    base: str | None = Field(
        None, pattern=r"^https?://[^/\s?#]+", description="Address that a relative address begins with."
    )
    default: str | int | float | bool | None = Field(None, description="The value where none is found.")

    fields: dict[str, FieldSource] | None = Field(
        None, description="Property → dotted path inside the object, or another source."
    )

    @property
    def static(self) -> bool:
        """Whether built HTML alone can answer, without a browser."""
        return self.STATIC

    @property
    def position(self) -> int | None:
        """Which of a list is taken, counted from 1, or from -1 at its end; nothing: all of it."""
        return 1 if self.first else self.nth

    @model_validator(mode="after")
    def _one_position(self) -> Self:
        if self.first and self.nth is not None:
            raise complaint(say("`first` and `nth` at once"), say("keep one of them"))
        return self


class Literal(Source):
    """The value itself."""

    NAME = "literal"
    STATIC = True
    literal: str | int | float | bool = Field(description="The value.")


class Path(Source):
    """A dotted path inside the object that is being mapped."""

    NAME = "path"
    path: str = Field(description="`price.amount`, `lines.0.sku`")


class Template(Source):
    """A text with `{path}` places, filled from the object that is being mapped."""

    NAME = "template"
    template: str = Field(description="`/p/{sku}/`")


class Selector(Source):
    """The first element that matches: a form field's value, else the text."""

    NAME = "selector"
    STATIC = True
    selector: str = Field(
        description="A CSS selector, tried inside the element that triggered, then the page."
    )
    attribute: str | None = Field(None, description="Take this attribute instead of the text.")
    property: str | None = Field(None, description="Take this JavaScript property instead of the text.")
    all: Flag = Field(False, description="Take a list of all that match.")


class Attribute(Source):
    """An attribute of the element that triggered the event."""

    NAME = "attribute"
    attribute: str = Field(description="The attribute's name, such as data-id.")


class Detail(Source):
    """A path in the `detail` of the page's own event; empty for the whole."""

    NAME = "detail"
    detail: str = Field(description="A dotted path; empty for the whole.")


class DataLayer(Source):
    """The newest `dataLayer` entry with this event's name (GA4 names are mapped by themselves)."""

    NAME = "data_layer"
    data_layer: str | list[str] = Field(description="The entry's `event`, or several.")
    path: str | None = Field(None, description="A dotted path inside the entry.")


class Query(Source):
    """A parameter of the page's address."""

    NAME = "query"
    query: str = Field(description="The parameter's name.")


class Storage(Source):
    """A key of localStorage, else sessionStorage; JSON is read as such."""

    NAME = "storage"
    storage: str = Field(description="The key.")
    path: str | None = Field(None, description="A dotted path inside the stored JSON.")


class Cookie(Source):
    """A cookie."""

    NAME = "cookie"
    cookie: str = Field(description="The cookie's name.")
    path: str | None = Field(None, description="A dotted path inside the cookie's JSON.")


class Global(Source):
    """A dotted path from `window`."""

    NAME = "global"
    global_: str = Field(alias="global", description="`shop.user` is window.shop.user.")


class Meta(Source):
    """The content of a `<meta>` with this name or property."""

    NAME = "meta"
    STATIC = True
    meta: str = Field(description="The element's name or property, such as og:title.")


class PagePath(Source):
    """The page's own address: its path as `match` has it, below the shop's folder, without `.html`."""

    NAME = "page"
    STATIC = True
    page: OneOf["path"] = Field(description="`path`: of /p/mug/index.html it is /p/mug.")


class FirstOf(Source):
    """The first of several sources that finds something; under `fields:`, a plain list says the same."""

    NAME = "first_of"
    first_of: Annotated[list[FieldSource], BeforeValidator(_as_list)] = Field(
        min_length=1, description="Dotted paths or sources, in the order that counts."
    )

    @property
    def static(self) -> bool:
        """Whether built HTML alone can answer for each of them."""
        return all(source.static for source in self.first_of)


class Module(Source):
    """A file with `export default function (context) {…}`, for what no other source can say."""

    NAME = "module"
    module: str = Field(description="Path of the file, from the plan's folder.")


_SOURCES: tuple[type[Source], ...] = (
    Literal,
    Path,
    Template,
    Selector,
    Attribute,
    Detail,
    DataLayer,
    Query,
    Storage,
    Cookie,
    Global,
    Meta,
    PagePath,
    FirstOf,
    Module,
)
SOURCES: dict[str, type[Source]] = {source.NAME: source for source in _SOURCES}


def kind_of(value: Any) -> str | None:
    """The name of the source that a mapping is; nothing where it is none, or two."""
    if isinstance(value, Source):
        return value.NAME
    named = [name for name in SOURCES if name in value] if isinstance(value, dict) else []
    named = _without_options(named)
    return named[0] if len(named) == 1 else None


def _without_options(named: list[str]) -> list[str]:
    """`path` beside another source, and `attribute` beside a selector, are options of it."""
    options = {"path", "attribute"} if "selector" in named else {"path"}
    return [name for name in named if name not in options] or named


def _source(value: Any) -> Any:
    """The value, where it is a source; else a complaint that says what it could be."""
    if kind_of(value):
        return value
    if not isinstance(value, dict):
        raise complaint(
            say("expected a value or a source such as {{selector: h1}}, got {value}", value=shown(value))
        )
    named = _without_options([name for name in SOURCES if name in value])
    if named:
        raise complaint(say("two sources at once: {named}; keep one", named=both(named)))
    given = next(iter(value), "")
    near = next(filter(None, (did_you_mean(name, SOURCES) for name in value)), "")
    said = (
        say("{given} is no kind of source", given=shown(given))
        if given
        else say("an empty mapping is no source")
    )
    raise complaint(f"{said}; {near or 'known sources: ' + ', '.join(SOURCES)}")


def complaint(message: str, hint: str = "") -> PydanticCustomError:
    """An error whose words are ours; braces in them stay braces."""
    return PydanticCustomError("plan", "{message}", {"message": message, "hint": hint})


def shown(value: object) -> str:
    """A value as a message names it; only the beginning of what is long."""
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return say("a mapping")
    if isinstance(value, list):
        return say("a list")
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, int | float):
        return say("the number {value}", value=value)
    text = str(value)
    return f"`{text}`" if len(text) <= MAX_SHOWN else f"`{text[:MAX_SHOWN]}…`"


MAX_SHOWN = 80


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
