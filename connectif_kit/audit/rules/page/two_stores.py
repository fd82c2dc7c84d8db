"""A page that reports to two stores."""

from collections.abc import Iterator

from connectif_kit.audit.context import PageContext
from connectif_kit.audit.rule import Finding, rule
from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say


def _loader(key: str) -> str:
    return (
        f'<script id="__cn_generic_script__{key}">'
        f'"https://cdn.connectif.cloud/eu5/client-script/{key}"</script>'
    )


_ONE = _loader("3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11")
_OTHER = _loader("9d1f8a52-7c1b-4a54-8f43-2a6a3de1c0aa")


@rule(Severity.ERROR, bad=f"<body>{_ONE}{_OTHER}</body>", good=f"<body>{_ONE}</body>")
def two_stores(context: PageContext) -> Iterator[Finding]:
    """The page has loaders of two stores.

    There is one `window.connectif` in a page: the two clients disturb each other, and which store
    gets the visit is a matter of luck. A shop in several languages has a store for each, on its own
    pages.
    """
    first = context.loaders[0].keys if context.loaders else ()
    for loader in context.loaders[1:]:
        if loader.keys and first and not set(loader.keys) & set(first):
            yield Finding(
                loader.node,
                say(
                    "a second store's loader: {second} beside {first}", second=loader.keys[0], first=first[0]
                ),
                say("keep the one of this shop"),
            )
