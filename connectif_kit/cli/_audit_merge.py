"""`audit --merge`: the JSON reports of shards become one, and the rules across pages have their say."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from connectif_kit.cli import _audit_run as one
from connectif_kit.cli import audit as cli

if TYPE_CHECKING:
    from connectif_kit.audit.engine import PageResult
    from connectif_kit.diagnostics import Diagnostic


def merge(options: cli.Options) -> int:
    """Join reports; the exit status. Raises KitError for a file that is no report of a shard."""
    from connectif_kit.audit.engine import chosen
    from connectif_kit.audit.memory import Witness

    rules = chosen(cli.names(options.select), cli.names(options.ignore))
    loaded, folder = cli.plan(options.config)
    gathered = one.gather(options)
    given = replace(cli.inputs(options, loaded, folder), paths=())
    gathered.informed = one.informing(given, Witness())
    shards = [_shard(path) for path in options.paths]
    complete = _complete(shards)
    pages = [
        (number * shard["count"] + shard["index"], result)
        for path, shard in zip(options.paths, shards, strict=True)
        for number, result in enumerate(_pages(path, shard))
    ]
    for _, result in sorted(pages, key=lambda each: each[0]):  # as one run would have met them
        gathered.page(result)
    found = (each for path, shard in zip(options.paths, shards, strict=True) for each in _unread(path, shard))
    gathered.unreadable(dict.fromkeys(found))  # every shard has gone through the whole site
    one.judge(one.site(given, gathered.seen, Witness(), complete=complete), rules, gathered)
    one.tell_baseline(options, gathered, rules, complete=complete)
    cli.tell(cli.reports(gathered.report(), options.formats), options.formats)
    return 0 if options.update_baseline and not gathered.failed else gathered.status


def _shard(path: str) -> dict[str, Any]:
    from connectif_kit.files import reason

    try:
        shard = json.loads(Path(path).read_text(encoding="utf-8"))["shard"]
        if not (isinstance(shard["index"], int) and isinstance(shard["count"], int)):
            raise _no_shard(path)
    except OSError as error:
        raise reason(error, path) from None
    except (ValueError, TypeError, LookupError):
        raise _no_shard(path) from None
    return dict(shard)


def _no_shard(path: str) -> Exception:
    from connectif_kit.diagnostics import KitError, Place

    hint = "write it with `audit --shard I/N --format json=FILE`"
    return KitError.at(Place(path), "bad-shard", "the file is no report of a shard", hint)


def _complete(shards: list[dict[str, Any]]) -> bool:
    """Whether every part is there. Raises UsageError where the parts are not of one whole."""
    counts = {shard["count"] for shard in shards}
    indexes = sorted(shard["index"] for shard in shards)
    if len(counts) != 1 or len(set(indexes)) != len(indexes):
        raise click.UsageError("the reports are not parts of one run: each I/N must be there once")
    missing = sorted(set(range(1, counts.pop() + 1)) - set(indexes))
    if missing:
        click.echo(f"shards that are missing: {', '.join(map(str, missing))}", err=True)
    return not missing


def _unread(path: str, shard: dict[str, Any]) -> list[Diagnostic]:
    from connectif_kit.audit import codec

    try:
        return [codec.diagnostic(each, "") for each in shard.get("unread", ())]
    except (ValueError, TypeError, LookupError):
        raise _no_shard(path) from None


def _pages(path: str, shard: dict[str, Any]) -> Iterator[PageResult]:
    from connectif_kit.audit import codec

    try:
        for name, url_path, text in shard["pages"]:
            yield codec.load(text, name, url_path)
    except (ValueError, TypeError, LookupError):
        raise _no_shard(path) from None
