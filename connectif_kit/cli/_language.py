"""`--lang`, and the languages that a command speaks: the terminal's, and that of the store's people."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from connectif_kit.core.language import Language

F = TypeVar("F", bound=Callable[..., Any])
_KEY = f"{__name__}.asked"
_OPTION = "--lang"


def _kept(ctx: click.Context, _: click.Parameter, value: str | None) -> None:
    from connectif_kit.core.language import named

    if value is not None:
        ctx.meta[_KEY] = named(value)


lang_option = click.option(
    _OPTION,
    metavar="LANG",
    expose_value=False,
    is_eager=True,
    callback=_kept,
    help="Speak en, es or pt-br. [default: LC_ALL or LANG; for the store's people, store.language]",
)
"""For each command that people read something of; reports for programs stay English."""


def asked() -> Language | None:
    """The language that `--lang` asks for, in a command that has it."""
    context = click.get_current_context(silent=True)
    found: Language | None = context.meta.get(_KEY) if context else None
    return found


def of_terminal(arguments: Sequence[str] = ()) -> Language:
    """What is printed is in this language; `arguments` are those of a command that has ended already."""
    from connectif_kit.core import language

    return asked() or _in(arguments) or language.of_terminal(os.environ)


def of_store(code: str | None) -> Language:
    """What the store's people read is in this language; `code` is the plan's `store.language`."""
    from connectif_kit.core import language

    return asked() or language.of_store(code, language.of_terminal(os.environ))


def asked_code() -> str:
    """The code of the language that `--lang` asks for; empty where it is not given."""
    found = asked()
    return found.code if found else ""


def languages() -> str:
    """What of the languages asked for is in the reports."""
    return f"{of_terminal().code} {asked_code()}"


def _in(arguments: Sequence[str]) -> Language | None:
    from connectif_kit.core.language import LANGUAGES, nearest

    for index, word in enumerate(arguments):
        name, sign, value = word.partition("=")
        if name == _OPTION:
            code = value if sign else (*arguments[index + 1 :], "")[0]
            return nearest(code) if code else LANGUAGES["en"]
    return None
