"""Where the documentation is published, and the addresses of its pages."""

from __future__ import annotations

DOCS = "https://connectif-kit.readthedocs.io/en/latest/"
"""As pyproject.toml and zensical.toml name it; a test holds the three to one another."""


def page(name: str, anchor: str) -> str:
    """The address of a section: `rules.md` and `missing-tag` give `…/rules/#missing-tag`."""
    return f"{DOCS}{name.removesuffix('.md')}/#{anchor}"
