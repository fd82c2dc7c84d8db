"""`[[headers]]` of `netlify.toml`: https://docs.netlify.com/build/configure-builds/file-based-configuration#headers"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any

from connectif_kit.core.messages import say
from connectif_kit.page.host_headers import (
    POLICY,
    Header,
    HostFile,
    Parsed,
    Rule,
    Unread,
    lines_of_policy,
    on_one_line,
)
from connectif_kit.page.host_json import objects
from connectif_kit.page.hosts.underscore_headers import matcher

_KEY = re.compile(rf"^\s*[\"']?{POLICY}[\"']?\s*=", re.IGNORECASE | re.MULTILINE)


def parse(text: str) -> Parsed:
    """The rules of all `[[headers]]`; the file of another shape is not understood."""
    try:
        tables = objects(tomllib.loads(text).get("headers"))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        why = say("the file is no TOML: {error}", error=str(error))
        return Parsed(unread=tuple(Unread(line, why) for line in lines_of_policy(text)[:1]))
    lines = iter([text.count("\n", 0, found.end()) + 1 for found in _KEY.finditer(text)])
    rules = tuple(_rule(table, lines) for table in tables)
    return Parsed(rules, tuple(Unread(line, say("this is in no `[[headers]]`")) for line in lines))


def _rule(table: dict[str, Any], lines: Iterator[int]) -> Rule:
    values = table.get("values")
    found: list[Header] = []
    for name, given in values.items() if isinstance(values, dict) else ():
        if name.lower() == POLICY:
            line = next(lines, 1)
            each = given if isinstance(given, list) else [given]
            found += [Header(POLICY, on_one_line(str(one)), line) for one in each]
    return Rule(matcher(str(table.get("for", "/*"))), tuple(found))


NETLIFY = HostFile("netlify.toml", "_headers", parse)
