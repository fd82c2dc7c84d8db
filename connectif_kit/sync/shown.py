"""What `sync` says: the plan, the result, past runs; for people and for programs."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from connectif_kit.core.console import Console
from connectif_kit.core.mask import plain
from connectif_kit.sync.ledger import Ledger
from connectif_kit.sync.prepare import Plan
from connectif_kit.sync.session import Result


def show_plan(plan: Plan, console: Console, *, diff: bool) -> None:
    """Rows, ways, calls and minutes; with `diff`, the first rows that are new or changed."""
    counts = plan.counts
    said = [f"{counts[name]:,} {name}" for name in _ORDER if counts[name]]
    console.say(f"{plan.subject}: {counts['rows']:,} rows: {', '.join(said) or 'nothing to do'}")
    ways = [f"{plan.files:,} import file(s), {plan.size / 1e6:,.1f} MB" if plan.files else ""]
    ways += [f"{plan.single:,} single call(s)" if plan.single else ""]
    if plan.rows:
        minutes = f"{plan.minutes:,.1f} min at {plan.per_minute} calls a minute"
        console.say(f"  {' and '.join(filter(None, ways))}: about {plan.calls:,} calls, {minutes}")
    for note in plan.notes:
        console.say(plain(f"  note: {note}"))
    if diff:
        for line in plan.changes:
            console.show(f"{plain(line)}\n")


_ORDER = ("new", "changed", "unchanged", "repeated", "rejected", "later", "gone")


def show_result(result: Result, console: Console) -> None:
    """How a run ended."""
    counts = result.counts
    already = f" ({counts['already']:,} were there already)" if counts.get("already") else ""
    said = [f"{counts['sent']:,} rows sent{already}"]
    said += [f"{result.rejected:,} rejected: correct {result.file.name} and send it"] if result.file else []
    said += [f"{counts['failed']:,} not sent"] if counts["failed"] else []
    console.say("; ".join(said))


def plan_json(plan: Plan) -> dict[str, Any]:
    """The plan for programs."""
    return {
        "subject": plan.subject,
        "rows": dict(plan.counts),
        "toSend": plan.rows,
        "files": plan.files,
        "bytes": plan.size,
        "singleCalls": plan.single,
        "calls": plan.calls,
        "minutes": round(plan.minutes, 2),
        "changes": plan.changes,
        "notes": plan.notes,
    }


def result_json(result: Result) -> dict[str, Any]:
    """The result for programs."""
    return {
        "rows": result.counts,
        "rejected": [
            {"path": d.place.path, "line": d.place.line, "error": d.message} for d in result.complaints
        ],
        "rejectedFile": str(result.file) if result.file else None,
        "troubles": [{"message": message, "hint": hint} for message, hint in result.troubles],
    }


def print_json(value: object, console: Console) -> None:
    """One JSON document."""
    console.show(json.dumps(value, indent=2, ensure_ascii=False) + "\n")


def show_history(ledger: Ledger, console: Console, *, as_json: bool) -> None:
    """Past runs, newest first."""
    runs = ledger.runs()
    if as_json:
        print_json(
            [
                {
                    "id": r.id,
                    "job": r.job,
                    "state": r.state,
                    "started": r.started,
                    "finished": r.finished,
                    "rows": r.counts,
                }
                for r in runs
            ],
            console,
        )
        return
    for run in runs:
        when = datetime.fromtimestamp(run.started, UTC).strftime("%Y-%m-%d %H:%M")
        rows = ", ".join(
            f"{run.counts[n]:,} {n}" for n in ("sent", "unchanged", "rejected", "failed") if run.counts.get(n)
        )
        source = Path(run.job["source"]).name
        line = f"{run.id:>4}  {when}  {run.state:<9} {run.scope:<10} {source}: {rows or 'nothing'}"
        console.show(f"{plain(line)}\n")


def show_sets(sets: list[dict[str, Any]], console: Console, *, as_json: bool) -> None:
    """Coupon sets and what is left of them."""
    if as_json:
        print_json(sets, console)
        return
    for each in sets:
        left, of = each.get("available"), each.get("quantity")
        numbers = isinstance(left, int) and isinstance(of, int)
        codes = "without limit" if of is None else f"{left:,} of {of:,} left" if numbers else "?"
        flows = each.get("usedInWorkflows")
        used = f", used by {len(flows)} workflow(s)" if isinstance(flows, list) and flows else ""
        console.show(plain(f"{each.get('id')}  {each.get('name')}: {each.get('type')}, {codes}{used}") + "\n")
