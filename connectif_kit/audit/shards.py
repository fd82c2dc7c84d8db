"""`audit --merge`: the JSON reports of shards become one, and the rules across pages have their say."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from connectif_kit.audit import codec
from connectif_kit.audit import session as one
from connectif_kit.audit.inputs import Inputs
from connectif_kit.audit.options import Options
from connectif_kit.audit.page_run import PageResult
from connectif_kit.audit.run_cache import InputTracker
from connectif_kit.audit.site_context import informing, site
from connectif_kit.core import diagnostic_json
from connectif_kit.core.console import Console
from connectif_kit.core.diagnostics import Diagnostic, KitError, Misuse, Place
from connectif_kit.core.files import reason
from connectif_kit.core.objects import is_remote


def merge(options: Options, console: Console) -> one.Done:
    """Join reports. Raises KitError for a file that is not a report of a shard, Misuse for a strange set."""
    if not options.paths:
        raise Misuse("name the JSON reports to merge")
    loaded, folder = one.plan(options.config, console)
    rules, notes = one.chosen(options, loaded)
    gathered = one.gather(options)
    shards = [_shard(path) for path in options.paths]
    given = Inputs(replace(options, paths=_remote(shards)), loaded, folder, console.say)
    gathered.informed = informing(given, InputTracker())
    complete = _complete(shards, console)
    gathered.looked = one.looked(given, rules, complete=complete)
    pages = [
        (number * shard["count"] + shard["index"], result)
        for path, shard in zip(options.paths, shards, strict=True)
        for number, result in enumerate(_pages(path, shard))
    ]
    for _, result in sorted(pages, key=lambda each: each[0]):  # as one run would have met them
        gathered.page(result)
    found = (each for path, shard in zip(options.paths, shards, strict=True) for each in _unread(path, shard))
    gathered.unreadable(dict.fromkeys(found))  # every shard has gone through the whole site
    one.judge(site(given, gathered.seen, InputTracker(), complete=complete), rules, gathered)
    one.judge_plan(notes, gathered)
    one.tell_baseline(gathered, rules, console, complete=complete)
    return gathered.outcome()


def _shard(path: str) -> dict[str, Any]:
    try:
        shard = json.loads(Path(path).read_text(encoding="utf-8"))["shard"]
        if not (isinstance(shard["index"], int) and isinstance(shard["count"], int)):
            raise _no_shard(path)
    except OSError as error:
        raise reason(error, path) from None
    except (ValueError, TypeError, LookupError):
        raise _no_shard(path) from None
    return dict(shard)


def _remote(shards: list[dict[str, Any]]) -> tuple[str, ...]:
    """The folder in object storage that they looked at; a site on disk is where the plan says."""
    named = shards[0].get("paths") if shards else None
    return tuple(path for path in named if is_remote(path)) if isinstance(named, list) else ()


def _no_shard(path: str) -> Exception:
    hint = "write it with `audit --shard I/N --format json=FILE`"
    return KitError.at(Place(path), "bad-shard", "the file is not a report of a shard", hint)


def _complete(shards: list[dict[str, Any]], console: Console) -> bool:
    """Whether every part is there. Raises Misuse where the parts are not of one whole."""
    counts = {shard["count"] for shard in shards}
    indexes = sorted(shard["index"] for shard in shards)
    if len(counts) != 1 or len(set(indexes)) != len(indexes):
        raise Misuse("the reports are not parts of one run: each I/N must be there once")
    missing = sorted(set(range(1, counts.pop() + 1)) - set(indexes))
    if missing:
        console.say(f"shards that are missing: {', '.join(map(str, missing))}")
    return not missing


def _unread(path: str, shard: dict[str, Any]) -> list[Diagnostic]:
    try:
        return [diagnostic_json.diagnostic(each, "") for each in shard.get("unread", ())]
    except (ValueError, TypeError, LookupError):
        raise _no_shard(path) from None


def _pages(path: str, shard: dict[str, Any]) -> Iterator[PageResult]:
    try:
        for name, url_path, text in shard["pages"]:
            yield codec.load(text, name, url_path)
    except (ValueError, TypeError, LookupError):
        raise _no_shard(path) from None
