"""A loader in its older form."""

from collections.abc import Iterator

from connectif_kit.audit.context import PageContext
from connectif_kit.audit.rule import Finding, rule
from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say

_KEY = "3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11"
_OLD = (
    f'<body><script type="text/javascript" async>window._cnid="{_KEY}";window["ConnectifObject"]="cn";'
    f'var s="https://cdn.connectif.cloud/eu5/client-script/{_KEY}";</script></body>'
)
_NEW = (
    f'<body><script id="__cn_generic_script__{_KEY}">'
    f'"https://cdn.connectif.cloud/eu5/client-script/{_KEY}"</script></body>'
)


@rule(Severity.NOTICE, bad=_OLD, good=_NEW)
def legacy_loader(context: PageContext) -> Iterator[Finding]:
    """The loader is of the form that old modules wrote.

    It still loads the client; its queue `window.cn` is read by nobody any more.
    """
    for loader in context.loaders:
        if loader.form == "legacy":
            yield Finding(
                loader.node,
                say("the loader is the one of old modules"),
                say("copy the current one from Store settings › Channels › Web"),
            )
