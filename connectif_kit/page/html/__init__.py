"""Pages as trees with positions: the only place that knows a parser."""

from __future__ import annotations

from functools import cache
from typing import Literal

from connectif_kit.page.html.engine import PARSERS, Parser, chosen
from connectif_kit.page.html.hidden import Hidden, hidden_tags
from connectif_kit.page.html.insertion import Insertion, insertion_points
from connectif_kit.page.html.node import Comment, Node, Page
from connectif_kit.page.html.scripts import hindrance, is_code, without_comments
from connectif_kit.page.html.source import Source, Span, apply_edits, decode
from connectif_kit.page.html.template_signs import TemplateSign, template_sign

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
    "hidden_tags",
    "hindrance",
    "insertion_points",
    "is_code",
    "parse",
    "template_sign",
    "without_comments",
]

Engine = Literal["auto", "turbohtml", "html5lib"]


def parse(source: Source, *, engine: Engine = "auto") -> Page:
    """A page's tree, as a browser that runs scripts would build it before it runs one.

    Any text makes a tree. `auto` is the parser that `engine.chosen` names, and raises what it raises.
    """
    return _page_type(chosen() if engine == "auto" else engine)(source)


@cache
def _page_type(parser: Parser) -> type[Page]:
    if parser not in PARSERS:
        raise ValueError(f"no such engine: {parser}")
    if parser == "html5lib":
        from connectif_kit.page.html.soup import SoupPage

        return SoupPage
    from connectif_kit.page.html.turbo import TurboPage

    return TurboPage
