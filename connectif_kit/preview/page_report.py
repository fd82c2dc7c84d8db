"""What the inspector shows of the page in view: its live tags judged, the audit of its HTML."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from connectif_kit.audit.page_run import PageInput
from connectif_kit.core.diagnostics import KitError
from connectif_kit.core.messages import say
from connectif_kit.page.html import decode
from connectif_kit.page.marks import blocks
from connectif_kit.preview.around import Around, around
from connectif_kit.preview.disk import judged
from connectif_kit.preview.journal import MalformedError, parsed
from connectif_kit.preview.paths import RefusedError, resolve
from connectif_kit.preview.plan_map import example_path
from connectif_kit.preview.validation import expected_events, expected_tags, tag_verdicts
from connectif_kit.vocabulary import TAGS, article

if TYPE_CHECKING:
    from connectif_kit.preview.state import Preview

MAX_TAGS = 300
MAX_VALUES = 2_000


class MalformedPageError(ValueError):
    """A request that is not what the inspector sends."""


def page_report(preview: Preview, data: bytes) -> dict[str, Any]:
    """Judge a live page: `{path, load, late, tags: [{name, values: [[property, text], …]}]}`."""
    try:
        given = parsed(data)
    except MalformedError as error:
        raise MalformedPageError("no JSON") from error
    if not isinstance(given, Mapping) or not isinstance(given.get("tags"), list):
        raise MalformedPageError(say("no `tags`"))
    path = str(given.get("path") or "/")[:2000]
    tags = [_tag(tag) for tag in given["tags"][:MAX_TAGS]]
    plan = preview.loaded.plan
    name = plan.page_of(path)
    there = {tag["name"] for tag in tags}
    found, block, files = audited(preview, unquote(path))
    return {
        "path": path,
        "load": str(given.get("load", ""))[:40],
        "late": given.get("late") is True,
        "name": name,
        "kind": plan.kind_of(name) if name else None,
        "plan": str(preview.loaded.place("pages", name)) if name else "",
        "tags": tags,
        "valid": _valid(tags),
        "absent": [tag for tag in expected_tags(plan, name) if tag not in there],
        "expected": [] if plan.ignored(unquote(path)) else expected_events(plan, name),
        "findings": found,
        "block": block,
        "files": files,
        "example": example_path(preview.loaded, name) if name else "",
    }


def _valid(tags: list[dict[str, Any]]) -> dict[str, bool]:
    found: dict[str, bool] = {}
    for tag in tags:
        found[tag["name"]] = found.get(tag["name"], True) and tag["valid"]
    return found


def _tag(given: Any) -> dict[str, Any]:
    if not isinstance(given, Mapping) or not isinstance(given.get("values"), list):
        raise MalformedPageError("a tag is not an object with `values`")
    pairs = [v for v in given["values"][:MAX_VALUES] if isinstance(v, list) and len(v) == 2]
    values = [(str(name)[:200], str(text)[:20_000]) for name, text in pairs]
    name = str(given.get("name"))[:100]
    verdicts = tag_verdicts(name, values)
    known = TAGS.get(name)
    return {
        "name": name,
        "doc": say(known.doc) if known else "",
        "article": article(known.article) if known else "",
        "values": [verdict.json() for verdict in verdicts],
        "valid": not any(verdict.expected for verdict in verdicts),
    }


def findings(preview: Preview, path: str) -> list[dict[str, Any]]:
    """The audit of the page's file."""
    return audited(preview, path)[0]


def audited(
    preview: Preview, path: str
) -> tuple[list[dict[str, Any]], dict[str, Any] | None, list[dict[str, Any]]]:
    """The audit of the page's file, how its blocks differ from what `inject` would write, and so the files
    that it loads.

    Nothing for a proxied page.
    """
    file = _file(preview, path)
    if file is None:
        return [], None, []
    wardrobe = preview.wardrobe
    try:
        source = decode(_named(file), file.read_bytes())
        done = judged(source, path, wardrobe.plain, wardrobe.product)
    except (KitError, OSError):
        return [], None, []
    given = PageInput(source.path, source.encode(done.text), path)
    ignored = preview.loaded.plan.ignored(path)
    there, stale = source.text == done.text, done.state == "stale"
    found = Around(()) if ignored else around(preview, given, injected=there, stale=stale)
    shown = [preview.shown(one) for one in dict.fromkeys((*done.notes, *found.findings))]
    at_own = [
        _at_own_line(one, source.text, done.text) if one["path"] == source.path else one for one in shown
    ]
    return at_own, done.json(), list(found.files)


def _at_own_line(shown: dict[str, Any], source: str, done: str) -> dict[str, Any]:
    """A finding's line in the file as it lies on disk, for the editor: without the lines we added."""
    line = shown["line"]
    for block in blocks(done)[0] if source != done else ():
        begins = done.count("\n", 0, block.start) + 1
        line -= min(done.count("\n", block.start, block.end), max(0, shown["line"] - begins))
    return {**shown, "line": line, "place": f"{shown['path']}:{line}:{shown['column']}"}


def _named(file: Path) -> str:
    """A file as a message names it: from here, where it lies below here."""
    here = Path.cwd()
    return str(file.relative_to(here)) if file.is_relative_to(here) else str(file)


def _file(preview: Preview, path: str) -> Path | None:
    if preview.root is None:
        return None
    try:
        found = resolve(preview.root, path.removeprefix(preview.prefix) or "/")
    except RefusedError:
        return None
    return found.path if found else None
