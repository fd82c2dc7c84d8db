"""The variables that an include reads, as a TypeScript type: for languages whose includes are typed."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import TypeAlias

from connectif_kit.build.targets.shape import Property, Step

_Tree: TypeAlias = "dict[Step, _Tree | str]"
"""Names and places in lists, each with what is below it or the type that it has."""


def typescript(whole: Property) -> str:
    """The type of the object that holds all variables of a tag; `Texts` is one text or many, or none."""
    inside: _Tree = {}
    for each in whole.inside or (whole,):
        for steps in each.ways:
            _grown(inside, steps, _leaf(each))
    if not whole.inside:
        return _written(inside)
    for step in reversed(whole.steps):
        inside = {step: inside}
    return _written(inside)


def _leaf(each: Property) -> str:
    if each.inside:
        return f"readonly {typescript(Property(each.name, inside=each.inside))}[]"
    return "Texts"


def _grown(tree: _Tree, steps: Sequence[Step], leaf: str) -> _Tree:
    """The tree with a leaf where steps lead; where something else is already, nobody can say what it is."""
    at = tree
    for step in steps[:-1]:
        below = at.setdefault(step, {})
        if isinstance(below, str):
            at[step] = "any"
            return tree
        at = below
    if steps:
        at[steps[-1]] = leaf if at.get(steps[-1], leaf) == leaf else "any"
    return tree


def _written(tree: _Tree | str) -> str:
    if isinstance(tree, str):
        return tree
    if any(isinstance(step, int) for step in tree):
        kinds = {_written(below) for below in tree.values()}
        return f"readonly {f'({kinds.pop()})' if len(kinds) == 1 else 'any'}[]"
    if not tree:
        return "object"
    members = "".join(f"\n{_name(str(step))}?: {_member(below)};" for step, below in tree.items())
    return "{" + members.replace("\n", "\n  ") + "\n}"


def _member(below: _Tree | str) -> str:
    return below if below in ("Texts", "any") else f"{_written(below)} | null"


def _name(step: str) -> str:
    return step if re.fullmatch(r"[A-Za-z_]\w*", step, re.ASCII) else json.dumps(step)
