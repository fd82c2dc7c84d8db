"""A second way by which the client comes into the page."""

from collections.abc import Iterator

from connectif_kit.audit.context import PageContext
from connectif_kit.audit.rule import Finding, rule
from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say
from connectif_kit.core.patterns import lazily

_LOADER = (
    '<script id="__cn_generic_script__3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11">'
    '"https://cdn.connectif.cloud/eu5/client-script/3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11"</script>'
)

_MODULES = {
    say("a PrestaShop module"): lazily(r"/modules/connectif/"),
    say("a WordPress plugin"): lazily(r"/wp-content/plugins/[^/]*connectif[^/]*/"),
    say("the Shopify app"): lazily(r"sfy-app\.connectif\.cloud"),
    say("a Magento module"): lazily(r"/Connectif_[A-Za-z]+/"),
}


@rule(
    Severity.WARNING,
    bad=f'<body>{_LOADER}<script src="/modules/connectif/views/js/front.js"></script></body>',
    good=f'<body>{_LOADER}<script src="/connectif/connectif-events.min.js"></script></body>',
)
def second_way(context: PageContext) -> Iterator[Finding]:
    """Beside the loader, a shop module's script is on the page, which brings the client by itself.

    A client that starts twice sends, and bills, everything twice. Loaders that a tag manager's
    snippet holds in its text are found by `duplicate-loader`.
    """
    for node in context.scripts if context.loaders else ():
        source = node.attributes.get("src", "")
        for name, pattern in _MODULES.items() if source else ():
            if pattern.search(source):
                yield Finding(
                    node,
                    say("{name} loads the client too: {source}", name=name, source=source[:80]),
                    say("keep one way: loader or module"),
                )
