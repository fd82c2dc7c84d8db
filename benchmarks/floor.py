"""`python benchmarks/floor.py FOLDER`: what no audit can be below: each page read and parsed."""

from __future__ import annotations

import sys
from pathlib import Path

import turbohtml

for path in sorted(Path(sys.argv[1]).rglob("*.html")):
    turbohtml.parse(path.read_bytes().decode("utf-8"), source_locations=True, scripting=True)
