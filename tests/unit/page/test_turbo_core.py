"""The parser is taken without its package, and whoever asks for the package has the same classes."""

from __future__ import annotations

import subprocess
import sys

ASKED = """
import sys
from connectif_kit.page.html import decode, parse
page = parse(decode("page.html", b"<!doctype html><p class=x>a<!-- c --></p>"), engine="turbohtml")
assert [node.start_tag for node in page.select("p")] == [(15, 26)]
assert [comment.text for comment in page.comments()] == [" c "]
try:
    page.select("p[")
except ValueError:
    pass
else:
    raise AssertionError("no selector")
assert "turbohtml.extract" not in sys.modules
import turbohtml
from connectif_kit.page.html import turbo_core
assert turbohtml.Element is turbo_core.Element
assert turbohtml.SourceLocation is turbo_core.SourceLocation
assert turbohtml.parse("<p>a</p>").to_markdown().strip() == "a"
print("as it should be")
"""


def test_a_page_is_read_without_the_parsers_whole_package_which_is_there_for_others() -> None:
    done = subprocess.run([sys.executable, "-c", ASKED], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("as it should be\n", "")
