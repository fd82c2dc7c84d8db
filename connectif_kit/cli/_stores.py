"""Several plans for one site, one for each store: found, held against each other, and run together."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from connectif_kit.cli._shared import counted, show, shown

if TYPE_CHECKING:
    from connectif_kit.diagnostics import Diagnostic
    from connectif_kit.plan import Loaded

F = TypeVar("F", bound=Callable[..., Any])
Together = Callable[[F, list[Path], dict[str, Any]], int]

MAX_NAMED = 5


@dataclass(frozen=True, slots=True)
class Store:
    """A store's plan, and the folder that is its part of the site."""

    config: Path
    loaded: Loaded
    root: Path

    @property
    def name(self) -> str:
        """What messages call it."""
        return shown(self.config)


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
            found = list(configs) or _here()
            if len(found) > 1:
                return together(command, found, given)
            status: int = command(config=found[0] if found else None, **given)
            return status

        return option(every)  # type: ignore[return-value]  # click keeps what it is given

    return decorate


def _here() -> list[Path]:
    """The plans where we are, if there is no `connectif.yaml`."""
    from connectif_kit.plan import find, others

    return [] if find(Path.cwd()) else others(Path.cwd())


def stores(configs: Sequence[Path]) -> tuple[list[Store], list[Diagnostic]]:
    """The plans, which fit together, and what to say of pages that none of them has.

    Raises KitError, or UsageError where a part of the site is not there.
    """
    from connectif_kit.cli._shared import built_site
    from connectif_kit.diagnostics import KitError, Place
    from connectif_kit.plan import load

    found = []
    for config in configs:
        if not config.is_file():
            raise KitError.at(Place(str(config)), "no-plan", "there is no plan here")
        loaded = load(shown(config), config.read_bytes(), config.parent)
        root = built_site(None, config.parent.resolve(), loaded)
        found.append(Store(config, loaded, root.resolve()))
    problems = [*_same_store(found), *_shared_pages(found)]
    if problems:
        raise KitError(problems)
    return found, list(_without_store(found))


def _same_store(found: list[Store]) -> Iterator[Diagnostic]:
    """Two plans for one store id: the second would write over what the first sends."""
    from connectif_kit.diagnostics import Diagnostic, Severity

    first: dict[str, Store] = {}
    for store in found:
        known = first.setdefault(str(store.loaded.plan.store.id), store)
        if known is not store:
            message = (
                f"{known.name} has this store id too; each language and currency needs a store of its own"
            )
            yield Diagnostic("same-store", Severity.ERROR, message, store.loaded.place("store", "id"))


def _owners(found: list[Store], file: Path) -> tuple[list[Store], bool]:
    """The stores that a page belongs to, and whether a plan leaves it alone on purpose."""
    from connectif_kit.files import url_path

    around = [store for store in found if file.is_relative_to(store.root)]
    ignoring = [s for s in around if s.loaded.plan.ignored(url_path(file.relative_to(s.root).as_posix()))]
    return [store for store in around if store not in ignoring], bool(ignoring)


def _pages(root: Path) -> Iterator[Path]:
    from connectif_kit.files import SiteFile, site_pages

    return (root / page.relative for page in site_pages(root) if isinstance(page, SiteFile))


def _shared_pages(found: list[Store]) -> Iterator[Diagnostic]:
    """Stores whose parts of the site overlap: one page can carry one store."""
    from connectif_kit.diagnostics import Diagnostic, Severity

    told = set[tuple[str, ...]]()
    for outer in found:
        if not any(s is not outer and s.root.is_relative_to(outer.root) for s in found):
            continue
        for page in _pages(outer.root):
            owners, _ = _owners(found, page)
            names = tuple(store.name for store in owners)
            if len(owners) < 2 or names in told:
                continue
            told.add(names)
            inner = max(owners, key=lambda store: len(store.root.parts))
            part = os.path.relpath(inner.root, outer.root).replace(os.sep, "/")
            message = f"{shown(page)} belongs to {' and '.join(names)}; a page has one store"
            hint = "give each plan its own `site.root`"
            if part != ".":
                hint = f'leave the other part out: `site: {{ignore: ["/{part}/**"]}}` in {outer.name}'
            place = outer.loaded.place("site", "root")
            yield Diagnostic("page-of-two-stores", Severity.ERROR, message, place, hint)


def _without_store(found: list[Store]) -> Iterator[Diagnostic]:
    """Pages beside the stores' parts that no plan speaks of, in one finding."""
    from connectif_kit.diagnostics import Diagnostic, Place, Severity

    common = Path(os.path.commonpath([store.root for store in found]))
    homes = {store.config.resolve().parent for store in found}
    if any(home.is_relative_to(common) for home in homes):
        return  # the parts have nothing around them that is the site alone
    alone = [page for page in _pages(common) if _owners(found, page) == ([], False)]
    if alone:
        named = ", ".join(shown(page) for page in alone[:MAX_NAMED])
        more = f" and {len(alone) - MAX_NAMED:,} more" if len(alone) > MAX_NAMED else ""
        message = f"{counted(len(alone), 'page')} of no store: {named}{more}"
        hint = "their visits are not reported; if they should be, give them to a store by its `site.root`"
        yield Diagnostic("page-of-no-store", Severity.NOTICE, message, Place(shown(alone[0])), hint)


def in_turn(command: Callable[..., Any], configs: list[Path], given: dict[str, Any]) -> int:
    """One store after the other; the worst exit status."""
    if given.get("site"):
        raise click.UsageError("with several plans, each names its part of the site: leave SITE out")
    if given.get("formats"):
        raise click.UsageError("--format goes with one plan: name it with -c")
    worst = 0
    found, notes = stores(configs)
    show(notes)
    for store in found:
        click.echo(f"{store.name}:", err=True)
        worst = max(worst, command(config=store.config, **given))
    return worst


def side_by_side(command: Callable[..., Any], configs: list[Path], given: dict[str, Any]) -> int:  # noqa: ARG001
    """A preview for each store, each at its own port, until they are interrupted."""
    import subprocess
    import sys

    if given["site"] or given["proxy"] or given["record"]:
        raise click.UsageError("SITE, --proxy and --record go with one plan: name it with -c")
    running = []
    found, notes = stores(configs)
    show(notes)
    for number, store in enumerate(found):
        port = given["port"] + number if given["port"] else 0
        options = ["-c", str(store.config), "--port", str(port), "--host", given["host"]]
        options += ["--open"] if given["open_"] else []
        click.echo(f"{store.name}: {store.loaded.plan.store.url}", err=True)
        running.append(subprocess.Popen([sys.executable, "-m", "connectif_kit", "serve", *options]))  # noqa: S603
    try:
        return max(each.wait() for each in running)
    except KeyboardInterrupt:  # the terminal has interrupted them too
        return max(each.wait() for each in running)
    finally:
        for each in running:
            each.terminate()


def in_one_report(command: Callable[..., Any], configs: list[Path], given: dict[str, Any]) -> int:
    """Each store's pages against its own plan, all findings in one report."""
    from connectif_kit.cli._reports import reports, tell
    from connectif_kit.reports import Report, together

    one_at_a_time = ("paths", "as_path", "baseline", "shard", "merge", "watch")
    if any(given[name] for name in one_at_a_time):
        raise click.UsageError(
            "PATH, --as, --baseline, --shard, --merge and --watch go with one plan: name it with -c"
        )
    found, notes = stores(configs)
    made: list[Report] = []
    worst = 0
    for store in found:
        worst = max(worst, command(config=store.config, collected=made, **given))
    if not (given["fix"] and given["dry_run"]):
        made.append(Report(tuple(notes)))
        tell(reports(together(made), given["formats"]), given["formats"])
    return worst
