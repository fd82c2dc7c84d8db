"""What is left to do once a first plan is written: the lines for the build, the files to leave out."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from connectif_kit.core.files import read_start
from connectif_kit.core.generators import Proposal, build_command
from connectif_kit.hooks import hooks

_LAYOUTS = tuple(
    f"{folder}{name}.{end}"
    for folder in ("src/", "")
    for name in ("app/layout", "app/root")
    for end in ("tsx", "jsx", "js", "ts")
)
_COMPONENT = "connectif/jsx/ConnectifLayout"


def left_out(folder: Path, found: Proposal) -> Iterator[str]:
    """How the generator is kept from copying our files into the site."""
    generator = found.generator
    if generator and generator.leaves_out:
        key, _, names = generator.leaves_out.partition(": ")
        text = read_start(folder / found.why, 100_000).decode("utf-8", "replace")
        yield f"so that {generator.name} copies none of our files into the site,"
        if re.search(rf"^{key}\s*:", text, re.MULTILINE):
            yield f"  add to the list `{key}` in {found.why}: {names.strip('[]')}"
        else:
            yield f"  add to {found.why}: {generator.leaves_out}"
    if generator and generator.ignores and not _has_own_sources(folder, found):
        yield f"so that {generator.name} takes none of our files for templates,"
        yield f"  add to {generator.ignores}: connectif"
    if found.root == ".":
        yield "this folder is the site itself: do not deploy connectif.yaml, its schema, connectif/"


def _has_own_sources(folder: Path, found: Proposal) -> bool:
    """Whether the generator reads a folder of its own and never looks at ours beside it."""
    pattern = found.generator.sources if found.generator else ""
    texts = (
        read_start(folder / name, 100_000) for name in (found.generator.files if found.generator else ())
    )
    named = (re.search(pattern, text.decode("utf-8", "replace"), re.MULTILINE) for text in texts if pattern)
    return any(match and match[1].strip("./ ") for match in named)


def hook(found: Proposal) -> Iterator[str]:
    """How the generator's own build can end with ours."""
    generator = found.generator
    if generator and (known := hooks().get(generator.name.lower())):
        option = " -o connectif-hook.mjs" if known.file else ""
        yield f"{generator.name} can run the kit itself: `connectif-kit hook {known.name}{option}`"


def in_react(folder: Path, framework: str) -> Iterator[str]:
    """What to change in the source of an app that hydrates its whole document."""
    layout = next((name for name in _LAYOUTS if (folder / name).is_file()), "the root layout")
    above = os.path.relpath(".", Path(layout).parent) if "/" in layout else ".."
    yield f"{framework} hydrates the whole document, so React renders our parts itself; in {layout}:"
    yield f'  import {{ ConnectifLayout }} from "{Path(above).as_posix()}/{_COMPONENT}";'
    yield "  <body><ConnectifLayout>{children}</ConnectifLayout></body>"


def lines(folder: Path, found: Proposal, *, in_source: bool) -> list[str]:
    """The commands of the whole build; `in_source` where the site is built with our parts in it."""
    root = found.root or "FOLDER"
    after = [f"connectif-kit inject {root}", f"connectif-kit audit {root}"]
    if in_source:
        built = [build_command(folder, found.generator)] if found.generator else []
        return ["connectif-kit build --target jsx", *built, *after]
    return ["connectif-kit build", *after]
