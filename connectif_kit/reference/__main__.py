"""`write` the generated pages and the catalogues of translations, or `check` that they are current.

Exit status 1 where one is not.
"""

from __future__ import annotations

import sys
from pathlib import Path

from connectif_kit.core.files import write
from connectif_kit.core.templates import BUNDLED
from connectif_kit.reference import DOCS, helps, messages, pages


def main(arguments: list[str]) -> int:
    """The exit status."""
    if arguments not in (["write"], ["check"]):
        sys.stderr.write("usage: python -m connectif_kit.reference write|check\n")
        return 2
    wanted = {DOCS / name: text.encode() for name, text in pages().items()} | messages.files()
    wanted |= {BUNDLED / "help" / name: text.encode() for name, text in helps.files().items()}
    stale = {path: data for path, data in wanted.items() if _there(path) != data}
    for path, data in stale.items():
        if arguments == ["check"]:
            sys.stderr.write(f"{path.name} is not current: python -m connectif_kit.reference write\n")
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            write(path, data)
    return int(arguments == ["check"] and bool(stale))


def _there(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
