"""The contact, encrypted, in one platform's shops. https://support.connectif.ai/hc/en-us/articles/24979979896348

Its form is not public. Recognised, never generated.
"""

from connectif_kit.vocabulary.model import Tag

PRIVATE_CLIENT_INFO = Tag(
    css_class="cn_private_client_info",
    doc="Who the visitor is, in a form that only the platform's own module writes.",
    article=24979979896348,
    personal=True,
    retired="its form is not public: only Tiendanube's module writes it",
)
