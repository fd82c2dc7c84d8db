"""An event of a plan."""

from __future__ import annotations

from typing import Any


def custom(**more: Any) -> dict[str, Any]:
    return {"send": "custom", "alias": "x", **more}
