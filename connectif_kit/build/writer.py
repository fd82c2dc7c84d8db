"""Write what the plan renders into a folder, or say how the folder differs from it."""

from __future__ import annotations

from difflib import unified_diff
from pathlib import Path

from connectif_kit.build import render
from connectif_kit.build import targets as languages
from connectif_kit.build.stamp import State, is_ours, state
from connectif_kit.core.console import Console
from connectif_kit.core.diagnostics import Diagnostic, KitError, Place, Severity
from connectif_kit.core.files import TEMPORARY, write
from connectif_kit.core.language import LANGUAGES, of_store
from connectif_kit.core.messages import say
from connectif_kit.core.records import dataclass
from connectif_kit.core.wording import shown
from connectif_kit.plan.loaded import LoadedPlan
from connectif_kit.plan.locate import store_of
from connectif_kit.plan.models import PAGE_DATA
from connectif_kit.plan.workspace import module_reader, plan_here


@dataclass(frozen=True, slots=True)
class Options:
    """The command line's options, named as there; everything has the default that it has there.

    `language` is the code of the one that the store's people read; empty where `store.language` says it.
    """

    config: Path | None = None
    output: Path | None = None
    check: bool = False
    language: str = ""
    targets: tuple[str, ...] = ()


def run(options: Options, console: Console) -> list[Diagnostic]:
    """Build, or check what was built; what there is to say of the plan and the files.

    Raises KitError for a plan that cannot be built, and for a file of somebody else's in our place.
    """
    loaded, folder = plan_here(options.config)
    target = options.output or folder / _folder(options.config)
    language = LANGUAGES.get(options.language) or of_store(loaded.plan.store.language)
    files = languages.added(
        render(loaded, module_reader(folder), language), loaded, _targets(target, options.targets)
    )
    found = [*loaded.notes, *_no_catalogue(loaded, folder)]
    if options.check:
        return [*found, *_check(target, files, console)]
    _write(target, files, console)
    _placed(target, options.targets, console)
    return found


def _folder(config: Path | None) -> str:
    """`connectif`, or `connectif-es` for one store of several: `connectif.es.yaml`, `connectif.yaml#es`."""
    if config and store_of(config):
        return f"connectif-{store_of(config)}"
    stem = config.stem if config else ""
    return stem.replace(".", "-") if stem.startswith("connectif.") else "connectif"


def _placed(output: Path, named: tuple[str, ...], console: Console) -> None:
    """Say where the includes of a template language belong."""
    for name in named:
        if home := languages.known()[name].home:
            console.say(f"copy {shown(output / name)} to {home}")


def _no_catalogue(loaded: LoadedPlan, folder: Path) -> list[Diagnostic]:
    """That the catalogue's file is not there; nothing built needs it yet, the products do."""
    source = loaded.plan.catalog.source
    if source is None or source in PAGE_DATA or (folder / source).exists():
        return []
    message = say("catalog.source: there is no {folder}", folder=shown(folder / source))
    place = loaded.document.place(("catalog", "source"))
    hint = say("the path counts from the plan's folder")
    return [Diagnostic("no-catalogue", Severity.NOTICE, message, place, hint)]


def _targets(output: Path, named: tuple[str, ...]) -> list[str]:
    """The template languages to build: those named, and those that are there."""
    there = (
        name
        for name, target in languages.known().items()
        if (file := output / target.path("loader")).is_file()
        and is_ours(file.name, file.read_text(encoding="utf-8", errors="replace"))
    )
    return sorted({*named, *there})


def _found(target: Path) -> dict[str, str]:
    """The texts in the output folder, without what a killed run has left; of other files nothing is said."""
    found = {}
    for path in sorted(target.rglob("*")):
        if path.is_file() and not path.is_symlink() and not path.name.endswith(TEMPORARY):
            try:
                found[path.relative_to(target).as_posix()] = path.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                continue
    return found


def _check(target: Path, files: dict[str, str], console: Console) -> list[Diagnostic]:
    """The files that are not as the plan has them, each with its difference shown."""
    found = _found(target)
    ours = {path for path, text in found.items() if is_ours(path, text)}
    stale, hint = list[Diagnostic](), say("`connectif-kit build` writes it")
    for path in sorted({*files, *ours}):
        wanted, there = files.get(path), found.get(path)
        what = state(path, wanted, there)
        if what is not State.CURRENT:
            why = say("{value}; no longer built", value=what.value) if wanted is None else what.value
            name = shown(target / path)
            console.show(f"{name}: {why}\n{_difference(name, there or '', wanted or '')}\n")
            stale.append(Diagnostic("stale-file", Severity.WARNING, why, Place(name), hint))
    if not stale:
        console.say(f"{len(files)} files in {shown(target)} are what the plan says")
        return []
    differs, them = ("differs", "it") if len(stale) == 1 else ("differ", "them")
    said = f"{len(stale)} of {len(files)} files {differs} from the plan; `connectif-kit build` fixes {them}"
    console.say(said)
    return stale


def _difference(name: str, there: str, wanted: str) -> str:
    old, new = there.splitlines(keepends=True), wanted.splitlines(keepends=True)
    lines = unified_diff(old, new, name, f"{name} (built)")
    return "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)


def _write(target: Path, files: dict[str, str], console: Console) -> None:
    found = _found(target)
    foreign = [path for path, text in files.items() if state(path, text, found.get(path)) is State.FOREIGN]
    if foreign:
        hint = say("move it away, or build into another folder with -o")
        message = say("there is a file here that connectif-kit did not write")
        places = (Place(shown(target / path)) for path in foreign)
        raise KitError(Diagnostic("foreign-file", Severity.ERROR, message, at, hint) for at in places)
    changed = [path for path, text in files.items() if found.get(path) != text]
    for path in changed:
        write(target / path, files[path].encode())
    gone = [path for path, text in found.items() if path not in files and is_ours(path, text)]
    for path in gone:
        (target / path).unlink()
    removed = f", {len(gone)} removed" if gone else ""
    console.say(f"{len(files)} files in {shown(target)}: {len(changed)} written{removed}")
    console.say(f"next: the store settings in {shown(target / 'checklist.html')}")
