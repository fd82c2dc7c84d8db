"""Rejected rows, given back in the input's own form with the reason, ready to correct and send again."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import replace
from io import TextIOWrapper
from pathlib import Path
from typing import Any, TextIO

from connectif_kit.catalog.causes import FindingGroups
from connectif_kit.core.diagnostics import Diagnostic, Place, Severity
from connectif_kit.core.files import replacing
from connectif_kit.core.messages import Message, packed, unpacked
from connectif_kit.sync.items import REASON
from connectif_kit.sync.ledger import Ledger
from connectif_kit.sync.source import Source

RULE = "rejected-row"


def kept(error: str) -> str:
    """A reason as the ledger keeps it: with what it was made of, so that it can be said in any language."""
    if not isinstance(error, Message):
        return _whole(error)
    return json.dumps(packed(error.changed(_whole)), ensure_ascii=False)


def _whole(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode()


def said(error: str) -> str:
    """A reason from the ledger; what the platform said is text as it is."""
    if not error.startswith('["'):
        return error
    try:
        return unpacked(json.loads(error))
    except (ValueError, TypeError, LookupError):
        return error


def recall(ledger: Ledger, source: Source) -> None:
    """Rows that the API refused, in the source's own words again, where the source still has them."""
    wanted = {row[0] for row in ledger.db.execute("SELECT seq FROM rejected WHERE whole = 0")}
    if not wanted:
        return
    with ledger.transaction():
        for seq, row in source.numbered():
            if seq in wanted:
                values = (row.place.line, json.dumps(row.origin or row.data, default=str), seq)
                ledger.db.execute("UPDATE rejected SET line = ?, data = ?, whole = 1 WHERE seq = ?", values)


def complaints(ledger: Ledger, most: int, name: str) -> list[Diagnostic]:
    """The first rejected rows, at their lines in the source (0 where the source has changed since)."""
    found = ledger.db.execute("SELECT line, error FROM rejected ORDER BY seq LIMIT ?", (most,))
    return [Diagnostic(RULE, Severity.ERROR, said(error), Place(name, line)) for line, error in found]


def causes(ledger: Ledger, name: str, *, verbose: bool = False) -> list[Diagnostic]:
    """The rejected rows, one complaint for each cause, at the first row that has it; all when `verbose`."""
    if verbose:
        return [
            replace(each, place=Place(name, max(each.place.line, 1)))
            for each in complaints(ledger, count(ledger), name)
        ]
    found = FindingGroups()
    for line, error in ledger.db.execute("SELECT line, error FROM rejected ORDER BY seq"):
        found.add(Diagnostic(RULE, Severity.ERROR, said(error), Place(name, max(line, 1))))
    return found.reported()


def count(ledger: Ledger) -> int:
    """How many rows are rejected."""
    return int(ledger.db.execute("SELECT count(*) FROM rejected").fetchone()[0])


def write(ledger: Ledger, path: Path, *, table: bool) -> None:
    """All rejected rows into a file that only its owner may read, whole or not at all.

    Raises OSError as the system does.
    """
    with replacing(path, private=True) as stream:
        file = TextIOWrapper(stream, encoding="utf-8", errors="backslashreplace", newline="")
        (_csv if table else _json_lines)(ledger, file)
        file.flush()
        os.fsync(stream.fileno())
        file.detach()


def _rows(ledger: Ledger) -> Iterator[dict[str, Any]]:
    for line, data, error in ledger.db.execute("SELECT line, data, error FROM rejected ORDER BY seq"):
        row = json.loads(data)
        row.pop(REASON, None)
        yield {**row, REASON: str(said(error)) if row else f"line {line}: {said(error)}"}


def _json_lines(ledger: Ledger, file: TextIO) -> None:
    for row in _rows(ledger):
        file.write(json.dumps(row, ensure_ascii=False) + "\n")


def _csv(ledger: Ledger, file: TextIO) -> None:
    names = dict.fromkeys(
        name for row in _rows(ledger) for line in _lines(row) for name in line if name != REASON
    )
    writer = csv.DictWriter(file, [*names, REASON], lineterminator="\n")
    writer.writeheader()
    for row in _rows(ledger):
        writer.writerows(_lines(row))


def _lines(row: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A row of a table; an order that was put together is its lines again."""
    lines = row.get("products")
    if isinstance(lines, list) and all(isinstance(line, dict) for line in lines):
        return [{**line, REASON: row[REASON]} for line in lines]
    return [dict(row)]
