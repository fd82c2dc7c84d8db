"""Put the integration into built pages, and take it out again, byte for byte."""

from connectif_kit.inject.page import (
    Found,
    Injected,
    Kit,
    ProductOn,
    Stripped,
    inject,
    kit_for,
    label_tags,
    located,
    strip,
)

__all__ = [
    "Found",
    "Injected",
    "Kit",
    "ProductOn",
    "Stripped",
    "inject",
    "kit_for",
    "label_tags",
    "located",
    "strip",
]
