"""A loader whose parts name different stores."""

from collections.abc import Iterator

from connectif_kit.audit.context import PageContext
from connectif_kit.audit.rule import Finding, rule
from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say

_KEY = "3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11"
_OTHER = "9d1f8a52-7c1b-4a54-8f43-2a6a3de1c0aa"


def _loader(key: str) -> str:
    return (
        f'<body><script id="__cn_generic_script__{key}">'
        f'"https://cdn.connectif.cloud/eu5/client-script/{_KEY}"</script></body>'
    )


@rule(Severity.ERROR, bad=_loader(_OTHER), good=_loader(_KEY))
def mismatched_loader(context: PageContext) -> Iterator[Finding]:
    """One loader names several store ids: in its own id, its guard, its address.

    Somebody changed one and forgot the others: the guard against loading twice no longer works.
    """
    for loader in context.loaders:
        if len({key.lower() for key in loader.keys}) > 1:
            yield Finding(
                loader.node,
                say("the loader names several stores: {keys}", keys=", ".join(loader.keys)),
                say("copy it again; all its ids must agree"),
            )
