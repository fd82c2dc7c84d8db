"""Hugo's Go templates, as partials. https://gohugo.io/templates/partial/"""

from collections.abc import Sequence

from connectif_kit.build.targets.target import Target


def _scope(reads: Sequence[str]) -> str:
    """A page where names are those of a page (`Params.sku`, `Title`); else its front matter."""
    return "." if not reads or any(name[:1].isupper() for name in reads) else ".Params"


HUGO = Target(
    name="hugo",
    doc="Hugo partials.",
    suffix=".html",
    comment=("{{- /* ", " */ -}}"),
    usage='partial "connectif/{file}" {scope}',
    home="layouts/partials/connectif",
    scope=_scope,
)
