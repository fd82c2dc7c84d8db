"""Nunjucks, as in Eleventy. https://mozilla.github.io/nunjucks/templating.html"""

from connectif_kit.build.targets.target import Target

NUNJUCKS = Target(
    name="nunjucks",
    doc="Nunjucks, with or without autoescape; Eleventy.",
    suffix=".njk",
    comment=("{#- ", " -#}"),
    usage='include "connectif/{file}"',
    home="_includes/connectif",
)
