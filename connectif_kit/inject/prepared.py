"""What goes into every page, kept between runs: rendering it takes as long as two hundred pages."""

from __future__ import annotations

import json
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path
from typing import Any

from connectif_kit.core import kept
from connectif_kit.core.diagnostics import KitError
from connectif_kit.core.records import dataclass
from connectif_kit.inject.page import Kit, kit_for
from connectif_kit.inject.run import Options
from connectif_kit.plan.loaded import LoadedPlan
from connectif_kit.plan.workspace import module_reader
from connectif_kit.vocabulary.platform import DISPATCHERS

_FILES = (*DISPATCHERS, "service-worker.js")


@dataclass(frozen=True, slots=True)
class Prepared:
    """What pages get, and the files beside them that they load, by name."""

    kit: Kit
    files: dict[str, str]

    @property
    def mark(self) -> bytes:
        """Where it is the same, pages get the same."""
        kit = self.kit
        return blake2b(json.dumps([kit.head, kit.loader, kit.script, kit.hydrated]).encode()).digest()


def prepared(loaded: LoadedPlan, folder: Path, options: Options, key: bytes) -> Prepared:
    """What `render` makes of a plan, of now or of an earlier run; `key` is that of the plan's frozen form.

    Raises KitError where a `module:` source cannot be taken.
    """
    name = f"integration-{_hash(loaded.config.name)[:8]}{'-development' * options.development}.json"
    text = kept.read(folder, name, key) if key else None
    known = _recalled(text, loaded, folder, options) if text else None
    if known:
        return known
    modules: dict[str, str] = {}
    made = _rendered(loaded, folder, options, modules)
    if key and not options.no_cache:
        kit = made.kit
        whole = {"modules": modules, "files": made.files, "kit": [kit.head, kit.loader, kit.script]}
        kept.write(folder, name, key, json.dumps(whole))
    return made


def _recalled(text: str, loaded: LoadedPlan, folder: Path, options: Options) -> Prepared | None:
    """What was kept, where none of the plan's modules has changed since."""
    read = module_reader(folder)
    try:
        whole: dict[str, Any] = json.loads(text)
        head, loader, script = map(str, whole["kit"])
        if any(_hash(read(path)) != digest for path, digest in whole["modules"].items()):
            return None
        files = {str(name): str(text) for name, text in whole["files"].items()}
    except (ValueError, TypeError, LookupError, AttributeError, KitError):
        return None
    return Prepared(Kit(loaded, head, loader, script, options.hydrated), files)


def _rendered(loaded: LoadedPlan, folder: Path, options: Options, modules: dict[str, str]) -> Prepared:
    from connectif_kit.build import render  # and with it all of `build`, which is not needed above

    files = render(loaded, _seen(module_reader(folder), modules))
    kit = kit_for(loaded, files, development=options.development, hydrated=options.hydrated)
    return Prepared(kit, {name: files[name] for name in _FILES if name in files})


def _seen(read: Callable[[str], str], modules: dict[str, str]) -> Callable[[str], str]:
    def reading(path: str) -> str:
        text = read(path)
        modules[path] = _hash(text)
        return text

    return reading


def _hash(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
