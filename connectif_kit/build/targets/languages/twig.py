"""Twig 3: Symfony, Drupal, Craft, Timber. https://twig.symfony.com/doc/3.x/"""

from connectif_kit.build.targets.target import Target

TWIG = Target(
    name="twig",
    doc="Twig 3, with or without autoescape and strict variables.",
    suffix=".html.twig",
    comment=("{#- ", " -#}"),
    usage="include('connectif/{file}')",
    home="templates/connectif",
)
