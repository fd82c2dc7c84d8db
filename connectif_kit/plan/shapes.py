"""What the models of a plan are made of: pydantic's pieces, or stand-ins where a plan was checked before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from connectif_kit.plan import bare

if TYPE_CHECKING or not bare.chosen():
    from pydantic import (
        AfterValidator,
        BaseModel,
        BeforeValidator,
        ConfigDict,
        Discriminator,
        Field,
        Strict,
        Tag,
        ValidationError,
        WithJsonSchema,
        create_model,
        field_validator,
        model_validator,
    )
    from pydantic_core import PydanticCustomError, core_schema
    from typing_extensions import TypeAliasType
else:
    from connectif_kit.plan.bare import (
        AfterValidator,
        BaseModel,
        BeforeValidator,
        ConfigDict,
        Discriminator,
        Field,
        PydanticCustomError,
        Strict,
        Tag,
        TypeAliasType,
        ValidationError,
        WithJsonSchema,
        core_schema,
        create_model,
        field_validator,
        model_validator,
    )

__all__ = [
    "AfterValidator",
    "BaseModel",
    "BeforeValidator",
    "ConfigDict",
    "Discriminator",
    "Field",
    "PydanticCustomError",
    "Strict",
    "Tag",
    "TypeAliasType",
    "ValidationError",
    "WithJsonSchema",
    "core_schema",
    "create_model",
    "field_validator",
    "model_validator",
]
