"""Apache's `.htaccess`: https://httpd.apache.org/docs/2.4/mod/mod_headers.html#header"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from fnmatch import translate

from connectif_kit.core.messages import say
from connectif_kit.page.host_headers import (
    POLICY,
    Header,
    HostFile,
    How,
    Parsed,
    Request,
    Rule,
    Unread,
    names_policy,
    on_one_line,
)

_WORD = re.compile(r'"((?:[^"\\]|\\.)*)"|\'((?:[^\'\\]|\\.)*)\'|(\S+)')
_OPENS = re.compile(r"<(\w+)\s*(.*?)>?\s*$")
_HOW: dict[str, How] = {
    "set": "set",
    "setifempty": "add",
    "add": "add",
    "append": "add",
    "merge": "add",
    "unset": "unset",
}
Test = Callable[[Request], bool]


class _UnclearError(ValueError):
    """A condition that cannot be answered here."""


def parse(text: str) -> Parsed:
    """The headers of the whole folder and of files by name; other conditions are not understood."""
    rules, unread = [], list[Unread]()
    inside: list[tuple[str, str]] = []
    for number, line in _lines(text):
        if line.startswith("</"):
            inside = inside[:-1]
        elif opened := _OPENS.match(line):
            inside.append((opened[1].lower(), opened[2].strip()))
        elif line.lower().startswith("header ") and names_policy(line):
            try:
                tests = [_test(*each) for each in inside]
                rules.append(Rule(_all(tests), (_header(line, number),)))
            except (_UnclearError, re.error):
                unread.append(Unread(number, say("it depends on a condition that is not understood")))
    return Parsed(tuple(rules), tuple(unread))


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """The directives with the number of their first line; a `\\` at its end goes on in the next."""
    held, begun = "", 0
    for number, line in enumerate(text.splitlines(), 1):
        begun = begun or number
        if line.endswith("\\"):
            held += line[:-1]
            continue
        whole = (held + line).strip()
        if whole and not whole.startswith("#"):
            yield begun, whole
        held, begun = "", 0


def _test(kind: str, given: str) -> Test:
    """Who is inside of a section. Raises _UnclearError for sections that depend on more than the file."""
    if kind == "ifmodule":
        return lambda _: not given.startswith("!")
    if kind == "filesmatch" or (kind == "files" and given.startswith("~")):
        expression = re.compile(_words(given.lstrip("~ "))[0])
        return lambda request: expression.search(request.file) is not None
    if kind == "files":
        named = re.compile(translate(_words(given)[0]))
        return lambda request: named.fullmatch(request.file) is not None
    raise _UnclearError(kind)


def _header(line: str, number: int) -> Header:
    """`Header [always] set NAME VALUE`. Raises _UnclearError for `edit` and its like, and for conditions."""
    words = _words(line)[1:]
    table = words.pop(0).lower() if words[0].lower() in ("always", "onsuccess") else "onsuccess"
    how = _HOW.get(words[0].lower())
    value = on_one_line(words[2]) if len(words) > 2 else ""
    if how is None or len(words) > 3 or (how != "unset" and not value):
        raise _UnclearError(line)
    return Header(POLICY, value, number, how, table)


def _words(line: str) -> list[str]:
    return [
        re.sub(r"\\(.)", r"\1", found[1] or found[2] or "") or found[3] or ""
        for found in _WORD.finditer(line)
    ]


def _all(tests: list[Test]) -> Test:
    return lambda request: all(test(request) for test in tests)


APACHE = HostFile(".htaccess", "apache", parse, published=True)
