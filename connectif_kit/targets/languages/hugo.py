"""Hugo's Go templates, as partials. https://gohugo.io/templates/partial/"""

from connectif_kit.targets.target import Target

HUGO = Target(
    name="hugo",
    doc="Hugo partials.",
    suffix=".html",
    comment=("{{- /* ", " */ -}}"),
    usage='partial "connectif/{file}" .',
)
