"""The generated pages of docs/ are current."""

from connectif_kit.audit.page_run import rules
from connectif_kit.reference import DOCS, pages


def test_the_generated_pages_are_current() -> None:
    for name, text in pages().items():
        current = (DOCS / name).read_text(encoding="utf-8")
        assert current == text, "run: python -m connectif_kit.reference write"


def test_every_rule_has_its_section() -> None:
    text = pages()["rules.md"]
    assert all(f"\n## {name}\n" in text for name in rules())
