"""Where products live when they are not in the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias

from connectif_kit.core.diagnostics import did_you_mean
from connectif_kit.plan.models.types import Amount, Code
from connectif_kit.plan.shapes import (
    BeforeValidator,
    Field,
    WithJsonSchema,
    core_schema,
    field_validator,
    model_validator,
)
from connectif_kit.plan.source import Model, complaint, shown
from connectif_kit.plan.sources import FieldSource
from connectif_kit.vocabulary.shop_exports import SHOP_EXPORTS


def _condition(value: object) -> object:
    return value if isinstance(value, dict) else {"is": "" if value is None else value}


def _words(value: object) -> object:
    """Scalars as a row's cells have them; nothing is an empty cell."""
    given = value if isinstance(value, list) else [value]
    if any(isinstance(each, dict | list) for each in given):
        raise complaint(f"expected a text, or a list of them, got {shown(value)}")
    return [
        "" if each is None else str(each).lower() if isinstance(each, bool) else str(each) for each in given
    ]


_SCALAR = {"type": ["string", "number", "boolean", "null"]}


_Words = Annotated[
    list[str],
    BeforeValidator(_words),
    Field(min_length=1),
    WithJsonSchema({"type": "array", "items": _SCALAR, "minItems": 1}),
]


class Condition(Model):
    """What a column must say; several at once must all hold. Compared in any case; 10 is 10.00."""

    is_: _Words | None = Field(None, alias="is", description="One of these texts; empty: an empty cell.")
    not_: _Words | None = Field(None, alias="not", description="None of these texts.")
    contains: str | None = Field(None, min_length=1, description="A text that is part of it.")

    @property
    def wanted(self) -> list[str]:
        """The texts of `is`, as they are compared."""
        return [text.strip().lower() for text in self.is_ or ()]

    @property
    def unwanted(self) -> list[str]:
        """The texts of `not`, as they are compared."""
        return [text.strip().lower() for text in self.not_ or ()]

    @model_validator(mode="after")
    def _some(self) -> Condition:
        if self.is_ is None and self.not_ is None and self.contains is None:
            raise complaint("an empty condition", "say `is`, `not` or `contains`")
        return self


if TYPE_CHECKING:
    Where: TypeAlias = Condition
else:

    class _Scalar:
        """A text, a number, true or a list of them is what the column must say."""

        def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
            return core_schema.no_info_before_validator_function(_condition, handler(source))

        def __get_pydantic_json_schema__(self, core: Any, handler: Any) -> Any:
            several = {"type": "array", "items": _SCALAR, "minItems": 1}
            return {"anyOf": [handler(core), _SCALAR, several]}

    Where = Annotated[Condition, _Scalar()]


class Catalog(Model):
    """Where products live when they are not in the pages."""

    source: str | None = Field(
        None, description="A file: csv, json, jsonl, yaml or xml; or json-ld …: read from the pages."
    )
    preset: str | None = Field(
        None,
        description="The shop system whose export the file is: its columns are known.",
        json_schema_extra={"enum": [*SHOP_EXPORTS, None]},
    )
    variants: Literal["each", "first"] = Field(
        "each", description="With a preset: each variant is a product, or the first for all of them."
    )
    combinations: str | None = Field(
        None, description="PrestaShop's file of combinations, the variants of its products."
    )
    vat: Amount | dict[str, Amount] | None = Field(
        None,
        description="Percent of taxes on prices without them (prestashop); one, or one for each tax rule.",
    )
    where: dict[str, Where] = Field(
        {}, description="Column → what it must say: a text, a list, {not: …}, {contains: …}; else left out."
    )
    fields: dict[str, FieldSource] = Field({}, description="Property → column or dotted path in the file.")
    url: str | None = Field(
        None, description="`/p/{product_id}/`: a product's page, where no column says it."
    )
    currency: str | None = Field(
        None, description="Column with each row's own currency, where its name does not tell."
    )
    rates: dict[Code, Amount] = Field(
        {},
        description="Currency → what one of it is worth in the store's: such prices are converted.",
        json_schema_extra={"propertyNames": {"pattern": "^[A-Z]{3}$"}},
    )

    @property
    def files(self) -> tuple[str, ...]:
        """The files that it is read from."""
        return tuple(name for name in (self.source, self.combinations) if name)

    @field_validator("preset")
    @classmethod
    def _known(cls, value: str | None) -> str | None:
        if value is not None and value not in SHOP_EXPORTS:
            near = did_you_mean(value, SHOP_EXPORTS) or "known: " + ", ".join(SHOP_EXPORTS)
            raise complaint(f"unknown preset {shown(value)}; {near}")
        return value
