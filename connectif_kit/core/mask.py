"""Keys and personal data made unreadable for logs, errors, terminals and reports."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

from connectif_kit.core.messages import Message, say
from connectif_kit.core.patterns import lazily

_EMAIL = lazily(r"([^\s@<>\"'`,;:/=(]{1,64})@([^\s@<>\"'`,;:/=)]{1,255})")
_PHONE = lazily(r"(?<![\w.-])(?!\d{4}-\d\d-\d\d)\+?\d[\d ()-]{4,18}\d(?![\w-])")
_CONTROL = lazily("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_DIGIT = lazily(r"\d")


def email(text: str) -> str:
    """`ana@shop.example` → `a…@s….example`."""
    name, _, host = text.rpartition("@")
    first, dot, last = host.rpartition(".")
    return f"{name[:1]}…@{(first or last)[:1]}…{dot + last if dot else ''}"


def phone(text: str) -> str:
    """`+34651234567` → `+34…67`."""
    return f"{text[:3]}…{text[-2:]}"


def masked(text: str) -> str:
    """A message with its emails and phone numbers made unreadable, for a terminal too."""
    if isinstance(text, Message):
        return text.changed(masked)
    text = plain(text)
    text = _EMAIL.sub(lambda found: email(found[0]), text)
    return _PHONE.sub(lambda found: phone(found[0]) if len(_DIGIT.findall(found[0])) > 6 else found[0], text)


def plain(text: str) -> str:
    """A text without control characters, halves of characters, and marks that turn its direction."""
    if isinstance(text, Message):
        return text.changed(plain)
    return _CONTROL.sub("", text)


def hidden(value: str) -> str:
    """A value of a personal field in a message: its first letter and its length."""
    if len(value) < 2:
        return value
    return say("{first}… ({length} characters)", first=value[:1], length=len(value))


# ------------------------------------------------------------ pages: excerpts, messages, reports

_ID = r"[0-9A-Za-z][0-9A-Za-z_-]{7,}"
_HEADER = lazily(rf"\bapiKey[ ]({_ID}:[0-9A-Za-z+/=_-]{{16,}})")
_SETTING = lazily(
    r"CONNECTIF_(?:API_KEY|SECRET(?:_KEY)?)[\"']?\s*[:=]\s*[\"']([^\"'\s]{16,})[\"']", re.IGNORECASE
)
_ADDRESS = lazily(r"[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_DIALLED = lazily(r"(?:(?<![\w.-])(?:\+\d|00\d{1,3}[ (./-])|(?<=tel:)\d)[\d ()./-]{5,18}\d(?![\w-])")


def headers(text: str) -> Iterator[re.Match[str]]:
    """API keys as a request's header has them; group 1 is the key."""
    # Where it does not stand, CPython says so sooner from behind than `in` does.
    return _HEADER.finditer(text) if text.rfind("apiKey ") >= 0 else iter(())


def settings(text: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
    """API keys as a setting that a bundler wrote into a script; group 1 is the key."""
    return _SETTING.finditer(text, start, len(text) if end is None else end)


def veiled(text: str) -> str:
    """A private text as a report shows it: its first letter, and a star for each other one."""
    return text[:1] + re.sub(r"[^\r\n]", "*", text[1:])


def without_keys(text: str) -> str:
    """A text of the same length with its API keys made unreadable."""
    may_be_set = "onnectif_" in text or "ONNECTIF_" in text
    for found in [*headers(text), *(settings(text) if may_be_set else ())]:
        text = text[: found.start(1)] + veiled(found[1]) + text[found.end(1) :]
    return text


def without_private(text: str, ours: Container[str] = ()) -> str:
    """A text of a page, of the same length, with its keys, emails and phone numbers made unreadable.

    A phone number is known by its `+`, `0034 ` or `tel:`: other numbers are prices and ids. `ours` are
    examples of our own messages, which stay.
    """

    def shown(found: re.Match[str]) -> str:
        return found[0] if found[0] in ours else veiled(found[0])

    text = without_keys(text)
    text = _ADDRESS.sub(shown, text) if "@" in text else text
    return _DIALLED.sub(shown, text) if "+" in text or "00" in text or "tel:" in text else text
