"""What a run starts from: the plan, the built site, the files of `module:` sources."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from connectif_kit.core.diagnostics import KitError, Misuse, Place
from connectif_kit.core.files import reason
from connectif_kit.core.messages import either, say
from connectif_kit.core.wording import shown
from connectif_kit.plan.loaded import LoadedPlan
from connectif_kit.plan.locate import file_of, find, others, store_of


def read_plan(config: Path) -> LoadedPlan:
    """The plan in a file, or of one store of it. Raises KitError with every mistake, and OSError."""
    from connectif_kit.plan.load import load

    file = file_of(config)
    return load(shown(file), file.read_bytes(), file.parent, store_of(config))


def plan_here(config: Path | None) -> tuple[LoadedPlan, Path]:
    """The plan and its folder. Raises KitError with every mistake, or where there is no plan."""
    path = config or find(Path.cwd())
    if path is None or not file_of(path).is_file():
        missing = str(config or "connectif.yaml")
        hint = say("`connectif-kit new` makes a shop to try, `connectif-kit new --here` a plan for this site")
        if config is None and (stores := others(Path.cwd())):
            named = either(f"-c {shown(each)}" for each in stores)
            hint = say("this command takes one store at a time: {named}", named=named)
        raise KitError.at(Place(missing), "no-plan", say("there is no plan here"), hint)
    return read_plan(path), path.parent.resolve()


def built_site(site: Path | None, folder: Path, loaded: LoadedPlan) -> Path:
    """The folder of the built site: the one that is named, else the plan's.

    Raises Misuse, with the plan's line, where there is none.
    """
    root = site or folder / loaded.plan.site.root
    if not root.is_dir():
        where = "" if site else f" (site.root, {loaded.place('site', 'root')})"
        raise Misuse(
            say(
                "there is no folder {root}{where}: build your site first, or name its folder",
                root=shown(root),
                where=where,
            )
        )
    return root


def module_reader(folder: Path) -> Callable[[str], str]:
    """Reads `module:` files, from the plan's folder and below it only."""

    def read(path: str) -> str:
        file = (folder / path).resolve()
        if not file.is_relative_to(folder.resolve()):
            raise KitError.at(
                Place(path), "bad-module", say("a module lies in the plan's folder or below it")
            )
        try:
            return file.read_text(encoding="utf-8")
        except OSError as error:
            raise reason(error, path) from None
        except UnicodeDecodeError:
            raise KitError.at(Place(path), "bad-module", say("the file is not UTF-8")) from None

    return read
