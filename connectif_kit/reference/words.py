"""The words that `explain` knows and that are not a key, tag, event, rule or check."""

from __future__ import annotations

from connectif_kit.build.targets import known
from connectif_kit.core.glossary import WORDS
from connectif_kit.reference import markdown
from connectif_kit.reference.markdown import prose
from connectif_kit.vocabulary import PAGE_KINDS
from connectif_kit.vocabulary.shop_exports import SHOP_EXPORTS


def page() -> str:
    """Words, template languages and shop systems."""
    lines = markdown.head("Words", "glossary.py")
    for word in WORDS:
        lines += [f"## {word.name}", "", f"*{prose(word.what)}*", "", prose(word.doc), ""]
        lines += ["```text", word.example, "```", ""] if word.example else []
    lines += ["## Kinds of page", ""]
    lines += markdown.table(["Kind", "Pages"], ([f"`{k.name}`", prose(k.doc)] for k in PAGE_KINDS.values()))
    lines += ["", "## Template languages", "", "What `build --target` takes.", ""]
    rows = (
        [f"`{name}`", prose(each.doc), f"`{each.home}`" if each.home else ""]
        for name, each in known().items()
    )
    lines += markdown.table(["Target", "For", "Copy its folder to"], rows)
    lines += ["", "## Shop systems", "", "What `catalog.preset` takes.", ""]
    lines += [f"* `{name}`" for name in SHOP_EXPORTS]
    return markdown.page(lines)
