"""Jinja2: Pelican, MkDocs, Lektor, Nikola, Flask, Django's Jinja backend. https://jinja.palletsprojects.com/templates/"""

from connectif_kit.build.targets.target import Target

JINJA2 = Target(
    name="jinja2",
    doc="Jinja2, with or without autoescape and strict undefined names.",
    suffix=".html",
    comment=("{#- ", " -#}"),
    usage='include "connectif/{file}"',
    home="templates/connectif",
)
