"""A page without the loader."""

from collections.abc import Iterator

from connectif_kit.audit.rule import Example, Finding, rule
from connectif_kit.audit.view import View
from connectif_kit.diagnostics import Severity

_LOADER = (
    '<script id="__cn_generic_script__3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11">'
    '"https://cdn.connectif.cloud/eu5/client-script/3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11"</script>'
)


@rule(
    Severity.ERROR,
    bad=Example("<!doctype html><title>Mugs</title><body><h1>Mugs</h1></body>"),
    good=Example(f"<!doctype html><title>Mugs</title><body>{_LOADER}<h1>Mugs</h1></body>"),
    needs_plan=True,
)
def missing_loader(view: View) -> Iterator[Finding]:
    """The page does not load the client script.

    Without the loader the page sends nothing: no visit, no product, no cart. It belongs on every
    page (article 360014628900).
    """
    if not view.loaders and view.is_document:
        yield Finding(
            view.top,
            "the page does not load the client script: nothing of it is recorded",
            "`connectif-kit inject` puts it in",
            plan=("store", "id"),
        )
