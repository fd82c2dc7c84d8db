"""Stand-ins for what pydantic gives to the models of a plan: the same shapes, and no check of anything.

A plan that was checked before is taken back from its frozen form (`plan.frozen`): then nothing of it is
checked again, and pydantic and its schemas, which take longer than the audit of a hundred pages, are not
loaded.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self, TypeVar

_T = TypeVar("_T")
_MISSING: Any = object()


class _Choice:
    """Which of the two the models are made of; settled when the first of them is loaded."""

    bare = False
    may = False


def permit() -> None:
    """This process runs one command and no other: its models may be made of what checks nothing."""
    _Choice.may = True


def permitted() -> bool:
    """Whether it may, and no model is loaded yet."""
    return _Choice.may and "connectif_kit.plan.shapes" not in sys.modules


def choose(*, bare: bool) -> None:
    """Make models that check nothing, from now on, or those that check; before any of them is loaded."""
    _Choice.bare = bare


def chosen() -> bool:
    """Whether models check nothing."""
    return _Choice.bare


class FieldInfo:
    """What is known of a field: its other name, and its default where it has one."""

    __slots__ = ("alias", "default")

    def __init__(self, default: Any, alias: str | None) -> None:
        self.default = default
        self.alias = alias


def Field(  # noqa: N802 - pydantic's name
    default: Any = _MISSING, *, alias: str | None = None, default_factory: Any = None, **_: Any
) -> Any:
    """A field's default and alias; what else is said of it is for the check."""
    return FieldInfo(default_factory() if default_factory else default, alias)


def ignored(*_: Any, **__: Any) -> None:
    """What is for the check alone, in an annotation."""


def unused(*_: Any, **__: Any) -> Callable[[_T], _T]:
    """A decorator of what is for the check alone."""
    return lambda function: function


class BaseModel:
    """A model: its defaults stand in the class, and what was said in the object."""

    model_fields: ClassVar[dict[str, FieldInfo]] = {}

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.model_fields = {**cls.model_fields, **_own_fields(cls)}

    def __init__(self, **values: Any) -> None:
        self.__dict__.update(values)

    @classmethod
    def model_construct(cls, fields_set: set[str] | None = None, **values: Any) -> Self:  # noqa: ARG003 - as pydantic has it
        """A model of values that were checked before."""
        return cls(**values)

    def model_copy(self, *, update: Mapping[str, Any]) -> Self:
        """The same with other values."""
        return type(self)(**{**self.__dict__, **update})

    def model_dump(
        self,
        *,
        by_alias: bool = False,
        exclude_none: bool = False,
        exclude_unset: bool = False,
        exclude_defaults: bool = False,
    ) -> dict[str, Any]:
        """The values by their names; those of models in them likewise."""
        how = {"by_alias": by_alias, "exclude_none": exclude_none, "exclude_unset": exclude_unset}
        how["exclude_defaults"] = exclude_defaults
        names = [name for name in self.model_fields if not exclude_unset or name in self.__dict__]
        if exclude_defaults:
            names = [name for name in names if getattr(self, name) != self.model_fields[name].default]
        return {
            (self.model_fields[name].alias if by_alias else None) or name: _dumped(value, how)
            for name in names
            if (value := getattr(self, name)) is not None or not exclude_none
        }

    def model_dump_json(self, *, exclude_none: bool = False, exclude_defaults: bool = False) -> str:
        """The values by their names, as one line of JSON."""
        plain = self.model_dump(exclude_none=exclude_none, exclude_defaults=exclude_defaults)
        return json.dumps(plain, ensure_ascii=False, separators=(",", ":"), default=str)

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.model_dump() == other.model_dump()

    def __hash__(self) -> int:
        return hash((type(self), *(getattr(self, name) for name in self.model_fields)))


def _own_fields(cls: type) -> dict[str, FieldInfo]:
    """The fields that a class itself declares; their defaults become its attributes."""
    found = {}
    for name, annotation in cls.__annotations__.items():
        if "ClassVar" not in str(annotation):
            given = cls.__dict__.get(name, _MISSING)
            found[name] = info = given if isinstance(given, FieldInfo) else FieldInfo(given, None)
            if info.default is not _MISSING:
                setattr(cls, name, info.default)
            elif name in cls.__dict__:
                delattr(cls, name)
    return found


def _dumped(value: Any, how: dict[str, bool]) -> Any:
    if isinstance(value, BaseModel):
        return value.model_dump(**how)
    if isinstance(value, dict):
        return {key: _dumped(each, how) for key, each in value.items()}
    return [_dumped(each, how) for each in value] if isinstance(value, list) else value


def create_model(name: str, /, *, __base__: type, **fields: Any) -> Any:
    """A model that is made from a table: name → type and `Field`."""
    doc = fields.pop("__doc__", None)
    body = {field: info for field, (_, info) in fields.items()}
    body |= {"__module__": sys._getframe(1).f_globals["__name__"], "__doc__": doc}
    return type(name, (__base__,), {**body, "__annotations__": dict.fromkeys(fields, "Any")})


class PydanticCustomError(ValueError):
    """What a check would raise."""


class ValidationError(ValueError):
    """What it would raise in the end."""


core_schema = None
BeforeValidator = AfterValidator = WithJsonSchema = Strict = Discriminator = Tag = ignored
model_validator = field_validator = unused
ConfigDict = dict


def TypeAliasType(name: str, value: Any) -> Any:  # noqa: N802, ARG001 - as typing has it
    """A named type is the type itself."""
    return value
