"""Azure's `staticwebapp.config.json`: https://learn.microsoft.com/azure/static-web-apps/configuration"""

from __future__ import annotations

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
from connectif_kit.page.host_json import no_object, object_of, objects
from connectif_kit.page.path_patterns import glob


def parse(text: str) -> Parsed:
    """What every answer has, and what the first route that matches puts in its place."""
    if (given := object_of(text)) is None:
        return no_object(text)
    anywhere, routes = given.get("globalHeaders", {}), objects(given.get("routes"))
    places = [("globalHeaders", anywhere), *(("routes", each.get("headers", {})) for each in routes)]
    order = sorted(places, key=lambda each: text.find(f'"{each[0]}"'))
    lines = iter(lines_of_policy(text))
    found = {id(headers): tuple(_policies(headers, lines)) for _, headers in order}
    rules = [Rule(lambda _: True, found[id(anywhere)])]
    reached: list[Callable[[Request], bool]] = []
    for each in routes:
        if isinstance(methods := each.get("methods"), list) and "GET" not in (
            str(m).upper() for m in methods
        ):
            continue
        matches = _route(str(each.get("route", "")))
        headers = found[id(each.get("headers"))] if each.get("headers") else ()
        rules.append(Rule(_first(matches, tuple(reached)), headers))
        reached.append(matches)
    return Parsed(tuple(rules), tuple(Unread(line, say("this is in no rule of `headers`")) for line in lines))


def _policies(headers: Any, lines: Iterator[int]) -> Iterator[Header]:
    for name, value in headers.items() if isinstance(headers, dict) else ():
        if name.lower() == POLICY:
            how = "set" if value else "unset"
            yield Header(POLICY, str(value), next(lines, 1), how)  # type: ignore[arg-type]  # one of the two


def _route(route: str) -> Callable[[Request], bool]:
    """`/p/mug`, `/p/*`, `/admin*` and `/*.{html,htm}`; a `*` takes all that follows."""
    try:
        pattern = re.compile(
            glob(route.replace("*", "\0")).pattern.replace("\0", ".*").replace("\\\x00", ".*")
        )
    except (re.error, ValueError):
        pattern = re.compile(re.escape(route))
    return lambda request: pattern.fullmatch(request.path) is not None


def _first(
    matches: Callable[[Request], bool], before: tuple[Callable[[Request], bool], ...]
) -> Callable[[Request], bool]:
    """A route that counts only where none before it does."""
    return lambda request: matches(request) and not any(each(request) for each in before)


AZURE = HostFile("staticwebapp.config.json", "azure", parse)
