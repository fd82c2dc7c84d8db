"""The tags as includes in a site's own template language. A language exists because its file is here."""

from __future__ import annotations

import html
import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from connectif_kit.build import loader_script, stamp
from connectif_kit.build.stamp import stamped
from connectif_kit.build.tags import tag as markup
from connectif_kit.build.targets import languages
from connectif_kit.build.targets.letters import MARKS, groups
from connectif_kit.build.targets.shape import sample, shape, variables
from connectif_kit.build.targets.target import Target
from connectif_kit.build.targets.types import typescript
from connectif_kit.core.registry import collect
from connectif_kit.core.templates import BUNDLED
from connectif_kit.vocabulary import TAGS, article

if TYPE_CHECKING:
    from jinja2 import Environment

    from connectif_kit.plan.loaded import LoadedPlan
    from connectif_kit.vocabulary.model import Tag

__all__ = ["Target", "added", "known", "render"]

MANIFEST = "manifest.json"
DISPATCHER = "connectif-events.min.js"


@cache
def known() -> dict[str, Target]:
    """Targets by name."""
    return {target.name: target for target in collect(languages, Target)}


def added(files: Mapping[str, str], loaded: LoadedPlan, names: Iterable[str]) -> dict[str, str]:
    """The files of `build`, with those of template languages; the manifest names them all."""
    more = render(loaded, names, stamp.digest(files[DISPATCHER]))
    if not more:
        return dict(files)
    whole = {path: text for path, text in files.items() if path != MANIFEST} | more
    return dict(sorted({**whole, MANIFEST: stamp.manifest(whole)}.items()))


def render(loaded: LoadedPlan, names: Iterable[str], version: str = "") -> dict[str, str]:
    """Path inside the output folder → include, stamped: loader, events and every tag of each target.

    `version` is the dispatcher's, so that no cache answers for a newer one.
    """
    loader = loader_script(loaded)
    files: dict[str, str] = {}
    for target in (known()[name] for name in dict.fromkeys(names)):
        for name, body in _bodies(loaded, target, loader, version):
            path = target.path(name)
            files[path] = stamped(path, body, target.comment)
    return files


def _bodies(loaded: LoadedPlan, target: Target, loader: str, version: str) -> Iterator[tuple[str, str]]:
    made = _environment()
    context = {"plan": loaded.plan, "target": target, "loader": loader, "version": version}
    for name in target.parts:
        own = [f"targets/{target.name}/{name}.j2", f"targets/{name}.j2"]
        yield name, made.select_template(own).render(context)
    template = made.get_template(f"targets/{target.name}/tag.j2")
    for tag in TAGS.values():
        if not tag.retired:
            yield tag.name, template.render({**context, **_described(loaded, target, tag)})


def _described(loaded: LoadedPlan, target: Target, tag: Tag) -> dict[str, Any]:
    whole = shape(tag, loaded.plan.templates)
    reads = list(dict.fromkeys(variables(whole)))
    return {
        "tag": tag,
        "whole": whole,
        "article": article(tag.article),
        "reads": reads,
        "types": typescript(whole),
        "component": target.file(tag.name),
        "usage": target.usage.format(file=target.path(tag.name).partition("/")[2], scope=target.scope(reads)),
        "markup": markup(tag, tag.example() if tag.label else sample(whole)),
    }


@cache
def _environment() -> Environment:
    """Other delimiters than those of the languages that we write; nothing is escaped, for it is code."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(  # noqa: S701 - what enters are names and neutral texts, checked by the plan
        loader=FileSystemLoader(BUNDLED),
        undefined=StrictUndefined,
        block_start_string="[%",
        block_end_string="%]",
        variable_start_string="[[",
        variable_end_string="]]",
        comment_start_string="[#",
        comment_end_string="#]",
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {"letters": groups, "marks": MARKS}
    made.filters |= {"js": json.dumps, "unescape": html.unescape}
    return made
