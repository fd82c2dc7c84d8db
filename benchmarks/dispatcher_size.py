"""What each part of the dispatcher costs in the production build, in bytes of the gzipped file.

Run from the project's folder: `python benchmarks/dispatcher_size.py`. The bars: 4096 bytes for the starter,
6144 for the richest plan. A part's cost is what the file is shorter by without it: parts that resemble each
other compress well together, so the costs do not add up to the whole.
"""

from __future__ import annotations

import gzip
import sys
from collections.abc import Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from connectif_kit.build.dispatcher import Dispatcher, dispatcher
from connectif_kit.build.minified import joined, keyed, name_shared
from connectif_kit.core.templates import to_literal
from connectif_kit.plan.load import load
from connectif_kit.vocabulary.kinds import Json
from tests.browser.shop import written
from tests.unit.build.test_dispatcher import EVERYTHING, MODULES, STARTER

Costs = dict[str, int]


def main() -> None:
    """Print the table."""
    starter = costs(dispatcher(load("connectif.yaml", STARTER.read_bytes()), str))
    plan = load("connectif.yaml", written(EVERYTHING).encode())
    richest = costs(dispatcher(plan, MODULES.__getitem__))
    print("| part | starter | richest |")
    print("| --- | ---: | ---: |")
    for name in sorted({*starter, *richest}, key=lambda name: -richest.get(name, starter.get(name, 0))):
        print(f"| {name} | {starter.get(name, '')} | {richest.get(name, '')} |")


def costs(made: Dispatcher) -> Costs:
    """Part, or key of the data → bytes."""
    parts, features, data = made.parts(dev=False), [*made.features], made.needed
    whole = size(parts, features, data)
    found = {"**the whole file**": whole}
    for part in parts:
        found[f"`{part}`"] = whole - size([one for one in parts if one != part], features, data)
    for feature in features:
        if f"dispatcher/{feature}" not in parts and f"sources/{feature}" not in parts:
            left = [one for one in features if one != feature]
            found[f"feature `{feature}`"] = whole - size(parts, left, data)
    for key in data:
        rest = {name: value for name, value in data.items() if name != key}
        found[f"the plan's `{key}`"] = whole - size(parts, features, rest)
    return {name: cost for name, cost in found.items() if cost > 0}


def size(parts: Iterable[str], features: Iterable[str], data: dict[str, Json]) -> int:
    """Bytes of a production script without its stamp and its modules."""
    code = name_shared(f"window.connectifKit||($plan=>{{{joined(parts, features)}}})")
    literal = to_literal(keyed({"rules": [], "pages": [], **data}))
    return len(gzip.compress(f"{code}({literal});\n".encode(), 9))


if __name__ == "__main__":
    main()
