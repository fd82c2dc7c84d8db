"""A page that does not say how its letters are written."""

from collections.abc import Iterator

from connectif_kit.audit.context import PageContext
from connectif_kit.audit.rule import Finding, rule
from connectif_kit.audit.values import texts
from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say
from connectif_kit.page.html import Node

_PAGE = '<!doctype html><head>%s</head><body><div class="cn_page_tag" style="display:none">%s</div></body>'
_DECLARED = 'meta[charset], meta[http-equiv="content-type" i][content*="charset" i]'


@rule(
    Severity.NOTICE,
    bad=_PAGE % ("", "café"),
    good=(_PAGE % ('<meta charset="utf-8">', "café"), _PAGE % ("", "caf&eacute;"), _PAGE % ("", "mug")),
)
def undeclared_charset(context: PageContext) -> Iterator[Finding]:
    """A value has letters beyond ASCII, and the page names no charset.

    Unless the server names one in its `Content-Type` header, which a file cannot show, whoever reads
    the page guesses, and `café` becomes `cafÃ©`.
    """
    if not context.static or not context.is_document or context.text.isascii() or _is_declared(context):
        return
    for name, node, text in texts(context):
        if not text.isascii() and not _written(context, node).isascii():
            yield Finding(
                node,
                say(
                    "`{name}` has letters beyond ASCII, and the page names no charset: without one "
                    "in the server's header it is garbled",
                    name=name,
                ),
                say('put <meta charset="utf-8"> first in <head>'),
                about=name,
            )
            return


def _is_declared(context: PageContext) -> bool:
    return bool(context.page.source.bom) or context.text.startswith("<?xml") or context.page.has(_DECLARED)


def _written(context: PageContext, node: Node) -> str:
    start, end = node.start_tag, node.end_tag
    return context.text[start.end : end.start] if start and end else ""
