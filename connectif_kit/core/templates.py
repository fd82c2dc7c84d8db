"""The Jinja environment: where templates lie, how values enter HTML and JavaScript."""

from __future__ import annotations

import json
import re
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinja2 import BytecodeCache, Environment

_PACKAGE = Path(__file__).parent.parent
BUNDLED = next(p for p in (_PACKAGE / "templates", _PACKAGE.parent / "templates") if p.is_dir())
"""Inside the package in a wheel, beside it in the sources."""


@cache
def environment() -> Environment:
    """Undefined names are errors; `.html` templates escape; `tojson` is the one gate into JavaScript."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(BUNDLED),
        bytecode_cache=_compiled(),
        undefined=StrictUndefined,
        autoescape=lambda name: ".html" in str(name),  # noqa: S701 - JavaScript's one gate is `tojson`
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["tojson"] = to_javascript
    made.filters["minify"] = minify
    made.filters["literal"] = to_literal
    made.globals["part"] = part
    return made


def _compiled() -> BytecodeCache | None:
    """Compiled templates beside their sources, as Python keeps its modules: most of what rendering costs.

    Jinja holds each against its template's text. Where nothing can be written there, all is compiled again.
    """
    from jinja2 import FileSystemBytecodeCache
    from jinja2.bccache import Bucket

    class Kept(FileSystemBytecodeCache):
        def dump_bytecode(self, bucket: Bucket) -> None:
            with suppress(OSError):
                super().dump_bytecode(bucket)

    folder = BUNDLED / "__pycache__"
    with suppress(OSError):
        folder.mkdir(exist_ok=True)
    return Kept(str(folder)) if folder.is_dir() and not sys.dont_write_bytecode else None


def to_javascript(value: Any) -> Any:
    """JSON that may stand in JavaScript and in an HTML `<script>`: ASCII, no `<`, `>`, `&`, `'`.

    Nor does it hold a pair of signs by which a template language begins or ends an expression: JSON
    has such pairs only inside texts (`}}` apart, which means nothing by itself).
    """
    return _escaped(json.dumps(value, ensure_ascii=True, separators=(",", ":")))


def to_literal(value: Any) -> Any:
    """A value as a literal of JavaScript, which is shorter than JSON and as safe: names without quotes."""
    return _escaped(_literal(value))


def _literal(value: Any) -> str:
    if isinstance(value, dict):
        pairs = (
            f"{name if _NAME(name) else json.dumps(name)}:{_literal(one)}" for name, one in value.items()
        )
        return "{" + ",".join(pairs) + "}"
    if isinstance(value, list | tuple):
        # What is null inside is not there; a comma at the end would be no element.
        return "[" + ",".join("" if one is None else _literal(one) for one in value) + "]"
    if isinstance(value, bool):
        return f"!{int(not value)}"
    return json.dumps(value, ensure_ascii=True)


_NAME = re.compile(r"[A-Za-z_]\w*", re.ASCII).fullmatch


def _escaped(text: str) -> Any:
    from markupsafe import Markup

    for char in "<>&'":
        text = text.replace(char, f"\\u{ord(char):04x}")
    for pair in ("{{", "{%", "{#", "%}", "#}"):
        text = text.replace(pair, f"{pair[0]}\\u{ord(pair[1]):04x}")
    return Markup(text)  # noqa: S704 - escaped in the lines above


@cache
def part(path: str) -> str:
    """A part of the dispatcher or the loader as it lies: plain JavaScript, no template."""
    return (BUNDLED / "parts" / f"{path}.js").read_text("utf-8").rstrip()


def minify(source: str) -> str:
    """JavaScript without comments and needless blanks."""
    import rjsmin  # type: ignore[import-untyped]  # it has no stubs

    return str(rjsmin.jsmin(source))
