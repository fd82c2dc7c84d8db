"""A heading in capitals."""

from collections.abc import Iterator

from connectif_kit.audit.context import PageContext
from connectif_kit.audit.rule import Finding, rule
from connectif_kit.core.diagnostics import Severity


@rule(Severity.WARNING, bad="<h1>MUGS</h1>", good="<h1>Mugs</h1>")
def shouted_heading(context: PageContext) -> Iterator[Finding]:
    """A heading in capitals."""
    for heading in context.page.select("h1"):
        if heading.text.isupper():
            yield Finding(heading, "this heading shouts")
