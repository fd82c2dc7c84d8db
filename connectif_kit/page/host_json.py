"""Hosts' configuration in JSON, of whatever shape: its rules are objects, and policies have their lines."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from connectif_kit.core.messages import say
from connectif_kit.page.host_headers import POLICY, Header, Parsed, Unread, lines_of_policy


def object_of(code: str) -> dict[str, Any] | None:
    """The object that a text of JSON is; None where it is anything else."""
    try:
        found = json.loads(code)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def no_object(text: str) -> Parsed:
    """What is said of a file that is no JSON object: where it names a policy first."""
    why = say("the file is no JSON object")
    return Parsed(unread=tuple(Unread(line, why) for line in lines_of_policy(text)[:1]))


def objects(value: Any) -> list[dict[str, Any]]:
    """The objects of a list; none where it is no list."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def keyed_policies(rule: dict[str, Any], lines: Iterator[int]) -> Iterator[Header]:
    """The policies in a rule's `headers: [{key, value}]`; each replaces that of an earlier rule."""
    for header in objects(rule.get("headers")):
        if str(header.get("key", "")).lower() == POLICY:
            yield Header(POLICY, str(header.get("value", "")), next(lines, 1), "set")
