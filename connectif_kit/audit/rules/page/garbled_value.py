"""A value with characters that no text has."""

from collections.abc import Iterator

from connectif_kit.audit.context import PageContext
from connectif_kit.audit.rule import Finding, rule
from connectif_kit.audit.values import texts
from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say
from connectif_kit.core.patterns import lazily

_LABEL = '<div class="cn_page_tag" style="display:none">%s</div>'
# Controls, and what a parser puts where bytes are not of the page's encoding.
_ODD = lazily("[\0-\x08\x0b\x0e-\x1f\x7f-\x9f\ufffd]")


@rule(
    Severity.WARNING,
    bad=(_LABEL % "sale&#8;", _LABEL % "caf&#xFFFD;", _LABEL % "sa&#1;le"),
    good=(_LABEL % "café", _LABEL % "\tsale\n"),
)
def garbled_value(context: PageContext) -> Iterator[Finding]:
    """A value holds a control character, or one that stands for lost text.

    It is stored as it is: nobody sees it, and no search or comparison finds the value. Most often a
    database or a file was read in the wrong encoding.
    """
    for name, node, text in texts(context):
        if found := _ODD.search(text):
            message = say(
                "`{name}` holds U+{code}, which is not text", name=name, code=f"{ord(found[0]):04X}"
            )
            yield Finding(node, message, say("find out where it comes from"), about=name)
