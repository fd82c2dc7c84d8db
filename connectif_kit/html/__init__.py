"""Pages as trees with positions: the only place that knows a parser."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from typing import Literal

from connectif_kit.html.hidden import Hidden
from connectif_kit.html.insertion import Insertion, insertion_points
from connectif_kit.html.node import Comment, Node, Page
from connectif_kit.html.scripts import hindrance, is_code, without_comments
from connectif_kit.html.source import Source, Span, apply_edits, decode
from connectif_kit.html.template_signs import TemplateSign, template_sign

__all__ = [
    "Comment",
    "Engine",
    "Hidden",
    "Insertion",
    "Node",
    "Page",
    "Source",
    "Span",
    "TemplateSign",
    "apply_edits",
    "decode",
    "hindrance",
    "insertion_points",
    "is_code",
    "parse",
    "template_sign",
    "without_comments",
]

Engine = Literal["auto", "turbohtml", "beautifulsoup"]


def parse(source: Source, *, engine: Engine = "auto") -> Page:
    """A page's tree, as a browser that runs scripts would build it before it runs one.

    Any text makes a tree. `auto` is turbohtml where it is installed and Beautiful Soup elsewhere.
    """
    return _parser(engine)(source)


@cache
def _parser(engine: Engine) -> type[Page]:
    if engine == "turbohtml" or (engine == "auto" and find_spec("turbohtml")):
        from connectif_kit.html.turbo import TurboPage

        return TurboPage
    if engine not in ("auto", "beautifulsoup"):
        raise ValueError(f"no such engine: {engine}")
    from connectif_kit.html.soup import SoupPage

    return SoupPage
