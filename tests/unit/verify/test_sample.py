"""Which pages are visited, and under which address a browser has them."""

from __future__ import annotations

from pathlib import Path

import pytest

from connectif_kit.plan.load import load
from connectif_kit.verify.origin import site_folder
from connectif_kit.verify.sample import pages_by_name


@pytest.mark.parametrize(
    ("file", "match", "address"),
    [
        ("item.php@pid=1.html", "/item.php@pid=1", "/item.php@pid=1.html"),
        ("p/café/index.html", "/p/café", "/p/caf%C3%A9/"),
        ("p/Women+Wear.html", "/p/Women+Wear", "/p/Women+Wear.html"),
        ("p/100%.html", "/p/100%", "/p/100%25.html"),
        ("p/two words.html", "/p/two*", "/p/two%20words.html"),
    ],
)
def test_a_page_is_known_by_the_address_that_browsers_have(
    tmp_path: Path, file: str, match: str, address: str
) -> None:
    path = tmp_path / "public" / file
    path.parent.mkdir(parents=True)
    path.write_text("<!doctype html><html><head></head><body></body></html>", "utf-8")
    plan = f"""
store: {{id: 9d1f8a52-7c1b-4a54-8f43-2a6a3de1c0aa, environment: eu5, url: "https://mugs.example"}}
pages:
  account: {{match: "{match}"}}
  content: {{match: "/**"}}
"""
    loaded = load("connectif.yaml", plan.encode(), tmp_path)
    found = pages_by_name(loaded, site_folder(loaded, tmp_path / "public", tmp_path))
    assert [(name, one.path) for name, samples in found.items() for one in samples] == [("account", address)]
