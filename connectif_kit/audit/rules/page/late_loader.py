"""A loader that is not the first thing in the body."""

from collections.abc import Iterator

from connectif_kit.audit.context import PageContext
from connectif_kit.audit.rule import Finding, rule
from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say

_LOADER = (
    '<script id="__cn_generic_script__3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11">'
    '"https://cdn.connectif.cloud/eu5/client-script/3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11"</script>'
)


@rule(
    Severity.NOTICE,
    bad=f"<body><h1>Mugs</h1>{_LOADER}</body>",
    good=(f"<body>{_LOADER}<h1>Mugs</h1></body>", f"<body><script>1</script>{_LOADER}</body>"),
)
def late_loader(context: PageContext) -> Iterator[Finding]:
    """The loader does not stand first in `<body>`.

    That is where it belongs (article 360014628900): the client is fetched as early as can be, and
    nothing that breaks further down the page keeps it away. It works elsewhere too.
    """
    if context.hydration:
        return  # where it stands is React's to say, and its own streaming may come first
    loader = next((loader for loader in context.loaders if loader.form == "inline"), None)
    parent = loader.node.parent if loader else None
    if loader is None or (parent and parent.tag == "body" and loader.node.before is None):
        return
    for child in context.body.children if context.body else ():
        if child is loader.node:
            return
        if child.tag not in ("script", "link", "style", "template", "noscript") and not _ours(child.classes):
            break
    yield Finding(
        loader.node, say("the loader is not the first element of <body>"), say("move it to the body's start")
    )


def _ours(classes: tuple[str, ...]) -> bool:
    return any(name.startswith("cn_") for name in classes)
