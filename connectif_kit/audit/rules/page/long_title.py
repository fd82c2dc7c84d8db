"""A title that is too long."""

from collections.abc import Iterator

from connectif_kit.audit.context import PageContext
from connectif_kit.audit.rule import Example, Finding, rule
from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say
from connectif_kit.vocabulary import ENTITIES

_PAGE = (
    "<!doctype html><title>%s</title><body>"
    '<script id="__cn_generic_script__3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11">load()</script></body>'
)
_MOST = ENTITIES["page_info"].by_html["title"].max_length or 0


@rule(Severity.NOTICE, bad=Example(_PAGE % ("Mugs " * 11)), good=Example(_PAGE % "Mugs"))
def long_title(context: PageContext) -> Iterator[Finding]:
    """The page's title is longer than the platform keeps.

    A visit is recorded with the first 50 characters of `<title>` (article 360014710840): where they
    are the same on every page, visits cannot be told apart.
    """
    if not context.loaders:
        return
    titles = context.page.select("head > title")
    title = " ".join(titles[0].text.split()) if titles else ""
    if len(title) > _MOST:
        yield Finding(
            titles[0],
            say(
                "the title has {length} characters; {most} are kept: `{kept}`",
                length=len(title),
                most=_MOST,
                kept=title[:_MOST],
            ),
            say(
                "put first what tells the page from others; where that is so, "
                "`audit: {ignore: [long-title]}` in the plan accepts it"
            ),
        )
