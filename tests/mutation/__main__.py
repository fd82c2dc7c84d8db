"""`python -m tests.mutation [MODULE…]`: put faults into the kit's sources and see whether a test notices."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from tests.mutation.table import Module, chosen, read_table
from tests.mutation.trial import Verdict, workshop

ROOT = Path(__file__).resolve().parents[2]
WANTED = 0.93
"""Of the faults that somebody could notice, this part is to be killed, in each module."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what is asked for; the exit status is 1 where too many faults of a module survive."""
    given = _options().parse_args(arguments)
    modules = read_table(given.table, given.root)
    names = given.module or [module.name for module in modules]
    if unknown := set(names) - {module.name for module in modules}:
        print(
            f"unknown: {', '.join(sorted(unknown))}; {given.table.name} has "
            f"{', '.join(module.name for module in modules)}",
            file=sys.stderr,
        )
        return 2
    rows = []
    with workshop(given.root, given.jobs) as shop:
        for module in modules:
            if module.name in names:
                cases = chosen(module, given.root, given.seed, given.count)
                verdicts = list(_told(shop.verdicts(cases), given.root))
                rows.append((module, verdicts))
    print("\n| module | mutants | killed | equivalent | survived | killed of the rest |")
    print("| --- | --- | --- | --- | --- | --- |")
    return max([_row(module, verdicts) for module, verdicts in rows])


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="scripts/mutants", description=__doc__)
    parser.add_argument("module", nargs="*", help="names from the table; all of them by default")
    parser.add_argument("--seed", type=int, default=1, help="chooses the faults [1]")
    parser.add_argument("--count", type=int, default=25, help="how many for each module [25]")
    parser.add_argument("--jobs", type=int, default=2, help="how many at a time [2]")
    parser.add_argument("--root", type=Path, default=ROOT, help="the project")
    parser.add_argument("--table", type=Path, default=Path(__file__).with_name("table.toml"))
    return parser


def _told(verdicts: Iterable[Verdict], root: Path) -> Iterator[Verdict]:
    """A survivor with what was changed, at once; of the others, a letter."""
    for verdict in verdicts:
        case = verdict.case
        if verdict.outcome == "survived":
            diff = case.mutant.diff(case.path, (root / case.path).read_bytes())
            print(f"\nsurvived {' '.join(case.tests)}\n{diff}", flush=True)
        else:
            print(verdict.outcome[0], end="", flush=True)
        yield verdict


def _row(module: Module, verdicts: list[Verdict]) -> int:
    """A module's line; 1 where it falls short."""
    found = Counter(verdict.outcome for verdict in verdicts)
    told = found["killed"] + found["survived"]
    share = found["killed"] / told if told else 1.0
    print(
        f"| {module.name} | {len(verdicts)} | {found['killed']} | {found['equivalent']}"
        f" | {found['survived']} | {share:.0%} |"
    )
    return int(share < WANTED)


if __name__ == "__main__":
    sys.exit(main())
