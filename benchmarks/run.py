"""`python benchmarks/run.py`: every benchmark in one run, as one page of Markdown: `benchmarks/RESULTS.md`.

`--quick` measures the smallest sizes, for a look whether all of it still runs; `--short` leaves out 10,000
pages and all neighbours but HTMLHint, and measures once; `--few-peers` leaves out those neighbours alone;
`--peers DIR` keeps the neighbours' packages;
`--output FILE` is another file. Ratios within one run count: machines differ, and so do their hours.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from audit import prepared, tables
from measuring import KIT, ROOT, Tool, environment, measured

RESULTS = ROOT / "benchmarks/RESULTS.md"


def machine() -> str:
    """What it ran on."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        model = next(line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        model = platform.processor() or platform.machine()
    load = f", load {os.getloadavg()[0]:.1f} at the start" if hasattr(os, "getloadavg") else ""
    return f"{cores} cores of {model}, Python {platform.python_version()}{load}"


def starts() -> Iterator[str]:
    """How long it takes until something is there."""
    tools = [
        Tool("python -c pass", (sys.executable, "-c", "pass")),
        Tool("--help", (*KIT, "--help")),
        Tool("a usage error", (*KIT, "audit", "--no-such-option"), (2,)),
        Tool("audit of one page", (*KIT, "audit", "--no-cache")),
    ]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        prepared(folder, 1, "small")
        figures = measured(tools, folder, 7, memory=False)
    yield "| start | seconds | processor s | × bare |"
    yield "| --- | --- | --- | --- |"
    for tool, run in zip(tools, figures, strict=True):
        ratio = run.seconds / figures[0].seconds
        yield f"| {tool.name} | {run.seconds:.3f} | {run.processor:.3f} | {ratio:.1f} |"


def injecting(pages: int, *, unclosed: bool = False) -> Iterator[str]:
    """`inject` into pages as the generator left them, with nothing kept and after a build that changed
    nothing; then with one page changed and with none, by the cache and without it.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        prepared(folder, pages, "middle")
        kit = partial(subprocess.run, cwd=folder, env=environment(), check=False, capture_output=True)
        remove, inject = (*KIT, "inject", "--remove", "public"), (*KIT, "inject", "public")
        if unclosed:
            kit(remove)
            without_end_tags(folder / "public")
        kit(inject)

        def forgotten() -> None:
            kit(remove)
            shutil.rmtree(folder / ".connectif", ignore_errors=True)

        tools = [
            Tool("inject, first run", inject, before=forgotten),
            Tool("inject, built again as before", inject, before=lambda: kit(remove)),
            Tool("inject, one page changed", inject, before=partial(touched, folder)),
            Tool("inject, nothing changed", inject),
            Tool("inject --no-cache, nothing changed", (*inject, "--no-cache")),
        ]
        figures = measured(tools, folder, 3)
    yield "| pages | what | seconds | processor s | pages/s | memory |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for tool, run in zip(tools, figures, strict=True):
        yield (
            f"| {pages:,} | {tool.name} | {run.seconds:.2f} | {run.processor:.2f} "
            f"| {pages / run.seconds:,.0f} | {run.megabytes:.0f} MB |"
        )


def touched(folder: Path) -> None:
    """One page says something else."""
    page = folder / "public/p/item-1/index.html"
    page.write_text(page.read_text("utf-8") + "<!-- changed -->\n", "utf-8")


def without_end_tags(site: Path) -> None:
    """Take the end tags out of a site's pages, but for those of scripts and the like."""
    for path in site.rglob("*.html"):
        text = path.read_text("utf-8")
        path.write_text(re.sub(r"</(?!script|style|title|textarea|head)[a-z0-9]+>", "", text), "utf-8")


def said(script: str, *arguments: object) -> Iterator[str]:
    """What another benchmark prints, as it prints it."""
    command = [sys.executable, str(ROOT / "benchmarks" / script), *map(str, arguments)]
    done = subprocess.run(command, env=environment(), capture_output=True, text=True, check=False)
    yield "```text"
    yield from (done.stdout.strip() or done.stderr.strip()[-500:]).splitlines()
    yield "```"


def page(*, quick: bool, short: bool, few_peers: bool, peers: Path | None) -> Iterator[str]:
    """The whole page, line by line, as it becomes known."""
    few, many = (50, 200) if quick else (1_000, 10_000)
    rounds, contacts = 1 if quick or short else 2, 10_000 if quick else 100_000 if short else 1_000_000
    how = " --quick" if quick else " --short" if short else " --few-peers" if few_peers else ""
    yield "# Benchmarks"
    yield ""
    yield f"{datetime.now(UTC):%Y-%m-%d}, {machine()}. Written by `python benchmarks/run.py{how}`."
    sections = {
        "Start": starts(),
        "Audit: pages that share a template and nothing else, 2 % with a fault": tables(
            [few] if short else [few, many],
            ["middle"],
            rounds,
            peers,
            alone=quick,
            slow=not (short or few_peers),
        ),
        "Audit: small and large pages": tables(
            [few], ["small"] if short else ["small", "large"], rounds, peers, alone=True
        ),
        "Inject": injecting(few),
        **({} if short else {"Inject: a large site": injecting(many)}),
        "Inject: pages without end tags": injecting(few, unclosed=True),
        "Feed": said("feed.py", 5_000 if quick else 100_000 if short else 1_000_000, 3 if quick else 1),
        "Sync": said("sync_plan.py", contacts),
        "Preview: save → seen": said("reload.py", few, 5 if quick else 20),
        **({} if short else {"Preview: save → seen, a large site": said("reload.py", many, 20)}),
        "Catalogue joined to pages": said("join.py", 10_000 if quick or short else 1_000_000),
        "Dispatcher": said("dispatcher.py"),
        "Dispatcher: bytes by part": said("dispatcher_size.py"),
    }
    for title, lines in sections.items():
        yield f"\n## {title}\n"
        yield from lines


def main() -> None:
    """Measure, print and keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--few-peers", action="store_true")
    parser.add_argument("--peers", type=Path)
    parser.add_argument("--output", type=Path, default=RESULTS)
    given = parser.parse_args()
    lines = []
    how = {"quick": given.quick, "short": given.short, "few_peers": given.few_peers}
    for line in page(**how, peers=given.peers):
        print(line, flush=True)
        lines.append(line)
    given.output.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
