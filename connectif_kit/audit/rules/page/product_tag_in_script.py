"""A product tag that only a script writes."""

import re
from collections.abc import Iterator

from connectif_kit.audit.context import PageContext
from connectif_kit.audit.rule import Example, Finding, rule
from connectif_kit.audit.ways import way_of_product
from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say
from connectif_kit.page.html import Node

_TAG = '<div class="cn_product_visited" style="display:none"></div>'
_WRITES = re.compile(r"""["'`][^"'`\n]*\bcn_product_visited\b""")


@rule(
    Severity.ERROR,
    bad=Example(f"<!doctype html><body><script>document.write('{_TAG}')</script></body>", "/p/mug/"),
    good=Example(f"<!doctype html><body>{_TAG}</body>", "/p/mug/"),
    needs_plan=True,
)
def product_tag_in_script(context: PageContext) -> Iterator[Finding]:
    """`cn_product_visited` is written by a script, while the plan's catalogue is read from the tags.

    The platform's verifier fetches the page and runs no script: the product is never verified
    (article 6078445655324). Write the tag at build time, or choose `catalog: feed` or `api`.
    """
    if context.catalog_by_tags and (script := tag_writer(context)):
        yield Finding(
            script,
            say("only a script writes cn_product_visited: the platform's verifier does not see it"),
            way_of_product(context),
            plan=("integration", "catalog"),
        )


def tag_writer(context: PageContext) -> Node | None:
    """The inline script that writes the product tag, on a page that has none in its HTML."""
    if context.products or not context.mentions("cn_product_visited"):
        return None
    return next((node for node in context.inline_code if _WRITES.search(node.text)), None)
