"""Seeded syncs with failures, killed with SIGKILL at random moments, ended, and compared with their source.

`python benchmarks/sync_crash.py [RUNS] [FIRST SEED]`: prints how many kills there were and every
difference; exit status 1 if there is any.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))


def main() -> int:
    """Run and print."""
    from tests.sync.tools import crash_run

    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    first = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    kills, faults = 0, 0
    for seed in range(first, first + runs):
        with tempfile.TemporaryDirectory() as folder:
            outcome = crash_run(Path(folder), seed)
        kills += outcome.kills
        faults += bool(outcome.faults)
        for fault in outcome.faults:
            print(f"seed {seed}: {fault}", flush=True)
    print(f"{runs} runs, {kills} kills by SIGKILL: {faults} runs with differences")
    return int(faults > 0)


if __name__ == "__main__":
    sys.exit(main())
