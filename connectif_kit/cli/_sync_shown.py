"""What `sync` shows: the plan, progress, the result, past runs; for people and for programs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from connectif_kit.sync.mask import plain

if TYPE_CHECKING:
    from connectif_kit.diagnostics import Diagnostic
    from connectif_kit.sync.ledger import Ledger
    from connectif_kit.sync.prepare import Plan
    from connectif_kit.sync.run import Result


class Progress:
    """Rows with an answer, rate and time left on standard error; a line now and then off a terminal."""

    def __init__(self) -> None:
        from time import monotonic

        self.clock = monotonic
        self.first: tuple[float, int] | None = None
        self.told = monotonic()

    def __call__(self, done: int, total: int) -> None:
        now, live = self.clock(), sys.stderr.isatty()
        self.first = self.first or (now, done)
        if done < total and now - self.told < (0.2 if live else 10):
            return
        self.told = now
        passed, more = now - self.first[0], done - self.first[1]
        pace = f", {more / passed * 60:,.0f} a minute" if passed > 1 and more else ""
        start = "\r" if live else ""
        left = f", {(total - done) * passed / more / 60:,.0f} min left" if pace and done < total else ""
        click.echo(
            f"{start}{done:,} of {total:,} rows{pace}{left}",
            err=True,
            nl=not live or done == total,
        )


def show_plan(plan: Plan, *, diff: bool, as_json: bool) -> None:
    """Rows, ways, calls and minutes; with `diff`, the first rows that are new or changed."""
    counts = plan.counts
    said = [f"{counts[name]:,} {name}" for name in _ORDER if counts[name]]
    click.echo(f"{plan.subject}: {counts['rows']:,} rows: {', '.join(said) or 'nothing to do'}", err=True)
    ways = [f"{plan.files:,} import file(s), {plan.size / 1e6:,.1f} MB" if plan.files else ""]
    ways += [f"{plan.single:,} single call(s)" if plan.single else ""]
    if plan.rows:
        minutes = f"{plan.minutes:,.1f} min at {plan.per_minute} calls a minute"
        click.echo(f"  {' and '.join(filter(None, ways))}: about {plan.calls:,} calls, {minutes}", err=True)
    for note in plan.notes:
        click.echo(plain(f"  note: {note}"), err=True)
    if diff:
        for line in plan.changes:
            click.echo(plain(line), err=as_json)


_ORDER = ("new", "changed", "unchanged", "repeated", "rejected", "later", "gone")


def show_complaints(complaints: list[Diagnostic], total: int) -> None:
    """The first rejected rows, and how many more there are."""
    for each in complaints:
        click.echo(plain(f"{each.place.path}:{each.place.line}: {each.message}"))
    if total > len(complaints):
        click.echo(f"… and {total - len(complaints):,} more")


def show_result(result: Result) -> None:
    """How a run ended."""
    show_complaints(result.complaints, result.rejected)
    for message, hint in result.troubles:
        click.echo(plain(message))
        click.echo(plain(f"  hint: {hint}"))
    counts = result.counts
    already = f" ({counts['already']:,} were there already)" if counts.get("already") else ""
    said = [f"{counts['sent']:,} rows sent{already}"]
    said += [f"{result.rejected:,} rejected: mend {result.file.name} and send it"] if result.file else []
    said += [f"{counts['failed']:,} not sent"] if counts["failed"] else []
    click.echo("; ".join(said), err=True)


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


def print_json(value: object) -> None:
    """One JSON document on standard output, in UTF-8 whatever the terminal speaks."""
    import json

    click.echo(json.dumps(value, indent=2, ensure_ascii=False).encode("utf-8", "replace"))


def show_history(ledger: Ledger, form: str) -> int:
    """Past runs, newest first."""
    from datetime import UTC, datetime

    runs = ledger.runs()
    if form == "json":
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
            ]
        )
        return 0
    for run in runs:
        when = datetime.fromtimestamp(run.started, UTC).strftime("%Y-%m-%d %H:%M")
        rows = ", ".join(
            f"{run.counts[n]:,} {n}" for n in ("sent", "unchanged", "rejected", "failed") if run.counts.get(n)
        )
        click.echo(
            plain(
                f"{run.id:>4}  {when}  {run.state:<9} {run.scope:<10} "
                f"{Path(run.job['source']).name}: {rows or 'nothing'}"
            )
        )
    return 0


def show_sets(sets: list[dict[str, Any]]) -> None:
    """Coupon sets and what is left of them."""
    for each in sets:
        left, of = each.get("available"), each.get("quantity")
        numbers = isinstance(left, int) and isinstance(of, int)
        codes = "without limit" if of is None else f"{left:,} of {of:,} left" if numbers else "?"
        flows = each.get("usedInWorkflows")
        used = f", used by {len(flows)} workflow(s)" if isinstance(flows, list) and flows else ""
        click.echo(plain(f"{each.get('id')}  {each.get('name')}: {each.get('type')}, {codes}{used}"))
