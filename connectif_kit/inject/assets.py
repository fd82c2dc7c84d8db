"""The files that pages load: written beside them, never over anybody else's."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from connectif_kit.build.stamp import is_ours
from connectif_kit.core.diagnostics import Diagnostic, Place, Severity
from connectif_kit.core.files import (
    is_built,
    shop_root,
)
from connectif_kit.core.messages import say
from connectif_kit.core.wording import shown
from connectif_kit.inject.run import Run
from connectif_kit.page.workers import imported_by_worker, lacking
from connectif_kit.plan.models import Plan
from connectif_kit.vocabulary.platform import DISPATCHERS


def assets(run: Run, plan: Plan, files: dict[str, str]) -> None:
    """The dispatcher and the worker beside the pages; what is ours and no longer wanted goes."""
    wanted = dict(_wanted(plan, files))
    home = shop_root(run.site, plan.store.base)
    assets = home / plan.site.assets.strip("/")
    wanted |= _copies(run, home, wanted)
    places = {*wanted, *_own_assets(assets, home)}
    if plan.service_worker:
        places.add(plan.service_worker.path.strip("/"))
    for place in sorted(places):
        path, text = home / place, wanted.get(place)
        there = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else None
        if text is None and is_built(path.parent):
            continue  # `build` wrote it, or what a generator has copied of that
        if _is_elsewhere(path, run.site) or (there is not None and not is_ours(place, there)):
            run.found(_foreign(path, there or "", text) if text is not None else ())
        elif text != there:
            run.write(path, text.encode() if text is not None else None)
    emptied = not files and not run.dry and assets.is_dir() and not assets.is_symlink()
    if emptied and not any(assets.iterdir()):
        assets.rmdir()


def _is_elsewhere(path: Path, site: Path) -> bool:
    """Whether a link, dangling or not, or something that is not a file stands at a path or leads it out."""
    if path.is_symlink() or (path.exists() and not path.is_file()):
        return True
    return not path.parent.resolve().is_relative_to(site.resolve())


def _wanted(plan: Plan, files: dict[str, str]) -> Iterator[tuple[str, str]]:
    for name in DISPATCHERS:
        if name in files:
            yield f"{plan.site.assets.strip('/')}/{name}", files[name]
    if plan.service_worker and "service-worker.js" in files:
        yield plan.service_worker.path.strip("/"), files["service-worker.js"]


def _own_assets(folder: Path, root: Path) -> Iterator[str]:
    return (path.relative_to(root).as_posix() for path in folder.glob("connectif-events*.js"))


def _copies(run: Run, home: Path, wanted: dict[str, str]) -> dict[str, str]:
    """Further places where a file of ours lies that is wanted: a generator may have copied it there."""
    by_name = {place.rpartition("/")[2]: text for place, text in wanted.items()}
    found = {}
    for relative in run.others:
        name, path = relative.rpartition("/")[2], run.site / relative
        if name not in by_name or not path.is_relative_to(home) or path.is_symlink() or not path.is_file():
            continue
        if is_ours(name, path.read_text(encoding="utf-8", errors="replace")):
            found[path.relative_to(home).as_posix()] = by_name[name]
    return found


def _foreign(path: Path, there: str, text: str) -> Iterator[Diagnostic]:
    """A file of somebody else's stands where ours should be: say how to join them."""
    is_worker, missing = bool(imported_by_worker(text)), lacking(there, text)
    if is_worker and not missing:
        return
    line = f"importScripts({', '.join(json.dumps(each) for each in missing)});"
    hint = (
        say("add this line at its top: {line}", line=line)
        if is_worker
        else say("move it, or set `site.assets`")
    )
    message = say("there is a file here that connectif-kit did not write and is left alone")
    yield Diagnostic("foreign-file", Severity.ERROR, message, Place(shown(path)), hint)
