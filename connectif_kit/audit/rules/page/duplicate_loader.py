"""A page that loads the client twice."""

from collections.abc import Iterator

from connectif_kit.audit.context import PageContext
from connectif_kit.audit.rule import Finding, rule
from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say

_LOADER = (
    '<script id="__cn_generic_script__3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11">'
    '"https://cdn.connectif.cloud/eu5/client-script/3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11"</script>'
)


@rule(Severity.ERROR, bad=f"<body>{_LOADER}{_LOADER}</body>", good=f"<body>{_LOADER}</body>")
def duplicate_loader(context: PageContext) -> Iterator[Finding]:
    """The page loads the client script more than once.

    The vendor's snippet looks for an id that it never sets, so a second copy starts the client
    again: every visit, product and purchase is sent, and billed, twice.
    """
    for loader in context.loaders[1:]:
        if not set(loader.keys) & set(context.loaders[0].keys):
            continue  # two-stores says so
        first = context.page.place(context.loaders[0].node).line
        yield Finding(
            loader.node,
            say(
                "the client script is loaded a second time; the first loader is in line {first}", first=first
            ),
            say("keep one of them"),
        )
