"""One line of a first plan: where it stands, what it says, and what shows that it is so."""

from __future__ import annotations

from collections.abc import Iterable

import yaml

from connectif_kit.core.records import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """A value of the plan with its evidence.

    `at` is its path, such as `("store", "id")`. What is not `sure` becomes a comment, with how to find
    out. Of two sure lines for one path, the first counts.
    """

    at: tuple[str, ...]
    value: object
    why: str = ""
    sure: bool = True

    @property
    def text(self) -> str:
        """The value in YAML's flow style, on one line."""
        return flow(self.value)


class _Plain(yaml.SafeDumper):
    """No anchors: nobody writes plans with them."""

    def ignore_aliases(self, _: object) -> bool:
        return True


def flow(value: object) -> str:
    """A value in YAML's flow style, on one line; what stands there twice is written twice."""
    text: str = yaml.dump(
        value, Dumper=_Plain, default_flow_style=True, width=10**9, allow_unicode=True, sort_keys=False
    )
    # `on` is a word in YAML 1.2, which plans are read as; PyYAML writes for readers of 1.1.
    return text.strip().removesuffix("...").strip().replace("'on':", "on:")


def listed(values: Iterable[str], most: int = 3) -> str:
    """`/a, /b, /c and 4 more`."""
    found = list(values)
    more = f" and {len(found) - most} more" if len(found) > most else ""
    return ", ".join(found[:most]) + more


def counted(number: int, one: str, many: str = "") -> str:
    """`1 page`, `3 pages`."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"
