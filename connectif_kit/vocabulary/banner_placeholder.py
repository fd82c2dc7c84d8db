"""Banners, out of use since 2021. https://support.connectif.ai/hc/en-us/articles/360016082459

Their place is taken by inline web content. Recognised, never generated.
"""

from connectif_kit.vocabulary.model import Tag

BANNER_PLACEHOLDER = Tag(
    css_class="cn_banner_placeholder",
    doc="A place for a banner, known by the element's id.",
    article=360016082459,
    retired="banners are out of use since 2021: use inline web content",
)
