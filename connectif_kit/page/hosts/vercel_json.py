"""`headers` of `vercel.json`: https://vercel.com/docs/project-configuration#headers"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from connectif_kit.core.messages import say
from connectif_kit.page.host_headers import (
    POLICY,
    Header,
    HostFile,
    Parsed,
    Request,
    Rule,
    Unread,
    lines_of_policy,
)
from connectif_kit.page.path_patterns import compiled


def parse(text: str) -> Parsed:
    """The rules; a condition of `has` and `missing`, an old `routes`, or a pattern that is none is said."""
    try:
        given = json.loads(text)
        rules = given.get("headers", [])
    except (ValueError, AttributeError):
        why = say("the file is no JSON object")
        return Parsed(unread=tuple(Unread(line, why) for line in lines_of_policy(text)[:1]))
    lines = iter(lines_of_policy(text))
    found, unread = [], list[Unread]()
    for each in rules if isinstance(rules, list) else ():
        headers = tuple(_policies(each, lines))
        try:
            matches = _matcher(str(each.get("source", "")))
        except (re.error, ValueError):
            unread += [Unread(header.line, say("its `source` is not understood")) for header in headers]
            continue
        if each.get("has") or each.get("missing"):
            why = say("only some visitors get it: it has conditions (`has`, `missing`)")
            unread += [Unread(header.line, why) for header in headers]
        else:
            found.append(Rule(matches, headers))
    unread += [Unread(line, say("this is in no rule of `headers`")) for line in lines]
    return Parsed(tuple(found), tuple(unread))


def _policies(rule: Any, lines: Iterator[int]) -> Iterator[Header]:
    """The policies of a rule; a later rule of the same header replaces an earlier one."""
    for header in rule.get("headers", ()) if isinstance(rule, dict) else ():
        if str(header.get("key", "")).lower() == POLICY:
            yield Header(POLICY, str(header.get("value", "")), next(lines, 1), "set")


def _matcher(source: str) -> Callable[[Request], bool]:
    pattern = compiled(source)
    return lambda request: pattern.fullmatch(request.path) is not None


VERCEL = HostFile("vercel.json", "vercel", parse)
