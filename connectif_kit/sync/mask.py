"""Personal data made unreadable for logs, errors and terminals."""

from __future__ import annotations

import re

_EMAIL = re.compile(r"([^\s@<>\"'`,;:/=(]{1,64})@([^\s@<>\"'`,;:/=)]{1,255})")
_PHONE = re.compile(r"(?<![\w.-])(?!\d{4}-\d\d-\d\d)\+?\d[\d ()-]{4,18}\d(?![\w-])")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_DIGIT = re.compile(r"\d")


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
    text = plain(text)
    text = _EMAIL.sub(lambda found: email(found[0]), text)
    return _PHONE.sub(lambda found: phone(found[0]) if len(_DIGIT.findall(found[0])) > 6 else found[0], text)


def plain(text: str) -> str:
    """A text without control characters, halves of characters, and marks that turn its direction."""
    return _CONTROL.sub("", text)


def hidden(value: str) -> str:
    """A value of a personal field in a message: its first letter and its length."""
    return f"{value[:1]}… ({len(value)} characters)" if len(value) > 1 else value
