"""What a shell proposes for a word that is not finished; each reads only what it needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    import click


def rules(_context: click.Context, _parameter: click.Parameter, begun: str) -> list[str]:
    """Rule names; after a comma another one begins."""
    from connectif_kit.audit.page_run import rules as known

    before, comma, last = begun.rpartition(",")
    return [f"{before}{comma}{name}" for name in _beginning(known(), last)]


def formats(_context: click.Context, _parameter: click.Parameter, begun: str) -> list[str]:
    """Report formats."""
    from connectif_kit.reports import formats as known

    return _beginning(known(), begun)


def explained(_context: click.Context, _parameter: click.Parameter, begun: str) -> list[str]:
    """Whatever `explain` knows."""
    from connectif_kit.cli.explain import everything

    return _beginning(everything(), begun)


def _beginning(names: Iterable[str], begun: str) -> list[str]:
    return [name for name in names if name.startswith(begun)]
