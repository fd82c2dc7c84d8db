"""`hosting.headers` of `firebase.json`: https://firebase.google.com/docs/hosting/full-config#headers"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from connectif_kit.core.messages import say
from connectif_kit.page.host_headers import HostFile, Parsed, Request, Rule, Unread, lines_of_policy
from connectif_kit.page.host_json import keyed_policies, no_object, object_of, objects
from connectif_kit.page.path_patterns import glob

_COMMENT = re.compile(r'("(?:[^"\\\n]|\\.)*")|//[^\n]*|/\*.*?\*/', re.DOTALL)


def parse(text: str) -> Parsed:
    """The rules of the site; of several, all: which one is published, only the deployment says."""
    code = _COMMENT.sub(lambda found: found[1] or re.sub(r"[^\n]", " ", found[0]), text)
    if (given := object_of(code)) is None:
        return no_object(text)
    hosting = given.get("hosting")
    lines = iter(lines_of_policy(code))
    rules, unread = [], list[Unread]()
    for site in objects(hosting if isinstance(hosting, list) else [hosting]):
        for each in objects(site.get("headers")):
            headers = tuple(keyed_policies(each, lines))
            try:
                rules.append(Rule(_matcher(each), headers))
            except (re.error, ValueError):
                unread += [Unread(header.line, say("its `source` is not understood")) for header in headers]
    return Parsed(tuple(rules), tuple(unread))


def _matcher(rule: dict[str, Any]) -> Callable[[Request], bool]:
    """By a glob, which begins at the root wherever it is written, or by a regular expression."""
    if "regex" in rule:
        expression = re.compile(str(rule["regex"]))
        return lambda request: expression.search(request.path) is not None
    pattern = glob("/" + str(rule.get("source", rule.get("glob", ""))).lstrip("/"))
    return lambda request: pattern.fullmatch(request.path) is not None


FIREBASE = HostFile("firebase.json", "firebase", parse)
