"""Hooks into site generators: what a build of theirs calls when the pages are there.

A hook exists because its file is here. The plugins that Python's own generators load are the modules named
`…_plugin`; they are imported by the generator alone.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module

from connectif_kit.core.records import dataclass
from connectif_kit.core.registry import names
from connectif_kit.core.templates import BUNDLED


@dataclass(frozen=True, slots=True)
class Hook:
    """A hook: the generator's name as in `core.generators`, how to put it in, and the file that it takes.

    `file` is below `templates/hooks`, empty where the generator loads the hook from the installed package.
    """

    generator: str
    how: str
    file: str = ""

    @property
    def name(self) -> str:
        """What the command line calls it."""
        return self.generator.lower()

    @property
    def text(self) -> str:
        """What `connectif-kit hook` prints: the file, or the lines for the configuration."""
        return (BUNDLED / "hooks" / self.file).read_text("utf-8") if self.file else f"{self.how}\n"


@cache
def hooks() -> dict[str, Hook]:
    """Every hook by name."""
    there = sorted(names(__path__))
    found = [import_module(f"{__name__}.{name}").HOOK for name in there if not name.endswith("_plugin")]
    return {hook.name: hook for hook in found}
