"""Commands that take the stores of one site together, each by its own plan."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from connectif_kit.cli._language import asked_code
from connectif_kit.cli._shared import show

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


def side_by_side(command: Callable[..., Any], configs: list[Path], given: dict[str, Any]) -> int:  # noqa: ARG001 - one shape for all
    """A preview for each store, each at its own port, until they are interrupted."""
    import subprocess
    import sys

    from connectif_kit.plan.stores import stores

    if given["site"] or given["proxy"] or given["record"]:
        raise click.UsageError("SITE, --proxy and --record go with one plan: name it with -c")
    running = []
    found, notes = stores(configs)
    show(notes)
    for number, store in enumerate(found):
        port = given["port"] + number if given["port"] else 0
        options = ["-c", str(store.config), "--port", str(port), "--host", given["host"]]
        options += ["--open"] if given["open_"] else []
        options += ["--lang", asked_code()] if asked_code() else []
        click.echo(f"{store.name}: {store.loaded.plan.store.url}", err=True)
        running.append(subprocess.Popen([sys.executable, "-m", "connectif_kit", "serve", *options]))  # noqa: S603 - our own command
    try:
        return max(each.wait() for each in running)
    except KeyboardInterrupt:  # the terminal has interrupted them too
        return max(each.wait() for each in running)
    finally:
        for each in running:
            each.terminate()


def in_one_report(run: Callable[..., Outcome], alone: Sequence[str], *, clean: bool = False) -> Together[Any]:
    """Each store by its own plan, all findings in one report; options in `alone` go with one plan only.

    `clean` says that a report without findings is told too.
    """

    def every(command: Callable[..., Any], configs: list[Path], given: dict[str, Any]) -> int:  # noqa: ARG001 - one shape for all
        from connectif_kit.cli._reports import deliver, reported
        from connectif_kit.cli._shared import check_parser
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
