"""`--help` and unknown options, answered from `templates/help` before click and our commands are loaded.

What stands there is click's own text, for the widths that terminals have (`reference/helps.py` writes it, and
a test holds it to the commands). All else is the command line's to say. Loading it takes five times as long
as Python's own start.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

# Not by pathlib, which takes a tenth of what is saved here.
_PACKAGE = __file__.rpartition(os.sep)[0]
FOLDERS = (f"{_PACKAGE}/templates/help", f"{_PACKAGE}/../templates/help")
WIDTHS = (78, 98)
"""Columns of the texts that are kept: of a terminal of 80, and of one of 100 or more."""
_HELP = (["--help"], ["-h"])


def answered(arguments: list[str]) -> int | None:
    """The exit status, where a text that is kept was the answer; nothing where the command line must say."""
    try:
        found = _answer(arguments)
        if found is None:
            return None
        status, text = found
        stream = sys.stderr if status else sys.stdout
        stream.write(text)
        stream.flush()
    except (OSError, ValueError, AttributeError, StopIteration):  # no file, no stream: as slowly as ever
        return None
    return status


def _answer(arguments: list[str]) -> tuple[int, str] | None:
    name = "" if arguments[:1] in _HELP else (arguments or [""])[0]
    rest = arguments[1:] if name else arguments
    option = next((each for each in rest if each.startswith("-")), "").partition("=")[0]
    if not option or os.environ.get("_CONNECTIF_KIT_COMPLETE") or (rest not in _HELP and option[:2] != "--"):
        return None
    texts = _texts()
    if set(texts) - {""} != _commands():
        return None
    command = texts.get(name)
    if command and rest in _HELP:
        return 0, command["help"]
    if command is None or option in command["options"]:
        return None
    from difflib import get_close_matches

    near = get_close_matches(option, command["options"])
    return None if near else (2, command["unknown"].replace(UNKNOWN, option))


UNKNOWN = "--what-no-command-has"


def _texts() -> dict[str, Any]:
    """By command, for the width of the terminal. Raises OSError where there are none."""
    folder = next(folder for folder in FOLDERS if os.access(folder, os.R_OK))
    with open(f"{folder}/{_width()}.json", encoding="utf-8") as file:  # noqa: PTH123 - likewise
        found: dict[str, Any] = json.load(file)
    return found


def _commands() -> set[str]:
    """The commands by their files: where one was added or removed, the texts are of other commands."""
    files = [name for name in os.listdir(f"{_PACKAGE}/cli") if name[0] != "_"]  # noqa: PTH208 - likewise
    return {name.removesuffix(".py").replace("_", "-") for name in files if name.endswith(".py")}


def _width() -> int:
    """The columns of a text, as click has them; another width has no file."""
    columns = int(os.environ.get("COLUMNS") or 0)
    if columns <= 0:
        try:
            columns = os.get_terminal_size(sys.__stdout__.fileno()).columns if sys.__stdout__ else 0
        except OSError:
            columns = 0
    return min(columns or 80, 100) - 2
