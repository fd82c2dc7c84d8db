"""Faults in JavaScript, by tree-sitter's tree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from tests.mutation.edits import Mutant

if TYPE_CHECKING:
    from tree_sitter import Node, Parser

OPERATORS = {
    "<": "<=",
    "<=": "<",
    ">": ">=",
    ">=": ">",
    "==": "!=",
    "!=": "==",
    "===": "!==",
    "!==": "===",
    "&&": "||",
    "||": "&&",
    "+": "-",
    "-": "+",
    "*": "/",
    "/": "*",
    "%": "*",
}
NAMES = {
    "min": "max",
    "max": "min",
    "some": "every",
    "every": "some",
    "push": "unshift",
    "unshift": "push",
    "toLowerCase": "toUpperCase",
    "startsWith": "endsWith",
    "localStorage": "sessionStorage",
}
TESTS = ("if_statement", "while_statement", "ternary_expression")
_WORD = re.compile(r"[^\s\\\[\](){}|]{0,24}").fullmatch


def mutants(source: bytes) -> list[Mutant]:
    """Every fault that we know how to make, in the order of the text."""
    return sorted(set(_of(_parser().parse(source).root_node)))


def _of(node: Node) -> Iterator[Mutant]:
    yield from _made(node)
    for child in node.children:
        yield from _of(child)


def _made(node: Node) -> Iterator[Mutant]:
    text = (node.text or b"").decode()
    if node.type == "binary_expression":
        sign = node.child_by_field_name("operator")
        if sign and sign.type in OPERATORS:
            yield _replaced(sign, OPERATORS[sign.type])
    elif node.type == "unary_expression" and text[0] in "!-":
        yield Mutant(node.start_byte, node.start_byte + 1, "")
    elif node.type in TESTS:
        if test := node.child_by_field_name("condition"):
            yield _replaced(test, f"(!({(test.text or b'').decode()}))")
    elif node.type == "expression_statement":
        yield _replaced(node, ";")
    elif node.type in ("return_statement", "arrow_function"):
        yield from _without_value(node)
    elif node.type in ("identifier", "property_identifier") and text in NAMES:
        yield _replaced(node, NAMES[text])
    else:
        yield from _constant(node, text)


def _without_value(node: Node) -> Iterator[Mutant]:
    if node.type == "return_statement":
        if len(node.named_children) == 1 and node.named_children[0].type != "undefined":
            yield _replaced(node.named_children[0], "undefined")
        return
    body = node.child_by_field_name("body")
    if body and body.type != "statement_block":
        yield _replaced(body, "undefined")


def _constant(node: Node, text: str) -> Iterator[Mutant]:
    if node.type in ("true", "false"):
        yield _replaced(node, "false" if text == "true" else "true")
    elif node.type == "number":
        yield _replaced(node, f"{int(text) + 1}" if text.isdecimal() else f"({text} + 1)")
    elif node.type == "string" and _WORD(text[1:-1]):
        yield _replaced(node, f"{text[:-1]}x{text[-1]}")


def _replaced(node: Node, new: str) -> Mutant:
    return Mutant(node.start_byte, node.end_byte, new)


@cache
def _parser() -> Parser:
    import tree_sitter_javascript
    from tree_sitter import Language, Parser

    return Parser(Language(tree_sitter_javascript.language()))
