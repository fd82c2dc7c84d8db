"""`python benchmarks/floor.py FOLDER`: what no audit can be below: each page read and parsed.

`--keep` lets the C library keep a tree's memory for the next one, as the audit does: half as long.
"""

from __future__ import annotations

import sys
from pathlib import Path

import turbohtml

if "--keep" in sys.argv:
    bytes(31 << 20)
for path in sorted(Path(sys.argv[1]).rglob("*.html")):
    turbohtml.parse(path.read_bytes().decode("utf-8"), source_locations=True, scripting=True)
