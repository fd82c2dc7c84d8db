"""What a source of values is: a small declared place, so that no code stands in YAML.

A source is a mapping with one key that names it (`{selector: h1}`) and perhaps options beside it. Each is a
file in `plan/sources/`: its fields describe it once, for the check, the JSON Schema and `explain`. Its
JavaScript is the file of the same name in `templates/parts/sources/`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, ClassVar, Protocol, Self, TypeAlias
from typing import Literal as OneOf

from connectif_kit.core.messages import say
from connectif_kit.plan.shapes import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PydanticCustomError,
    Strict,
    WithJsonSchema,
    model_validator,
)
from connectif_kit.vocabulary.kinds import Json

if TYPE_CHECKING:
    FieldSource: TypeAlias = "Source"

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


def as_list(value: object) -> object:
    """One value stands for a list of it."""
    return value if isinstance(value, list) else [value]


Yes = Annotated[OneOf[True], BeforeValidator(_truth)]
Position = Annotated[
    int, BeforeValidator(_position), WithJsonSchema({"type": "integer", "not": {"const": 0}})
]


class Model(BaseModel):
    """Base of everything in a plan: nothing unknown, nothing changed after reading."""

    # Sources name each other: one build, when a plan is read, instead of one for each of them.
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, defer_build=True)


class ObjectReader(Protocol):
    """The object that is being mapped, and the page it may stand in."""

    def at(self, path: str) -> object:
        """What a dotted path leads to."""

    def fill(self, template: str) -> str | None:
        """A template's text; nothing where one of its places is empty."""

    def value(self, source: Source) -> object:
        """What another source says of the same object."""

    def ask(self, source: Source) -> object:
        """What the page says."""


class PageReader(Protocol):
    """A built page. `path` is that of its address, as `match` has it."""

    @property
    def path(self) -> str:
        """`/p/mug` of /p/mug/index.html."""

    def meta(self, name: str) -> str | None:
        """The content of the first `<meta>` with this name or property, in small letters."""

    def selected(self, selector: str, attribute: str | None, property_: str | None) -> Sequence[str | None]:
        """What each element that matches says: an attribute, a form field's value, or its text."""


class Source(Model):
    """A place where a value is found; `fields` maps properties into an object that it holds.

    The options from `split` to `default` transform the text that was found, in this order; a list is
    transformed item by item, once `first` or `nth` has taken one of it. tests/data/cases_fields.json holds
    what each does, for Python and the browser.
    """

    NAME: ClassVar[str]
    STATIC: ClassVar[bool] = False
    """Whether built HTML alone can answer, without a browser."""
    NEEDS: ClassVar[OneOf["", "object", "element", "detail"]] = ""
    """What it asks: the object that is mapped, or what the event brings."""
    IN_BROWSER: ClassVar[bool] = True
    """Whether it has a file in `templates/parts/sources/`."""
    PARTS: ClassVar[tuple[str, ...]] = ()
    """Files of `templates/parts/dispatcher/` that its JavaScript may call."""

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
    divide: OneOf[100] | None = Field(
        None, description="100 where the number is of cents: 1999 becomes 19.99. Other than whole is refused."
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

    def in_object(self, where: ObjectReader) -> object:
        """What it says of the object that is being mapped; else the page is asked."""
        return where.ask(self)

    def in_page(self, _: PageReader) -> object:
        """What built HTML alone says; nothing where that wants a browser."""
        return None

    def inner(self) -> Sequence[Source]:
        """The sources that it is made of."""
        return ()

    def asks(self) -> str:
        """What it looks for in a page, for messages; nothing where it looks for nothing there."""
        return ""

    def parts(self) -> tuple[str, ...]:
        """The files of `templates/parts/dispatcher/` that its JavaScript calls."""
        return self.PARTS

    def key(self) -> Json:
        """What stands behind its name, as its JavaScript takes it."""
        named = (name for name, field in type(self).model_fields.items() if self.NAME in (name, field.alias))
        found: Json = getattr(self, next(named))
        return found

    def option(self) -> Json:
        """What stands beside it, as its JavaScript takes it: a path, where it has one."""
        found: Json = getattr(self, "path", None) if self.NAME != "path" else None
        return found

    @model_validator(mode="after")
    def _one_position(self) -> Self:
        if self.first and self.nth is not None:
            raise complaint(say("`first` and `nth` at once"), say("keep one of them"))
        return self


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
