"""`hosting.headers` of `firebase.json`: https://firebase.google.com/docs/hosting/full-config#headers"""

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
from connectif_kit.page.path_patterns import glob

_COMMENT = re.compile(r'("(?:[^"\\\n]|\\.)*")|//[^\n]*|/\*.*?\*/', re.DOTALL)


def parse(text: str) -> Parsed:
    """The rules of the site; of several, all: which one is published, only the deployment says."""
    code = _COMMENT.sub(lambda found: found[1] or re.sub(r"[^\n]", " ", found[0]), text)
    try:
        hosting = json.loads(code).get("hosting", {})
    except (ValueError, AttributeError):
        why = say("the file is no JSON object")
        return Parsed(unread=tuple(Unread(line, why) for line in lines_of_policy(text)[:1]))
    lines = iter(lines_of_policy(code))
    rules, unread = [], list[Unread]()
    for site in hosting if isinstance(hosting, list) else [hosting]:
        for each in site.get("headers", ()) if isinstance(site, dict) else ():
            headers = tuple(_policies(each, lines))
            try:
                rules.append(Rule(_matcher(each), headers))
            except (re.error, ValueError):
                unread += [Unread(header.line, say("its `source` is not understood")) for header in headers]
    return Parsed(tuple(rules), tuple(unread))


def _policies(rule: Any, lines: Iterator[int]) -> Iterator[Header]:
    """The policies of a rule; of several rules, the last one counts."""
    for header in rule.get("headers", ()) if isinstance(rule, dict) else ():
        if str(header.get("key", "")).lower() == POLICY:
            yield Header(POLICY, str(header.get("value", "")), next(lines, 1), "set")


def _matcher(rule: dict[str, Any]) -> Callable[[Request], bool]:
    """By a glob, which begins at the root wherever it is written, or by a regular expression."""
    if "regex" in rule:
        expression = re.compile(str(rule["regex"]))
        return lambda request: expression.search(request.path) is not None
    pattern = glob("/" + str(rule.get("source", rule.get("glob", ""))).lstrip("/"))
    return lambda request: pattern.fullmatch(request.path) is not None


FIREBASE = HostFile("firebase.json", "firebase", parse)
