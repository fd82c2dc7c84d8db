"""The languages in which the kit speaks to people, as values: English, Spanish, Brazilian Portuguese.

A catalogue lies in `templates/locale/CODE/`: `messages.po` for translators and, compiled from it,
`messages.mo`, which is what is read here (`browser.*` is what our JavaScript says). Nothing is read for
English, nor before something is translated.
"""

from __future__ import annotations

import gettext
import string
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any

from connectif_kit.core.diagnostics import Misuse, did_you_mean
from connectif_kit.core.messages import Message, count, say
from connectif_kit.core.records import dataclass
from connectif_kit.core.templates import BUNDLED

LOCALE = BUNDLED / "locale"
VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
"""Where a terminal's language stands, as POSIX orders them: the first that is not empty counts."""


@dataclass(frozen=True, slots=True)
class Language:
    """A language: its code (BCP 47, in small letters), its name in itself, how it writes numbers and days.

    `help_centre` is its part of the addresses of help articles; numbers with fewer than `grouped_from`
    digits stay together, as CLDR has it.
    """

    code: str
    name: str
    help_centre: str
    group: str
    point: str
    day: str
    grouped_from: int = 4

    @property
    def tag(self) -> str:
        """For `<html lang>`: `pt-BR`."""
        first, _, region = self.code.partition("-")
        return f"{first}-{region.upper()}" if region else first

    def text(self, text: str) -> str:
        """A message in this language; a text that is not a message, and what nobody translated, as it is."""
        if self is ENGLISH or not isinstance(text, Message) or not text.template:
            return text
        found = _catalogue(self.code)
        template = (
            found.ngettext(text.template, text.plural, text.number)
            if text.plural
            else found.gettext(text.template)
        )
        values = {
            name: self.text(each) if isinstance(each, str) else each for name, each in text.values.items()
        }
        return _Filled(self).vformat(template, (), values) if values else template

    def all(self, value: Any) -> Any:
        """A value as JSON has it, with each message in it in this language."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, Mapping):
            return {key: self.all(each) for key, each in value.items()}
        return [self.all(each) for each in value] if isinstance(value, list | tuple) else value

    def say(self, template: str, /, **values: Any) -> str:
        """`messages.say`, in this language."""
        return self.text(say(template, **values))

    def count(self, number: int, one: str, many: str, /, **values: Any) -> str:
        """`messages.count`, in this language."""
        return self.text(count(number, one, many, **values))

    def number(self, number: int) -> str:
        """A whole number with its digits grouped: `12,345`, `12.345`."""
        plain = f"{number:,}"
        return plain.replace(",", self.group if abs(number) >= 10 ** (self.grouped_from - 1) else "")

    def decimal(self, number: float) -> str:
        """A number with its decimal sign: `1.5`, `1,5`."""
        return str(number).replace(".", self.point)

    def moment(self, iso: str) -> str:
        """A moment of ISO 8601 in UTC, to the minute: `28/11/2026 14:05 UTC`."""
        return f"{datetime.fromisoformat(iso).strftime(f'{self.day} %H:%M')} UTC"

    def forms(self, one: str, many: str) -> list[str]:
        """The templates of both forms, for JavaScript to choose from."""
        if self is ENGLISH:
            return [one, many]
        found = _catalogue(self.code)
        return [found.ngettext(one, many, number) for number in (1, 2)]


class _Filled(string.Formatter):
    """Puts values into a template; `{n:,}` groups digits as the language does."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def format_field(self, value: Any, format_spec: str) -> str:
        """One value."""
        if format_spec == "," and isinstance(value, int):
            return self.language.number(value)
        return format(value, format_spec)


ENGLISH = Language("en", "English", "en-us", ",", ".", "%Y-%m-%d")
SPANISH = Language("es", "español", "es", ".", ",", "%d/%m/%Y", grouped_from=5)
PORTUGUESE = Language("pt-br", "português (Brasil)", "pt-br", ".", ",", "%d/%m/%Y")
LANGUAGES = {each.code: each for each in (ENGLISH, SPANISH, PORTUGUESE)}


def nearest(tag: str) -> Language:
    """The language nearest to a code or a locale: `es-MX`, `pt_PT.UTF-8`; English where none is near."""
    first = tag.replace("_", "-").partition(".")[0].partition("@")[0].partition("-")[0].lower()
    return next((each for each in LANGUAGES.values() if each.code.partition("-")[0] == first), ENGLISH)


def named(code: str) -> Language:
    """The language that `--lang` asks for. Raises Misuse for one that the kit does not speak."""
    plain = code.replace("_", "-").lower()
    found = nearest(plain)
    if found is ENGLISH and plain.partition("-")[0] != "en":
        near = did_you_mean(plain, LANGUAGES)
        raise Misuse(f"--lang: unknown language `{code}`; {near or 'known: ' + ', '.join(LANGUAGES)}")
    return found


def of_terminal(environment: Mapping[str, str]) -> Language:
    """The language that a terminal asks for; English for `C`, `POSIX`, and where nothing is said."""
    return nearest(next((found for name in VARIABLES if (found := environment.get(name))), ""))


def of_store(language: str | None, otherwise: Language = ENGLISH) -> Language:
    """The language of a store's people, by the plan's `store.language`."""
    return nearest(language) if language else otherwise


@cache
def browser_texts(code: str) -> dict[str, Any]:
    """What our JavaScript says in a language: a text, or a list of plural forms, by the English one."""
    found = _catalogue(code, "browser") if code != ENGLISH.code else gettext.NullTranslations()
    kept: dict[Any, str] = getattr(found, "_catalog", {})
    texts: dict[str, Any] = {}
    for key, text in kept.items():
        if isinstance(key, tuple):
            texts.setdefault(key[0], []).append(text)
        elif key:
            texts[key] = text
    return texts


@cache
def _catalogue(code: str, domain: str = "messages") -> gettext.GNUTranslations:
    """A catalogue; what the browser says and the server shows again is found after the server's own texts."""
    with (LOCALE / code / f"{domain}.mo").open("rb") as stream:
        found = gettext.GNUTranslations(stream)
    if domain == "messages":
        found.add_fallback(_catalogue(code, "browser"))
    return found
