"""Shorter names for a minified script's own variables.

Made for the style of our own templates, where nothing shadows by accident: each name that a script
declares is replaced everywhere in its statement, never a property, never a key, never a text. Names
declared at the top are replaced in the whole script; those inside one top-level statement are
numbered anew in each, so that equal shapes become equal texts, which compress well.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, islice, product
from string import ascii_letters

_TOKEN = re.compile(
    r"""(?P<text>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`(?:\\.|[^`\\])*`"""
    r"""|(?:(?<=[(,=:?;!&|{}])|(?<=return))/(?![*/])(?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\\[])+/[a-z]*)"""
    r"""|(?P<name>[A-Za-z_$][\w$]*)|(?P<space>\s+)|=>|\.\.\.|[\d.]+|.""",
    re.DOTALL,
)
_CLOSING = {")": "(", "]": "[", "}": "{"}
INSIDE = 20
_WORDS = frozenset("as do if in of for let new try var this void with else case null true".split())  # noqa: SIM905


@dataclass(slots=True)
class _Token:
    text: str
    name: bool = False
    depth: int = 0
    bracket: str = ""
    shorthand: bool = False
    word: bool = False


def mangled(script: str) -> str:
    """A minified script with its own names shortened."""
    tokens = _tokens(script)
    _mark(tokens)
    parts = list(_statements(tokens))
    top = {name for part in parts for name in _declared(part, 1)}
    taken = {token.text for token in tokens if token.name} | _WORDS
    # The first letters are left to the names inside, which are the most.
    names = dict(zip(_by_use(tokens, top), islice(_fresh(taken), INSIDE, None), strict=False))
    for part in parts:
        own = _declared(part) - top
        used = taken - own | set(names.values())
        _rename(part, names | dict(zip(_by_order(part, own), _fresh(used), strict=False)))
    _merge(tokens)
    return _tidy(tokens)


def _merge(tokens: list[_Token]) -> None:
    """`const a=1;const b=2;` becomes `let a=1,b=2;`."""
    words = [token for token in tokens if token.text.strip()]
    for token in words:
        token.text = "let" if token.name and token.text == "const" else token.text
    began: dict[int, str] = {}
    for before, token, after in zip([_Token("{"), *words], words, [*words[1:], _Token("")], strict=False):
        starts = before.text in (";", "{") or (before.text == "}" and token.word)
        if starts and token.text != "}" and token.bracket in ("{", ""):
            began[token.depth] = token.text
        again = (
            after.name
            and after.text == "let"
            and after.depth == token.depth
            and began.get(token.depth) == "let"
        )
        if token.text == ";" and token.bracket == "{" and again:
            token.text, after.text = ",", ""


def _tidy(tokens: list[_Token]) -> str:
    """The script's text without what our style never needs: `;}`, `,]`, line ends, `(a)=>`."""
    words = [token.text for token in tokens if token.text and "\n" not in token.text]
    needless = {(";", "}"), (",", "}"), (",", "]")}
    kept = (
        word
        for before, word, after in zip(["", *words], words, [*words[1:], ""], strict=False)
        if (before, word) != (",", " ") and (word, after) not in needless
    )
    # No text holds an arrow: `tojson` writes `>` as an escape.
    return re.sub(r"\((\w+)\)=>", r"\1=>", "".join(kept))


def _tokens(script: str) -> list[_Token]:
    """Tokens, with how deep each stands and in which bracket."""
    found: list[_Token] = []
    open_: list[str] = []
    for match in _TOKEN.finditer(script):
        if match[0] in _CLOSING and open_:
            open_.pop()
        found.append(_Token(match[0], bool(match["name"]), len(open_), open_[-1] if open_ else ""))
        if match[0] in ("(", "[", "{"):
            open_.append(match[0])
    return found


def _mark(tokens: list[_Token]) -> None:
    """Tell names of variables from properties and keys, and find `{a, b}`."""
    edge = _Token("")
    for before, token, after in zip([edge, *tokens], tokens, [*tokens[1:], edge], strict=False):
        starts = token.bracket == "{" and before.text in ("{", ",")
        if not token.name:
            if starts and after.text == ":" and re.fullmatch(r'"[A-Za-z_$][\w$]*"', token.text):
                token.text = token.text[1:-1]
            continue
        token.name = before.text != "." and not (starts and after.text == ":")
        token.shorthand = starts and after.text in (",", "}")
        token.word = True


def _statements(tokens: list[_Token]) -> Iterator[list[_Token]]:
    """The statements inside the function that a script is; its own parameters count as one."""
    part: list[_Token] = []
    for token in tokens:
        part.append(token)
        if token.text == ";" and token.bracket == "{" and token.depth == 2:
            yield part
            part = []
    yield part


def _declared(part: list[_Token], depth: int = 0) -> set[str]:
    """Names that a statement declares; with `depth`, those only that the whole script sees."""
    found: set[str] = set()
    for index, token in enumerate(part):
        if token.name and token.text in ("const", "let") and (not depth or token.depth == depth + 1):
            found.update(t.text for t in _pattern(part, index + 1) if t.name)
        elif not depth and (token.text == "=>" or (token.name and token.text in ("catch", "function"))):
            found.update(t.text for t in _parameters(part, index) if t.name)
    return found


def _pattern(part: list[_Token], start: int) -> list[_Token]:
    while not part[start].text.strip():
        start += 1
    return _group(part, start) if part[start].text in ("{", "[") else [part[start]]


def _parameters(part: list[_Token], index: int) -> list[_Token]:
    if part[index].text != "=>":
        return _group(part, next(i for i in range(index, len(part)) if part[i].text == "("))
    if part[index - 1].text != ")":
        return [part[index - 1]]
    depth = part[index - 1].depth
    start = next(i for i in range(index - 2, -1, -1) if part[i].text == "(" and part[i].depth == depth)
    return part[start:index]


def _group(part: list[_Token], start: int) -> list[_Token]:
    depth = part[start].depth
    end = next(i for i in range(start + 1, len(part)) if part[i].depth == depth)
    return part[start:end]


def _by_use(tokens: list[_Token], names: set[str]) -> list[str]:
    used = Counter(token.text for token in tokens if token.name and token.text in names)
    return sorted(used, key=lambda name: (-used[name], name))


def _by_order(part: list[_Token], names: set[str]) -> list[str]:
    return list(dict.fromkeys(token.text for token in part if token.name and token.text in names))


def _rename(part: list[_Token], names: dict[str, str]) -> None:
    for token in part:
        if token.name and token.text in names:
            new = names[token.text]
            token.text = f"{token.text}:{new}" if token.shorthand else new


def _fresh(taken: set[str]) -> Iterator[str]:
    """Names that are not taken, the shortest first."""
    words = ("".join(letters) for size in count(1) for letters in product(ascii_letters, repeat=size))
    return (word for word in words if word not in taken)
