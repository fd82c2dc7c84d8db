"""turbohtml's parser without the rest of its package, which is read by nobody here: 17 ms of each start.

The package's own `__init__` imports forty modules, for Markdown, articles, feeds and the like. Here its core
is taken alone, with the records that it fills in; where that does not work with some version, all of it.
`import turbohtml` elsewhere gives the whole package, of the same classes. `benchmarks/run.py` shows starts.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec, module_from_spec

__all__ = [
    "CData",
    "Comment",
    "Doctype",
    "Document",
    "DocumentFragment",
    "Element",
    "Node",
    "SourceLocation",
    "SourceSpan",
    "Text",
    "Token",
    "TokenType",
    "parse",
    "tokenize",
]


@contextmanager
def _package_unread() -> Iterator[None]:
    """For a while a package that only says where its modules lie; one that was read already stays."""
    spec = None if "turbohtml" in sys.modules else find_spec("turbohtml")
    if spec is None:
        yield
        return
    sys.modules["turbohtml"] = module_from_spec(spec)
    try:
        yield
    finally:
        del sys.modules["turbohtml"]


def _assure(found: object, expected: type) -> None:
    """That the core works without its package. Raises ImportError."""
    if not isinstance(found, expected):
        raise ImportError(f"turbohtml gives {type(found)}")  # noqa: TRY004 - what the package would raise


try:
    with _package_unread():
        from turbohtml._html import (
            CData,
            Comment,
            Doctype,
            Document,
            DocumentFragment,
            Element,
            Node,
            Text,
            Token,
            TokenType,
            parse,
            tokenize,
        )
        from turbohtml._internal import _selectors  # noqa: F401 - the core raises its error
        from turbohtml._internal._locations import SourceLocation, SourceSpan
    _assure(parse("<p>", source_locations=True).select("p")[0].source_location, SourceLocation)
except Exception:
    from turbohtml import (
        CData,
        Comment,
        Doctype,
        Document,
        DocumentFragment,
        Element,
        Node,
        SourceLocation,
        SourceSpan,
        Text,
        Token,
        TokenType,
        parse,
        tokenize,
    )
