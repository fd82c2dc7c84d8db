"""What scripts call and assign, read by a real parser: names and those arguments that are written out.

Nothing is run. A constant of the file's own stands for its text; all else that is worked out when the
script runs is `UNKNOWN`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import field
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, NamedTuple

from connectif_kit.core.records import dataclass

if TYPE_CHECKING:
    from tree_sitter import Node, Parser

MOST_BYTES = 3_000_000
"""Of a script; what is longer is not a hand's work."""
DEEPEST = 12
UNKNOWN = None
CUT = "\N{HORIZONTAL ELLIPSIS}"
"""Where in a text a part is worked out at run time."""
_WINDOW = re.compile(r"^(?:(?:window|self|globalThis|top)\.)+")


@dataclass(frozen=True, slots=True)
class Call:
    """`localStorage.setItem("cart", …)`: the name as it is written, without `window.`."""

    name: str
    arguments: tuple[Any, ...]
    line: int

    def text(self, index: int) -> str:
        """An argument that is a text; empty where it is none."""
        found = self.arguments[index] if index < len(self.arguments) else UNKNOWN
        return found if isinstance(found, str) else ""


@dataclass(frozen=True, slots=True)
class Script:
    """A script: where it stands, what it calls, what it assigns to members such as `document.cookie`."""

    path: str
    code: str
    calls: tuple[Call, ...] = ()
    assignments: tuple[Call, ...] = field(default=())

    def at(self, call: Call) -> str:
        """`js/cart.js:12`."""
        return f"{self.path}:{call.line}"


def read(path: str, code: str, first_line: int = 1) -> Script:
    """A script's calls and assignments; `first_line` is where it begins in its page."""
    data = code.encode("utf-8", "replace")
    if len(data) > MOST_BYTES or not can_read():
        return Script(path, code)
    reader = _Reader(data, first_line)
    reader.go(_parser().parse(data).root_node)
    return Script(path, code, tuple(reader.calls), tuple(reader.assignments))


class _Wrapper(NamedTuple):
    """A function of the file's own: what it calls, and which parameter becomes which argument there."""

    name: str
    argument: int
    parameter: int


_PASSED_ON = re.compile(r"Storage\.[gs]etItem$|CustomEvent$|[cC]ookies?\.[gs]et$")
_FUNCTIONS = ("function_declaration", "arrow_function", "function_expression")


@cache
def can_read() -> bool:
    """Whether the parser is there: it has no wheels for every machine."""
    return all(find_spec(name) for name in ("tree_sitter", "tree_sitter_javascript"))


@cache
def _parser() -> Parser:
    import tree_sitter_javascript
    from tree_sitter import Language, Parser

    return Parser(Language(tree_sitter_javascript.language()))


class _Reader:
    """Goes through a tree once; no recursion but in values that are written out."""

    def __init__(self, data: bytes, first_line: int) -> None:
        self.data = data
        self.first_line = first_line
        self.constants: dict[str, object] = {}
        self.calls: list[Call] = []
        self.assignments: list[Call] = []
        self.wrappers: dict[str, _Wrapper] = {}

    def go(self, root: Node) -> None:
        """Constants first: they may stand below what uses them."""
        nodes = list(_all(root))
        for node in nodes:
            if node.type == "variable_declarator":
                self._constant(node)
        for node in nodes:
            if node.type in ("call_expression", "new_expression"):
                self._call(node)
            elif node.type == "assignment_expression":
                self._assignment(node)
        self.calls += [made for call in self.calls if (made := self._through(call))]

    def _through(self, call: Call) -> Call | None:
        """What a call of the file's own `read("cart")` comes to: `localStorage.getItem("cart")`."""
        wrapper = self.wrappers.get(call.name)
        if wrapper is None or not (text := call.text(wrapper.parameter)):
            return None
        return Call(wrapper.name, (*[UNKNOWN] * wrapper.argument, text), call.line)

    def _wraps(self, node: Node, name: str, given: Node) -> None:
        """Remember a function that hands its parameter on to what interests anybody."""
        if not _PASSED_ON.search(name):
            return
        for index, each in enumerate(given.named_children):
            if each.type == "identifier" and (found := self._parameter(node, self._source(each))):
                self.wrappers.setdefault(found[0], _Wrapper(name, index, found[1]))

    def _parameter(self, node: Node, name: str) -> tuple[str, int] | None:
        """The function around with a parameter of this name, and which of its parameters that is."""
        above = node.parent
        while above is not None and above.type not in _FUNCTIONS:
            above = above.parent
        if above is None:
            return None
        several = above.child_by_field_name("parameters")
        one = above.child_by_field_name("parameter")
        parameters = several.named_children if several else [one] if one else []
        named = [self._source(each) for each in parameters]
        holder = above if above.type == "function_declaration" else above.parent
        called = holder.child_by_field_name("name") if holder else None
        return (self._source(called), named.index(name)) if called and name in named else None

    def _constant(self, node: Node) -> None:
        name, value = node.child_by_field_name("name"), node.child_by_field_name("value")
        if name is None or value is None or name.type != "identifier":
            return
        if value.type in ("string", "template_string"):
            key = self._source(name)
            known = self.constants.get(key, UNKNOWN)
            text = self._value(value)
            # A minifier gives one name to many things.
            self.constants[key] = text if known in (UNKNOWN, text) else UNKNOWN

    def _call(self, node: Node) -> None:
        called = node.child_by_field_name("function") or node.child_by_field_name("constructor")
        given = node.child_by_field_name("arguments")
        if called is None or given is None or not (name := self._name(called)):
            return
        values = tuple(self._value(each) for each in given.named_children)
        self.calls.append(Call(name, values, self._line(node)))
        self._wraps(node, name, given)

    def _assignment(self, node: Node) -> None:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if left is not None and right is not None and (name := self._name(left)):
            self.assignments.append(Call(name, (self._value(right),), self._line(node)))

    def _line(self, node: Node) -> int:
        return self.first_line + node.start_point[0]

    def _source(self, node: Node) -> str:
        return self.data[node.start_byte : node.end_byte].decode("utf-8", "replace")

    def _name(self, node: Node) -> str:
        """`dataLayer.push` of `(window.dataLayer = window.dataLayer || []).push`, as of the plain form."""
        steps: list[str] = []
        for _ in range(DEEPEST):
            if node.type == "member_expression":
                steps.append(self._source(_child(node, "property")))
                node = _child(node, "object")
            elif node.type == "subscript_expression":
                steps.append(str(self._value(_child(node, "index")) or "*"))
                node = _child(node, "object")
            elif node.type == "parenthesized_expression" and node.named_children:
                node = node.named_children[0]
            elif node.type in ("assignment_expression", "binary_expression"):
                node = _child(node, "left")
            else:
                break
        if node.type in ("identifier", "this"):
            return _WINDOW.sub("", ".".join([self._source(node), *reversed(steps)]))
        return ".".join(["*", *reversed(steps)]) if steps else ""

    def _value(self, node: Node, depth: int = 0) -> Any:
        if depth > DEEPEST:
            return UNKNOWN
        reader = _VALUES.get(node.type)
        return reader(self, node, depth) if reader else UNKNOWN

    def _string(self, node: Node, _: int) -> str:
        parts = (
            self._source(each) if each.type in ("string_fragment", "escape_sequence") else CUT
            for each in node.named_children
        )
        return "".join(parts)

    def _object(self, node: Node, depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for pair in node.named_children:
            if pair.type == "pair":
                key = self._source(_child(pair, "key")).strip("\"'`")
                found[key] = self._value(_child(pair, "value"), depth + 1)
            elif pair.type in ("shorthand_property_identifier", "method_definition"):
                found[self._source(pair).partition("(")[0]] = UNKNOWN
        return found

    def _array(self, node: Node, depth: int) -> list[Any]:
        return [self._value(each, depth + 1) for each in node.named_children]

    def _identifier(self, node: Node, _: int) -> object:
        return self.constants.get(self._source(node), UNKNOWN)

    def _joined(self, node: Node, depth: int) -> str | None:
        """Texts that are added up; what is not written out is cut."""
        sides = [self._value(_child(node, side), depth + 1) for side in ("left", "right")]
        if not any(isinstance(side, str) for side in sides):
            return UNKNOWN
        return "".join(side if isinstance(side, str) else CUT for side in sides)

    def _wrapped(self, node: Node, depth: int) -> Any:
        """`JSON.stringify(x)` is what x is."""
        given = _child(node, "arguments").named_children
        name = self._name(_child(node, "function"))
        return self._value(given[0], depth + 1) if name.endswith("stringify") and given else UNKNOWN


_VALUES = {
    "string": _Reader._string,
    "template_string": _Reader._string,
    "object": _Reader._object,
    "array": _Reader._array,
    "identifier": _Reader._identifier,
    "binary_expression": _Reader._joined,
    "call_expression": _Reader._wrapped,
}


def _all(root: Node) -> Iterator[Node]:
    waiting = [root]
    while waiting:
        node = waiting.pop()
        yield node
        waiting += node.children[::-1]


def _child(node: Node, name: str) -> Node:
    return node.child_by_field_name(name) or node
