"""Faults in Python: by the syntax tree, written by position, so that all else stays as it is."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import singledispatchmethod
from itertools import pairwise

from tests.mutation.edits import Mutant

OPERATORS = {
    ast.Lt: ("<", "<="),
    ast.LtE: ("<=", "<"),
    ast.Gt: (">", ">="),
    ast.GtE: (">=", ">"),
    ast.Eq: ("==", "!="),
    ast.NotEq: ("!=", "=="),
    ast.Is: ("is", "is not"),
    ast.IsNot: ("is not", "is"),
    ast.In: ("in", "not in"),
    ast.NotIn: ("not in", "in"),
    ast.And: ("and", "or"),
    ast.Or: ("or", "and"),
    ast.Add: ("+", "-"),
    ast.Sub: ("-", "+"),
    ast.Mult: ("*", "/"),
    ast.Div: ("/", "*"),
    ast.FloorDiv: ("//", "*"),
    ast.Mod: ("%", "*"),
    ast.Pow: ("**", "*"),
    ast.BitOr: ("|", "&"),
    ast.BitAnd: ("&", "|"),
}
NAMES = {
    "min": "max",
    "max": "min",
    "any": "all",
    "all": "any",
    "startswith": "endswith",
    "endswith": "startswith",
    "lower": "upper",
    "partition": "rpartition",
    "rpartition": "partition",
    "removeprefix": "removesuffix",
    "removesuffix": "removeprefix",
}
_WORD = re.compile(r"[^\s\\\[\](){}|]{1,24}").fullmatch
"""A text that is a key, a name or a sign; messages and patterns are left alone."""


def mutants(source: bytes) -> list[Mutant]:
    """Every fault that we know how to make, in the order of the text."""
    return sorted(set(_Maker(source).of(ast.parse(source))))


class _Maker:
    def __init__(self, source: bytes) -> None:
        self.source = source
        self.starts = [0]
        for line in source.splitlines(keepends=True):
            self.starts.append(self.starts[-1] + len(line))

    def of(self, node: ast.AST) -> Iterator[Mutant]:
        """The faults of a node and of what is in it."""
        yield from self.made(node)
        for child in _runs(node):
            yield from self.of(child)

    @singledispatchmethod
    def made(self, _: ast.AST) -> Iterator[Mutant]:
        """The faults of this node alone."""
        yield from ()

    @made.register
    def _(self, node: ast.Compare) -> Iterator[Mutant]:
        for (left, right), op in zip(pairwise([node.left, *node.comparators]), node.ops, strict=True):
            yield from self.operator(left, op, right)

    @made.register
    def _(self, node: ast.BoolOp) -> Iterator[Mutant]:
        for left, right in pairwise(node.values):
            yield from self.operator(left, node.op, right)

    @made.register
    def _(self, node: ast.BinOp) -> Iterator[Mutant]:
        yield from self.operator(node.left, node.op, node.right)

    @made.register
    def _(self, node: ast.UnaryOp) -> Iterator[Mutant]:
        if isinstance(node.op, ast.Not | ast.USub):
            start = self.start(node)
            yield Mutant(start, start + (3 if isinstance(node.op, ast.Not) else 1), "")

    @made.register(ast.If)
    @made.register(ast.While)
    @made.register(ast.IfExp)
    def _(self, node: ast.If) -> Iterator[Mutant]:
        yield self.negated(node.test)

    @made.register
    def _(self, node: ast.comprehension) -> Iterator[Mutant]:
        yield from map(self.negated, node.ifs)

    @made.register
    def _(self, node: ast.Constant) -> Iterator[Mutant]:
        new = _other(node.value)
        if new is not None:
            yield self.replaced(node, new)

    @made.register
    def _(self, node: ast.Return) -> Iterator[Mutant]:
        if node.value is not None and not isinstance(node.value, ast.Constant):
            yield self.replaced(node.value, "None")

    @made.register
    def _(self, node: ast.Expr) -> Iterator[Mutant]:
        if isinstance(node.value, ast.Call):
            yield self.replaced(node, "pass")

    @made.register
    def _(self, node: ast.Assign) -> Iterator[Mutant]:
        if isinstance(node.targets[0], ast.Attribute | ast.Subscript):
            yield self.replaced(node, "pass")

    @made.register(ast.AugAssign)
    @made.register(ast.Continue)
    @made.register(ast.Break)
    @made.register(ast.Delete)
    def _(self, node: ast.stmt) -> Iterator[Mutant]:
        yield self.replaced(node, "pass")

    @made.register
    def _(self, node: ast.Call) -> Iterator[Mutant]:
        called = node.func
        name = called.id if isinstance(called, ast.Name) else getattr(called, "attr", "")
        if name in NAMES:
            end = self.end(called)
            yield Mutant(end - len(name), end, NAMES[name])

    def operator(self, left: ast.expr, op: ast.AST, right: ast.expr) -> Iterator[Mutant]:
        """The sign between two operands, exchanged."""
        if type(op) not in OPERATORS:
            return
        old, new = OPERATORS[type(op)]
        start = self.end(left)
        sign = re.sub(r"\\? ", r"\\s+", re.escape(old)).encode()
        if found := re.search(sign, self.source[start : self.start(right)]):
            yield Mutant(start + found.start(), start + found.end(), new)

    def negated(self, test: ast.expr) -> Mutant:
        """A condition, turned around."""
        return self.replaced(test, f"(not ({self.source[self.start(test) : self.end(test)].decode()}))")

    def replaced(self, node: ast.AST, new: str) -> Mutant:
        """The whole node's text made another."""
        return Mutant(self.start(node), self.end(node), new)

    def start(self, node: ast.AST) -> int:
        """Where the node's text begins, in bytes."""
        return self.starts[node.lineno - 1] + node.col_offset  # type: ignore[attr-defined, no-any-return]  # expr, stmt

    def end(self, node: ast.AST) -> int:
        """Where the node's text ends."""
        return self.starts[node.end_lineno - 1] + node.end_col_offset  # type: ignore[attr-defined, no-any-return]  # as above


def _other(value: object) -> str | None:
    """Another constant of the same kind; nothing where there is none that would mean something."""
    if isinstance(value, bool):
        return str(not value)
    if isinstance(value, int | float):
        return repr(value + 1)
    if isinstance(value, str) and (value == "" or _WORD(value)):
        return repr(f"{value}x")
    return None


def _runs(node: ast.AST) -> Iterator[ast.AST]:
    """What of a node does something when it runs: no types, decorators, docstrings."""
    if isinstance(node, ast.JoinedStr) or _is_named(node, "__all__"):
        return
    if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
        return
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list", "bases", "type_params"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not _is_text(child):
                yield child


def _is_named(node: ast.AST, name: str) -> bool:
    return (
        isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id == name
    )


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
