"""How fast a million contacts are checked, planned and split, in seconds of one core, and in how much memory.

`python benchmarks/sync_plan.py [ROWS]`: prints rows a second for checking alone and for the whole
plan, and the process's peak memory.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import deque
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

HEADER = "_email,_name,_surname,_mobilePhone,_newsletterSubscriptionStatus,_points\n"


def write(path: Path, rows: int) -> None:
    """Contacts of which a third has no phone and one in ten no points."""
    with path.open("w", encoding="utf-8") as file:
        file.write(HEADER)
        for n in range(rows):
            phone = f"+346{n % 10**8:08d}" if n % 3 else ""
            points = n % 1000 if n % 10 else ""
            file.write(f"person{n}@mail{n % 97}.example.org,María {n},Ruiz,{phone},subscribed,{points}\n")


def high_water() -> int:
    """The most memory this program has held, in KiB; `getrusage` would count what started it too."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0])


def main() -> int:
    """Measure and print."""
    from connectif_kit.core import state
    from connectif_kit.sync.items import Reader
    from connectif_kit.sync.ledger import Ledger
    from connectif_kit.sync.session import Job, Session
    from connectif_kit.sync.source import Source
    from connectif_kit.sync.subjects import SUBJECTS

    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "contacts.csv"
        write(path, rows)
        print(f"{rows:,} contacts, {path.stat().st_size / 1e6:,.0f} MB")
        reader = Reader(SUBJECTS["contacts"])
        start = time.process_time()
        deque(reader.items(Source(path, path.name).rows()), maxlen=0)
        checked = time.process_time() - start
        ledger = Ledger(state.opened(Path(folder)) / state.LEDGER)
        start = time.process_time()
        plan, _ = Session(ledger, "", Path(folder)).prepare(
            Job("contacts", str(path)), reader, 100, lambda _: None
        )
        planned = time.process_time() - start
        ledger.close()
    peak = high_water() / 1024
    print(f"checked: {rows / checked:,.0f} rows/s")
    print(f"checked, planned and split: {rows / planned:,.0f} rows/s into {plan.files} files")
    print(f"peak memory: {peak:,.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
