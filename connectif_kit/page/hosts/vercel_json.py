"""`headers` of `vercel.json`: https://vercel.com/docs/project-configuration#headers"""

from __future__ import annotations

import re
from collections.abc import Callable

from connectif_kit.core.messages import say
from connectif_kit.page.host_headers import HostFile, Parsed, Request, Rule, Unread, lines_of_policy
from connectif_kit.page.host_json import keyed_policies, no_object, object_of, objects
from connectif_kit.page.path_patterns import compiled


def parse(text: str) -> Parsed:
    """The rules; a condition of `has` and `missing`, an old `routes`, or a pattern that is none is said."""
    if (given := object_of(text)) is None:
        return no_object(text)
    lines = iter(lines_of_policy(text))
    found, unread = [], list[Unread]()
    for each in objects(given.get("headers")):
        headers = tuple(keyed_policies(each, lines))
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


def _matcher(source: str) -> Callable[[Request], bool]:
    pattern = compiled(source)
    return lambda request: pattern.fullmatch(request.path) is not None


VERCEL = HostFile("vercel.json", "vercel", parse)
