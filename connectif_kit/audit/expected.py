"""What the plan renders now, as far as pages and files are held against it; kept, as a build takes long."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from connectif_kit.audit import facts
from connectif_kit.audit.run_cache import InputTracker
from connectif_kit.audit.site import ExpectedOutput
from connectif_kit.core import kept
from connectif_kit.core.diagnostics import KitError
from connectif_kit.plan.loaded import LoadedPlan
from connectif_kit.plan.workspace import module_reader

_FILE = "expected.json"


def expected(
    loaded: LoadedPlan, folder: Path, witness: InputTracker, key: bytes = b"", *, keeps: bool = False
) -> ExpectedOutput | None:
    """The loader and the dispatchers that the plan gives; nothing where a module of its own is wrong.

    `key` is that of the plan's frozen form (`plan.frozen`), empty without one; `keeps` says whether what was
    made is kept under it. What is wrong with modules is `inject`'s and `build`'s to say. `witness` sees the
    files that are read.
    """
    text = kept.read(folder, _FILE, key) if key else None
    known = _recalled(text, folder, witness) if text else None
    if known:
        return known
    files: dict[str, str] = {}
    made = _rendered(loaded, folder, witness, files)
    if made and key and keeps:
        whole = {"files": files, "loader": made.loader, "dispatchers": dict(made.dispatchers)}
        whole |= {"worker": made.worker}
        kept.write(folder, _FILE, key, json.dumps(whole))
    return made


def _recalled(text: str, folder: Path, witness: InputTracker) -> ExpectedOutput | None:
    """What was kept, where none of the plan's modules has changed since."""
    try:
        whole = json.loads(text)
        for path, digest in whole["files"].items():
            witness.saw(folder / path)
            if witness.digest(folder / path) != digest:
                return None
        return ExpectedOutput(
            str(whole["loader"]),
            {name: (version, mark) for name, (version, mark) in whole["dispatchers"].items()},
        )
    except (ValueError, TypeError, LookupError, AttributeError):
        return None


def _rendered(
    loaded: LoadedPlan, folder: Path, witness: InputTracker, files: dict[str, str]
) -> ExpectedOutput | None:
    from connectif_kit.build import render  # jinja2 and all of `build`, of which nothing is needed above
    from connectif_kit.inject import kit_for

    read = module_reader(folder)

    def seen(path: str) -> str:
        files[path] = witness.digest(witness.saw(folder / path))
        return read(path)

    try:
        rendered = render(loaded, seen)
    except KitError:
        return None
    return expected_output(rendered, kit_for(loaded, rendered).loader)


def expected_output(files: Mapping[str, str], loader: str) -> ExpectedOutput:
    """What the rules need of what `render` made."""
    from connectif_kit.build.stamp import digest

    dispatchers = {
        name: (digest(text), facts.text_mark(text))
        for name, text in files.items()
        if "connectif-events" in name
    }
    worker = files.get("service-worker.js")
    return ExpectedOutput(facts.mark(loader), dispatchers, facts.text_mark(worker) if worker else "")
