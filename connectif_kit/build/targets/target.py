"""What makes a template language a target of `build`."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from connectif_kit.core.records import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A template language; how its tags are written lies in `templates/targets/<name>/`.

    `comment` begins and ends what the engine leaves out of the page; `file` makes a file's name
    from a tag's; `script` is an attribute that the language wants on scripts it must not touch;
    `usage` shows how a site takes an include, `{file}` standing for it and `{scope}` for what `scope`
    gives for the variables that it reads. `home` is where a site keeps its includes. `parts` are the
    files beside those of the tags. `notes` say what else a site must know.
    """

    name: str
    doc: str
    suffix: str
    comment: tuple[str, str]
    usage: str
    file: Callable[[str], str] = str
    script: str = ""
    parts: tuple[str, ...] = ("loader", "events")
    home: str = ""
    notes: str = ""
    scope: Callable[[Sequence[str]], str] = lambda _: ""

    def path(self, name: str) -> str:
        """Where a tag's include lies in the output folder."""
        return f"{self.name}/{self.file(name)}{self.suffix}"
