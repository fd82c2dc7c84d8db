"""`write` the generated pages, or `check` that they are current: exit status 1 where one is not."""

from __future__ import annotations

import sys

from connectif_kit.core.files import write
from connectif_kit.reference import DOCS, pages


def main(arguments: list[str]) -> int:
    """The exit status."""
    if arguments not in (["write"], ["check"]):
        sys.stderr.write("usage: python -m connectif_kit.reference write|check\n")
        return 2
    stale = {name: text for name, text in pages().items() if _there(name) != text}
    for name, text in stale.items():
        if arguments == ["check"]:
            sys.stderr.write(f"docs/{name} is not current: python -m connectif_kit.reference write\n")
        else:
            (DOCS / name).parent.mkdir(exist_ok=True)
            write(DOCS / name, text.encode())
    return int(arguments == ["check"] and bool(stale))


def _there(name: str) -> str:
    path = DOCS / name
    return path.read_text(encoding="utf-8") if path.is_file() else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
