"""Which service workers a script registers, and which scripts it brings in: known by their code's shapes.

Beside `navigator.serviceWorker.register` there are workbox-window, under whatever name a bundler gives it,
and OneSignal's `init`, whose worker has a default name.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from connectif_kit.core.patterns import lazily
from connectif_kit.page.html import without_comments
from connectif_kit.vocabulary.platform import WORKER_SCRIPT

_TEXT = r"(?:\"[^\"\n]*\"|'[^'\n]*'|`[^`$]*`)"
_JOINED = rf"{_TEXT}(?:\s*\+\s*{_TEXT})*"
_CONCAT = rf"{_TEXT}\.concat\(\s*{_TEXT}(?:\s*,\s*{_TEXT})*\s*\)"
_CALLED = r"\((?:[^()]|\([^()]{0,80}+\)){0,120}+\)"
_CONDITION = rf"(?:[^;{{}},()?]|\?[.?]|{_CALLED}){{1,120}}+\?\s*"
_CHOICE = rf"\(?{_CONDITION}(?:{_JOINED}\s*:\s*(?:{_CONDITION})?)+{_JOINED}\)?"
_WRITTEN = rf"(?:(?:{_CONCAT}|{_JOINED})(?!\s*[=!<>?])|{_CHOICE})"
_CHOSEN = lazily(rf"[?:]\s*({_JOINED})")
_URL = rf"new\s+URL\(\s*(?P<url>{_TEXT}|{_CHOICE})\s*,\s*(?P<base>[^)]*)\)(?:\.\w+)?"
_FILE = rf"(?:{_URL}|(?P<file>{_WRITTEN})|(?P<name>[A-Za-z_$][\w$]*))"
_OPTIONS = r"(?:\s*,\s*\{(?P<options>[^{}]*)\})?"
_CONTAINER = r"(?:\[[\"'`]|\b)serviceWorker[\"'`]?\]?"
_CALL = r"\s*\??\.?\s*(?:\[[\"'`]register[\"'`]\]|register)\s*\(\s*(?:[\w$.]+\.createScriptURL\(\s*)?"
_REGISTER = lazily(rf"{_CONTAINER}{_CALL}{_FILE}\s*{_OPTIONS}")
_NAVIGATOR = r"(?:[\w$]+\??\.)?navigator\b"
_ALIAS = lazily(
    rf"(?<![\w$])([\w$]++)\s*=\s*{_NAVIGATOR}\??\.serviceWorker\s*(?:[;,)\n}}]|\?\?|\|\||\Z)"
    rf"|\{{([^{{}}]*+)\}}\s*=\s*{_NAVIGATOR}"
)
_RENAMED = lazily(r"\bserviceWorker\s*:\s*([\w$]+)")
_BY_NAME = lazily(rf"(?<![\w$.])(?P<alias>[\w$]++){_CALL}{_FILE}\s*{_OPTIONS}")
_GIVEN = lazily(r"(?<![\w$.])([\w$]++)\s*=(?!=)\s*")
_VALUE = lazily(_WRITTEN)
_WORKBOX = lazily(rf"\bnew\s+(?P<class>[\w$.]+)\(\s*{_FILE}\s*{_OPTIONS}")
_SCOPE = lazily(rf"[\"']?\bscope[\"']?\s*:\s*({_TEXT})")
_ONESIGNAL = lazily(r"\bOneSignal\b[^;]{0,40}?\binit\b[\"'`]?\s*[(,]\s*\{")
_ONESIGNAL_PATH = lazily(rf"[\"']?\bserviceWorkerPath[\"']?\s*:\s*({_TEXT})")
_ONESIGNAL_SCOPE = lazily(
    rf"[\"']?\bserviceWorkerParam[\"']?\s*:\s*\{{[^}}]{{0,400}}?\bscope[\"']?\s*:\s*({_TEXT})"
)
_ONESIGNAL_FILE = "OneSignalSDKWorker.js"
_IMPORT = lazily(
    rf"(?:^|[;}}\s])(?:import\s*\(?\s*|(?:import|export)\b(?:(?!\b(?:im|ex)port\b)[^;\"'`()]){{0,2000}}?\bfrom\s*)({_TEXT})"
)
_IMPORT_SCRIPTS = lazily(r"\bimportScripts\s*\(([^)]*)\)")
_ONE_TEXT = lazily(_TEXT)
_STRING = lazily(r"\"(?:[^\"\\\n]|\\.)*+\"|'(?:[^'\\\n]|\\.)*+'|`(?:[^`\\]|\\.)*+`", re.DOTALL)
_WORTH = ("serviceWorker", "Workbox", "OneSignal")


class Registered(NamedTuple):
    """A worker that a script registers: its file and scope as they are written.

    `by_module` says that the file is written as seen from the script's own address, and not the page's.
    """

    file: str
    scope: str = ""
    by_module: bool = False


def registered(code: str) -> list[Registered]:
    """The service workers that a script registers, as far as its code names their files."""
    if not any(word in code for word in _WORTH):
        return []
    bare = without_comments(code)
    return list(dict.fromkeys([*_direct(bare), *_workbox(bare), *_onesignal(bare)]))


def imported(code: str) -> list[str]:
    """The scripts that a script imports by an address, not by a package's name."""
    if "import" not in code and "export" not in code:
        return []
    found = (_text(each[1]) for each in _IMPORT.finditer(without_comments(code)))
    return [one for one in dict.fromkeys(found) if one.startswith(("/", "./", "../", "http"))]


def imported_by_worker(code: str) -> list[str]:
    """What a worker takes in by `importScripts`."""
    calls = _IMPORT_SCRIPTS.finditer(without_comments(code))
    return [_text(one) for call in calls for one in _ONE_TEXT.findall(call[1])]


def lacking(code: str, wanted: str) -> list[str]:
    """What another worker's code takes in by `importScripts` and this one does not.

    The platform's script may come through a file of the shop's own that is named after it.
    """
    there = imported_by_worker(code)
    through = any("connectif" in address.lower() for address in there)
    missing = [address for address in imported_by_worker(wanted) if address not in there]
    return [address for address in missing if not (through and address == WORKER_SCRIPT)]


def _direct(code: str) -> Iterator[Registered]:
    found = [*_outside_strings(_REGISTER, code)]
    if aliases := {*_aliases(code)}:
        found += [each for each in _outside_strings(_BY_NAME, code) if each["alias"] in aliases]
    yield from _reported(found, code)


def _aliases(code: str) -> Iterator[str]:
    """Names that stand for `navigator.serviceWorker`."""
    for name, inside in _ALIAS.findall(code):
        yield from [name] if name else _RENAMED.findall(inside)


def _workbox(code: str) -> Iterator[Registered]:
    """`new Workbox(file)`; a bundler's name for it is known by the scope beside the file."""
    if "register" not in code:
        return
    yield from _reported([each for each in _outside_strings(_WORKBOX, code) if _is_workbox(each)], code)


def _is_workbox(found: re.Match[str]) -> bool:
    return found["class"].rpartition(".")[2] == "Workbox" or bool(_SCOPE.search(found["options"] or ""))


def _onesignal(code: str) -> Iterator[Registered]:
    if next(_outside_strings(_ONESIGNAL, code), None) is None:
        return
    path, scope = _ONESIGNAL_PATH.search(code), _ONESIGNAL_SCOPE.search(code)
    file = _text(path[1]) if path else _ONESIGNAL_FILE
    rooted = file if "://" in file else "/" + file.lstrip("/")
    yield Registered(rooted, _text(scope[1]) if scope else "")


def _reported(calls: Sequence[re.Match[str]], code: str) -> Iterator[Registered]:
    """What calls register; the names in them are looked up in one pass over the code."""
    texts = _constants({each["name"] for each in calls if each["name"]}, code)
    for found in calls:
        scope = _SCOPE.search(found["options"] or "")
        written = found["url"] or found["file"] or texts.get(found["name"] or "", "")
        by_module = "import.meta.url" in (found["base"] or "")
        for file in _texts(written):
            if file:
                yield Registered(file, _text(scope[1]) if scope else "", by_module)


def _constants(names: set[str], code: str) -> dict[str, str]:
    """The text that a name stands for, where it is given one and no other."""
    given: dict[str, set[str]] = {}
    for found in _GIVEN.finditer(code) if names else ():
        if found[1] in names and (value := _VALUE.match(code, found.end())):
            given.setdefault(found[1], set()).add(value[0])
    return {name: texts.pop() for name, texts in given.items() if len(texts) == 1}


def _texts(written: str) -> list[str]:
    """What is written as a text, or the texts of `condition ? one : other`."""
    if re.fullmatch(_CHOICE, written):
        return [_text(one) for one in _CHOSEN.findall(written)]
    return [_text(written)]


def _text(written: str) -> str:
    """One or several literals as the text that they make."""
    return "".join(one[1:-1] for one in _ONE_TEXT.findall(written)).replace("\\/", "/")


def _outside_strings(shape: re.Pattern[str], code: str) -> Iterator[re.Match[str]]:
    """Where a shape stands as code: a text that only shows such code registers nothing."""
    found = list(shape.finditer(code))
    if not found:
        return
    strings = [each.span() for each in _STRING.finditer(code)]
    for each in found:
        before = bisect_left(strings, (each.start(), 0)) - 1
        if before < 0 or strings[before][1] <= each.start():
            yield each
