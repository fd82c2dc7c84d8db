"""Commands that take the stores of one site together, each by its own plan."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from connectif_kit.cli._reports import deliver, reported
from connectif_kit.cli._terminal import check_parser

if TYPE_CHECKING:
    from connectif_kit.reports import Outcome

F = TypeVar("F", bound=Callable[..., Any])
Together = Callable[[F, list[Path], dict[str, Any]], int]


def plans_option(together: Together[Any]) -> Callable[[F], F]:
    """`-c/--config` for a command that can take the stores of one site together, and how it does."""
    option = click.option(
        "-c",
        "--config",
        "configs",
        type=click.Path(path_type=Path),
        multiple=True,
        help="The plan; one for each store of the site. [default: connectif.yaml, or each connectif.*.yaml]",
    )

    def decorate(command: F) -> F:
        @functools.wraps(command)
        def every(configs: tuple[Path, ...], **given: Any) -> int:
            from connectif_kit.plan.locate import each_store, here

            found = [each for config in configs for each in each_store(config)] or here()
            if len(found) > 1:
                return together(command, found, given)
            status: int = command(config=found[0] if found else None, **given)
            return status

        return option(every)  # type: ignore[return-value]  # click keeps what it is given

    return decorate


def in_one_report(run: Callable[..., Outcome], alone: Sequence[str], *, clean: bool = False) -> Together[Any]:
    """Each store by its own plan, all findings in one report; options in `alone` go with one plan only.

    `clean` says that a report without findings is reported too.
    """

    def every(command: Callable[..., Any], configs: list[Path], given: dict[str, Any]) -> int:  # noqa: ARG001 - one shape for all
        from connectif_kit.plan.stores import stores
        from connectif_kit.reports import Report, together

        if named := [_option(name) for name in alone if given.get(name)]:
            raise click.UsageError(f"{', '.join(named)}: for one plan only; name it with -c")
        with reported(given["formats"]):
            check_parser()
            found, notes = stores(configs)
            done = []
            for store in found:
                click.echo(f"{store.name}:", err=True)
                done.append(run(config=store.config, **given))
        deliver(
            together([*(each.report for each in done), Report(tuple(notes))]),
            given["formats"],
            clean=clean,
            editor=given.get("editor_url"),
        )
        return max(each.status for each in done)

    return every


def _option(name: str) -> str:
    """An option as it is written; an argument is in capitals."""
    return {"paths": "PATH", "site": "SITE", "as_path": "--as"}.get(name) or f"--{name.replace('_', '-')}"
