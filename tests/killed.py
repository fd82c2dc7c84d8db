"""A command that is killed for real, by SIGKILL, at a moment of its writing: `python -m tests.killed …`.

In the first folder it runs to its end, so that all that it needs is loaded; in the second too, which counts
the moments: each call that opens, writes, renames or removes something. In each other folder a fork of this
process is killed at one of them. Printed as JSON: the status of each of these, as `waitpid` gives it.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
from pathlib import Path

from tests.tools import ROOT

CALLS = frozenset(("open", "write", "writelines", "close", "flush", "replace", "rename", "unlink", "mkdir"))


def killed(*command: str, folders: list[Path], seed: int = 7) -> int:
    """Run a command in each folder, killed in all but the first two; how many were really killed."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.killed", str(seed), *map(str, folders), "--", *command],
        env={**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    statuses = json.loads(done.stdout.splitlines()[-1])
    return sum(os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL for status in statuses)


class Moments:
    """Counts the calls that touch the disk; at the one that is given, the process is killed."""

    def __init__(self, last: int = 0) -> None:
        self.count, self.last = 0, last

    def __call__(self, _: object, event: str, called: object) -> None:
        """As `sys.setprofile` wants it."""
        if event == "c_call" and getattr(called, "__name__", "") in CALLS:
            self.count += 1
            if self.count == self.last:
                os.kill(os.getpid(), signal.SIGKILL)


def main() -> None:
    """Run what the command line says."""
    from connectif_kit.cli import run

    split = sys.argv.index("--")
    seed, first, second, *folders = sys.argv[1:split]
    command = sys.argv[split + 1 :]
    moments = Moments()
    for folder in (first, second):
        os.chdir(folder)
        sys.setprofile(moments if folder == second else None)
        run(command)
    sys.setprofile(None)
    dice, statuses = random.Random(seed), []
    for folder in folders:
        at = dice.randint(1, moments.count)
        child = os.fork()
        if not child:
            os.chdir(folder)
            sys.setprofile(Moments(at))
            run(command)
            os._exit(0)
        statuses.append(os.waitpid(child, 0)[1])
    sys.stdout.write(f"\n{json.dumps(statuses)}\n")


if __name__ == "__main__":
    main()
