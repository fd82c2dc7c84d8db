"""Which scripts bring the client or the dispatcher: the one recogniser of them.

A loader is known by its id, by the client's address in its `src`, or by that address in its code, in
one piece or joined from several.
"""

from __future__ import annotations

import re

from connectif_kit.core.messages import say
from connectif_kit.core.patterns import lazily
from connectif_kit.core.records import dataclass
from connectif_kit.page.html import Node, hindrance, without_comments
from connectif_kit.vocabulary.platform import (
    CDN_HOST,
    CLIENT_FOLDER,
    CLIENT_ID,
    DISPATCHER,
    LEGACY_NAME,
    LOADER_ID,
)

_KEY = r"[0-9A-Za-z-]+"
_HOST = rf"{re.escape(CDN_HOST)}(?::443)?/"
_GUARD = lazily(rf"{CLIENT_ID}({_KEY})")
_WHOLE = lazily(rf"{_HOST}({_KEY}){CLIENT_FOLDER}({_KEY})", re.IGNORECASE)
# As our own loader joins it: `".../" + "eu5" + "/client-script/" + key`.
_JOINED = lazily(rf"{_HOST}([^;\n<>]{{0,120}}?){CLIENT_FOLDER}([^;\n<>\"'`]{{0,80}})", re.IGNORECASE)
_QUOTED = lazily(rf"[\"'`]\s*\+\s*[\"'`]({_KEY})[\"'`]\s*\+\s*[\"'`]")
# Or reads it from the data that it is given: `"…/" + plan.environment + "/client-script/" + plan.key`.
_READ = lazily(r"[\"'`]\s*\+\s*[\w$.]*\benvironment\s*\+\s*[\"'`]")
_GIVEN = lazily(rf'"environment"\s*:\s*"({_KEY})"')
_SOURCE = lazily(rf"\s*(?:https?:)?//{_HOST}(.*?){CLIENT_FOLDER}", re.IGNORECASE | re.DOTALL)
_UNFILLED = lazily(r"\{\{|\{%|<%|\[\[|\{#")
_DISPATCHER = lazily(rf"(?:^|/){DISPATCHER}[\w.-]*\.js\s*(?:[?#]|$)")


@dataclass(frozen=True, slots=True)
class Loader:
    """A script that brings the client: every store id and environment that it names."""

    node: Node
    keys: tuple[str, ...]
    environments: tuple[str, ...]
    form: str
    """`inline` (the present form), `legacy`, or `direct` (a script element with the client's address)."""
    hindrance: str = ""
    """Why it brings nothing; empty where it does."""
    unfilled: str = ""
    """The placeholder that stands where a store's id or environment should, were it filled in."""


def may_load(text: str) -> bool:
    """Whether a page's source has anything that a loader could be known by; `False` is certain."""
    return "onnectif" in text or LOADER_ID in text or CDN_HOST in text.lower()


def loader_at(script: Node) -> Loader | None:
    """The loader that a script element is, whether it runs or not."""
    identity = script.attributes.get("id", "")
    source = script.attributes.get("src")
    named = identity.startswith(LOADER_ID)
    if source is not None and (found := _direct(script, source)):
        return found
    if source is not None and not named:
        return None
    code = script.text
    if not named and (CDN_HOST not in code.lower() or not _names_client(code)):
        return None
    return _inline(script, identity[len(LOADER_ID) :] if named else "", code, named=named)


def _direct(script: Node, source: str) -> Loader | None:
    if not _SOURCE.match(source):
        return None
    whole = _WHOLE.search(source)
    if whole:
        return Loader(script, (whole[2],), (whole[1],), "direct", hindrance(script))
    unfilled = source.strip()[:80]
    return Loader(script, (), (), "direct", _unfilled_because(unfilled), unfilled)


def _names_client(code: str) -> bool:
    """Whether code loads the client and does not only speak of it."""
    return _JOINED.search(code) is not None and _JOINED.search(without_comments(code)) is not None


def _inline(script: Node, key: str, code: str, *, named: bool) -> Loader:
    whole = _WHOLE.search(code)
    joined = None if whole else _JOINED.search(code)
    keys = [key] if re.fullmatch(_KEY, key) else []
    keys += _GUARD.findall(code) + ([whole[2]] if whole else [])
    environments = (whole[1],) if whole else _joined_environments(joined[1], code) if joined else ()
    form = "legacy" if LEGACY_NAME in code else "inline"
    unfilled = "" if whole else _placeholder(key, joined, named=named)
    why = hindrance(script) or (_unfilled_because(unfilled) if unfilled else "")
    return Loader(script, tuple(dict.fromkeys(keys)), environments, form, why, unfilled)


def _joined_environments(between: str, code: str) -> tuple[str, ...]:
    """The environments in an address that is put together: `between` its host and the client's folder."""
    if _READ.search(between):
        return tuple(_GIVEN.findall(code))
    return tuple(_QUOTED.findall(between))


def _placeholder(key: str, joined: re.Match[str] | None, *, named: bool) -> str:
    """What a template should have filled in: in the loader's id, or in the client's address."""
    if named and not re.fullmatch(_KEY, key):
        return key.strip()[:80] or LOADER_ID
    parts = [joined[1], joined[2]] if joined else []
    return next((part.strip()[:80] for part in parts if _UNFILLED.search(part)), "")


def _unfilled_because(placeholder: str) -> str:
    return say("`{placeholder}` is a placeholder that no template has filled in", placeholder=placeholder)


def is_dispatcher(script: Node) -> bool:
    """Whether a script element asks for the event dispatcher."""
    source = script.attributes.get("src")
    return source is not None and _DISPATCHER.search(source) is not None
