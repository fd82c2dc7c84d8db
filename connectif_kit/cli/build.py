"""`connectif-kit build`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from connectif_kit.cli._shared import config_option, load_plan, module_reader, show, shown

if TYPE_CHECKING:
    from connectif_kit.diagnostics import Diagnostic
    from connectif_kit.plan import Loaded


def _targets_named(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    """Names of template languages; they are read only where one is given, so that `--help` stays quick."""
    if value:
        from connectif_kit.diagnostics import did_you_mean
        from connectif_kit.targets import known

        for name in value:
            if name not in known():
                near = did_you_mean(name, known()) or "known: " + ", ".join(known())
                raise click.BadParameter(f"`{name}` is no template language; {near}", ctx, param)
    return value


@click.command()
@config_option
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for what is built. [default: connectif, or connectif-es, beside the plan]",
)
@click.option("--check", is_flag=True, help="Write nothing; show what is stale or hand-edited, exit 1.")
@click.option(
    "--target",
    "targets",
    metavar="NAME",
    multiple=True,
    callback=_targets_named,
    help="Write the tags for a template language too, such as hugo; repeat it for more.",
)
def command(config: Path | None, output: Path | None, check: bool, targets: tuple[str, ...]) -> int:
    """Render everything from the plan into a folder.

    Loader, tags, dispatcher, service worker, and the checklist of store settings. A template
    language that was built once is built again; to be rid of it, delete its folder."""
    from connectif_kit import targets as languages
    from connectif_kit.render import render

    loaded, folder = load_plan(config)
    show(_no_catalogue(loaded, folder))
    target = output or folder / _folder(config)
    files = languages.added(render(loaded, module_reader(folder)), loaded, _targets(target, targets))
    return _check(target, files) if check else _write(target, files) or _placed(target, targets)


def _folder(config: Path | None) -> str:
    """`connectif`, or `connectif-es` for the plan of one store of several, `connectif.es.yaml`."""
    stem = config.stem if config else ""
    return stem.replace(".", "-") if stem.startswith("connectif.") else "connectif"


def _placed(output: Path, named: tuple[str, ...]) -> int:
    """Where the includes of a template language belong."""
    from connectif_kit.targets import known

    for name in named:
        if home := known()[name].home:
            click.echo(f"copy {shown(output / name)} to {home}", err=True)
    return 0


def _no_catalogue(loaded: Loaded, folder: Path) -> list[Diagnostic]:
    """That the catalogue's file is not there; nothing built needs it yet, the products do."""
    from connectif_kit.diagnostics import Diagnostic, Severity
    from connectif_kit.plan.models import PAGE_DATA

    source = loaded.plan.catalog.source
    if source is None or source in PAGE_DATA or (folder / source).exists():
        return []
    message = f"catalog.source: there is no {shown(folder / source)}"
    place = loaded.document.place(("catalog", "source"))
    hint = "the path counts from the plan's folder"
    return [Diagnostic("no-catalogue", Severity.WARNING, message, place, hint)]


def _targets(output: Path, named: tuple[str, ...]) -> list[str]:
    """The template languages to build: those named, and those that are there."""
    from connectif_kit.render.stamp import is_ours
    from connectif_kit.targets import known

    there = (
        name
        for name, target in known().items()
        if (file := output / target.path("loader")).is_file()
        and is_ours(file.name, file.read_text(encoding="utf-8", errors="replace"))
    )
    return sorted({*named, *there})


def _found(target: Path) -> dict[str, str]:
    """The texts in the output folder; what is no text is nobody's business here."""
    found = {}
    for path in sorted(target.rglob("*")):
        if path.is_file() and not path.is_symlink():
            try:
                found[path.relative_to(target).as_posix()] = path.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                continue
    return found


def _check(target: Path, files: dict[str, str]) -> int:
    from difflib import unified_diff

    from connectif_kit.render.stamp import State, is_ours, state

    found = _found(target)
    ours = {path for path, text in found.items() if is_ours(path, text)}
    stale = 0
    for path in sorted({*files, *ours}):
        wanted, there = files.get(path), found.get(path)
        what = state(path, wanted, there)
        if what is State.CURRENT:
            continue
        stale += 1
        name = shown(target / path)
        why = f"{what.value}; no longer built" if wanted is None else what.value
        click.echo(f"{name}: {why}")
        lines = unified_diff(
            (there or "").splitlines(keepends=True),
            (wanted or "").splitlines(keepends=True),
            name,
            f"{name} (built)",
        )
        click.echo("".join(line if line.endswith("\n") else f"{line}\n" for line in lines))
    if stale:
        click.echo(
            f"{stale} of {len(files)} files {'differs' if stale == 1 else 'differ'} from the plan;"
            f" `connectif-kit build` mends {'it' if stale == 1 else 'them'}",
            err=True,
        )
        return 1
    click.echo(f"{len(files)} files in {shown(target)} are what the plan says", err=True)
    return 0


def _write(target: Path, files: dict[str, str]) -> int:
    from connectif_kit.diagnostics import KitError, Place
    from connectif_kit.files import write
    from connectif_kit.render.stamp import State, is_ours, state

    found = _found(target)
    foreign = [path for path, text in files.items() if state(path, text, found.get(path)) is State.FOREIGN]
    if foreign:
        hint = "move it away, or build into another folder with -o"
        raise KitError(
            problem
            for path in foreign
            for problem in KitError.at(
                Place(shown(target / path)),
                "foreign-file",
                "a file that the kit did not write stands here",
                hint,
            ).diagnostics
        )
    changed = [path for path, text in files.items() if found.get(path) != text]
    for path in changed:
        write(target / path, files[path].encode())
    gone = [path for path, text in found.items() if path not in files and is_ours(path, text)]
    for path in gone:
        (target / path).unlink()
    removed = f", {len(gone)} removed" if gone else ""
    click.echo(f"{len(files)} files in {shown(target)}: {len(changed)} written{removed}", err=True)
    click.echo(f"next: the store settings in {shown(target / 'checklist.html')}", err=True)
    return 0
