"""Python of a copy of the project: one process that has loaded the copy, and a fork of it for each call.

`python -m tests.copied`, with the copy before the project in PYTHONPATH, reads calls from standard input,
one a line, as JSON: `{"argv": ["-m", "connectif_kit", "audit"], "out": FILE, "err": FILE}`; the first word is
`-m` or `-c`, as Python's own. For each it prints the status.
"""

from __future__ import annotations

import importlib
import json
import os
import runpy
import subprocess
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.tools import ENGLISH, ROOT, Run

LOADED = ("connectif_kit.audit", "connectif_kit.build", "connectif_kit.cli", "connectif_kit.plan.load")


@dataclass(frozen=True, slots=True)
class Copied:
    """The process, and a folder for what its forks write."""

    process: subprocess.Popen[str]
    folder: Path

    def __call__(self, *argv: str) -> Run:
        """What `python ARGV…` does in the copy."""
        out, err = (self.folder / name for name in ("out", "err"))
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps({"argv": argv, "out": str(out), "err": str(err)}) + "\n")
        self.process.stdin.flush()
        code = int(self.process.stdout.readline())
        return Run(code, out.read_text("utf-8"), err.read_text("utf-8"))


@contextmanager
def copied(root: Path, cwd: Path, folder: Path) -> Iterator[Copied]:
    """Start it for a copy in `root`, working in `cwd`; `folder` takes what is written."""
    env = {**os.environ, "NO_COLOR": "1", **ENGLISH, "PYTHONPATH": f"{root}{os.pathsep}{ROOT}"}
    with subprocess.Popen(
        [sys.executable, "-m", "tests.copied"],
        cwd=cwd,
        env=env,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield Copied(process, folder)
        assert process.stdin
        process.stdin.close()


def main() -> None:
    """Answer calls until there are no more."""
    sys.path.remove(str(ROOT))  # the tests are loaded; everything else is the copy's
    for name in LOADED:
        importlib.import_module(name)
    for line in sys.stdin:
        given = json.loads(line)
        child = os.fork()
        if not child:
            _answer(given["argv"], given["out"], given["err"])
        sys.stdout.write(f"{os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])}\n")
        sys.stdout.flush()


def _answer(argv: list[str], out: str, err: str) -> None:
    """In the fork: run what is asked for, and end."""
    for number, path in ((1, out), (2, err)):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
    code: object = 0
    sys.argv = argv[1:]
    try:
        if argv[0] == "-c":
            exec(compile(argv[1], "<string>", "exec"), {"__name__": "__main__"})
        else:
            runpy.run_module(argv[1], run_name="__main__", alter_sys=True)
    except SystemExit as ended:
        code = ended.code
    except BaseException:  # as Python itself reports what nobody has caught
        traceback.print_exc()
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code if isinstance(code, int) else 0 if code is None else 1)


if __name__ == "__main__":
    main()
