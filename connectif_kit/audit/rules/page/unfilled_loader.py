"""A loader whose template was never filled in."""

from collections.abc import Iterator

from connectif_kit.audit.context import PageContext
from connectif_kit.audit.rule import Finding, rule
from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say

_KEY = "3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11"


def _loader(key: str) -> str:
    return (
        f'<body><script id="__cn_generic_script__{key}">'
        f'"https://cdn.connectif.cloud/eu5/client-script/{key}"</script></body>'
    )


@rule(
    Severity.ERROR,
    bad=(
        _loader("{{ ID }}"),
        _loader("<%= store %>"),
        '<body><script src="https://cdn.connectif.cloud/eu5/client-script/{{ ID }}"></script></body>',
    ),
    good=_loader(_KEY),
)
def unfilled_loader(context: PageContext) -> Iterator[Finding]:
    """The loader has a template's placeholder where the store's id or environment should be.

    It asks for a file that does not exist, and nothing is recorded. Most often the page was built
    without the template language that the snippet was written for.
    """
    for loader in context.idle_loaders:
        if loader.unfilled and not loader.node.in_template:
            yield Finding(
                loader.node,
                say("`{unfilled}` was never filled in: this loader loads nothing", unfilled=loader.unfilled),
                say("let the template fill it in, or remove this loader"),
            )
