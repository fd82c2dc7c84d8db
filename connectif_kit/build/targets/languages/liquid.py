"""Liquid: Jekyll, Shopify themes, Eleventy. https://shopify.github.io/liquid/"""

from connectif_kit.build.targets.target import Target

LIQUID = Target(
    name="liquid",
    doc="Liquid: Jekyll, Shopify themes, Eleventy.",
    suffix=".liquid",
    comment=("{%- comment -%} ", " {%- endcomment -%}"),
    usage="include connectif/{file}",
    home="_includes/connectif",
)
