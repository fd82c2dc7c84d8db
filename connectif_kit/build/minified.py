"""The dispatcher's parts for production: minified once, by `scripts/minify`, and put together here.

`templates/minified/dispatcher.txt` has one statement a line and leaves open what depends on the plan; its
marks are described in `scripts/minify.mjs`. Nothing that is installed changes what comes out.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from itertools import product
from string import ascii_uppercase
from typing import Any

from connectif_kit.core.templates import BUNDLED
from connectif_kit.vocabulary.kinds import Json

_FOLDER = BUNDLED / "minified"
_SHARED = re.compile(r"\$([A-Za-z]\w*)")
_CHOICE = re.compile(r"/\*\{(\w+)\*/((?:(?!/\*[{|}]).)*)/\*\|\*/((?:(?!/\*[{|}]).)*)/\*\}\*/")
_HEARD = re.compile(r'\$when\("(\w+)"')
_CALLED = re.compile(r'\$run\("(\w+)"[^()]*\)')
_COMMENT = re.compile(r"^ *(?://|/\*).*\n", re.MULTILINE)
_SMALL = re.compile(r"(?<![\w$])(?:(?<=\.\.\.)|(?<!\.))[a-z](?![\w$])")
_NOT_THERE = ("loader", "consent/kit.js", "dispatcher/development.js")
"""How parts begin that production's dispatcher never takes."""
_IDLE = "/*-*/"
"""What stands for an expression that does nothing."""

_FUNCTION = re.compile(r"const \$(\w+)=((?:\w+|\([^()]*\))=>.*)")
_FREQUENT = "etnroaisclpdumfghwybvkqxjz"
"""The letters that functions use for their own names, the frequent ones first."""
_RESERVED = frozenset({"as", "do", "if", "in", "is", "of"})
_NAMES = [
    *_FREQUENT,
    *ascii_uppercase,
    "_",
    "$",
    *(name for name in map("".join, product(_FREQUENT, _FREQUENT)) if name not in _RESERVED),
]
"""Names for what is shared: in functions, names have one small letter."""

_NOTHING = re.escape(_IDLE)
_NEEDLESS = [
    (re.compile(pattern), instead)
    for pattern, instead in (
        (rf"(?<=return){_NOTHING},", " "),
        (rf"{_NOTHING},|,{_NOTHING}(?=[;,)}}]|$)", ""),
        (rf"(?<=[{{;]){_NOTHING};?", ""),
        (rf"(?<=[\w$]){_NOTHING}", " 0"),
        (_NOTHING, "0"),
        (r"&&(?:!0|\(!0\))(?=[;,)}&?])|\|\|(?:!1|\(!1\))(?=[;,)}|?])", ""),
        (r"(?<![\w$)\]])!1\|\|", ""),
        (r"(?<=[,;{])\(([^(){},;]*)\)(?=[,;}])", r"\1"),
        (r"(?<=[(,;])\(!0\)&&|(?<=[(,;])!0&&", ""),
        (r"if\(!1\)return;", ""),
        (r"\(\((\{\})\)\)", r"(\1)"),
        (r"=>\{return ?([^{;,][^;{},]*)\}", r"=>\1"),
        (r"(?<=[{;])let ([^;{}]*);let ", r"let \1,"),
        (r",void 0\)", ")"),
        (r"(?<=[=(,:?])!0\?([^:?(){}]*|[^:?(){}]*\([^()]*\)):[^:?(){},;]*(?=[,;)])", r"\1"),
        (r"return (?=[(!\[\"])", "return"),
        (r"let (\w)=([^;{}]*);return \1(?=})", r"return \2"),
    )
]
"""What a choice between features leaves behind that says nothing."""


def joined(parts: Iterable[str], uses: Iterable[str]) -> str:
    """Parts as one text of JavaScript, shared names still marked, with what the plan uses and no more.

    Raises RuntimeError where a part has changed since `scripts/minify` was last run.
    """
    _hold_to_sources()
    features = frozenset(uses)
    lines = [_chosen(line, features) for part in parts for line in _sections().get(part, ())]
    lines = [line for line in lines if line not in ("", _IDLE)]
    whole = _inlined(_used(_gathered(_named_once(_settled(_hooked(lines))))))
    return _written([_without(line) for line in whole])


@cache
def _sections() -> dict[str, list[str]]:
    """Part → its statements."""
    made: dict[str, list[str]] = {}
    for line in (_FOLDER / "dispatcher.txt").read_text("utf-8").splitlines():
        if line.startswith("// "):
            lines = made.setdefault(line[3:], [])
        else:
            lines.append(line)
    return made


def _chosen(line: str, features: frozenset[str]) -> str:
    """A statement with the texts of the features that are there."""
    while _CHOICE.search(line):
        line = _CHOICE.sub(lambda found: _apart(found, found[2 if found[1] in features else 3]), line)
    return line


def _apart(found: re.Match[str], text: str) -> str:
    """A text for what was found, apart from a word before it: `return` may stand there."""
    joins = re.match(r"[\w$]", text) and re.search(r"[\w$]$", found.string[: found.start()])
    return f" {text}" if joins else text


def _hooked(lines: list[str]) -> list[str]:
    """Hooks as one list of lists: without those that nobody runs, or that no part listens to."""
    called = {name for line in lines for name in re.findall(r'\$run\("(\w+)"', line)}
    heard: dict[str, list[str]] = {}
    others = []
    for line in lines:
        found = _HEARD.match(line)
        if found and found[1] in called:
            heard.setdefault(found[1], []).append(line[found.end() + 1 : -1])
        elif not found:
            others.append(line)
    numbers = {name: number for number, name in enumerate(heard)}
    others.insert(0, "let $hooks=[" + ",".join(f"[{','.join(each)}]" for each in heard.values()) + "]")
    return [
        _numbered(line, numbers) for line in others if not line.startswith(("const $hooks=", "const $when="))
    ]


def _numbered(line: str, numbers: dict[str, int]) -> str:
    """A statement that runs hooks by their numbers, and none that is not there."""
    called = _CALLED.sub(lambda found: found[0] if found[1] in numbers else _IDLE, line)
    called = re.sub(r'\$run\("(\w+)"', lambda found: f"$run({numbers[found[1]]}", called)
    called = called.replace("($hooks[e]||[])", "$hooks[e]")
    return _without(called)


def _gathered(lines: list[str]) -> list[str]:
    """What parts add to an object from the start stands in it."""
    made: list[str] = []
    places: dict[str, int] = {}
    for line in lines:
        added = re.match(r"(\$\w+)\.(\w+)=(?=\([^()]*\)=>|\w+=>)", line)
        begins = re.match(r"(?:let|const) (\$\w+)=\{.*\}$", line)
        if added and added[1] in places:
            place = places[added[1]]
            comma = "" if made[place].endswith("{}") else ","
            made[place] = f"{made[place][:-1]}{comma}{added[2]}:{line[added.end() :]}}}"
            continue
        if begins:
            places[begins[1]] = len(made)
        made.append(line)
    return made


def _without(line: str) -> str:
    """A statement without what does nothing."""
    for pattern, instead in _NEEDLESS:
        line = pattern.sub(instead, line)
    return line


def _settled(lines: list[str]) -> list[str]:
    """A name has the value from the start that a later part gives it."""
    later = {line[4:].partition("=")[0]: line[4:] for line in lines if line.startswith("set ")}
    made = []
    for line in lines:
        name = line.removeprefix("const ").partition("=")[0]
        if line.startswith("const ") and name in later:
            made.append("const " + later[name])
        elif not line.startswith("set "):
            made.append(line)
    return made


def _named_once(lines: list[str]) -> list[str]:
    """Without a second name for what has one."""
    text = "\n".join(lines)
    while found := re.search(r"^(?:const|let) \$(\w+)=(\$\w+)\n", text, re.MULTILINE):
        text = re.sub(rf"\${found[1]}\b", found[2], text.replace(found[0], "", 1))
    return text.split("\n")


def _used(lines: list[str]) -> list[str]:
    """Without the declarations that nothing asks for."""
    while True:
        counted = Counter(_SHARED.findall("\n".join(lines)))
        kept = [
            line
            for line in lines
            if not (
                line.startswith("const ") and (found := _SHARED.match(line, 6)) and counted[found[1]] == 1
            )
        ]
        if len(kept) == len(lines):
            return lines
        lines = kept


def _inlined(lines: list[str]) -> list[str]:
    """A function that one place calls, and no other, stands in that place."""
    made = [*lines]
    for name in _functions(lines):
        own = next(n for n, line in enumerate(made) if line.startswith(f"const ${name}="))
        marked = re.compile(rf"\${name}\b")
        counted = {n: found for n, line in enumerate(made) if (found := len(marked.findall(line)))}
        place = next((n for n in counted if f"${name}(" in made[n]), own)
        if place != own and sum(counted.values()) == 2:
            made[place] = _called_there(made[place], name, _functions([made[own]])[name])
            made[own] = ""
    return [line for line in made if line]


def _called_there(line: str, name: str, function: str) -> str:
    """A statement with a function in the place of its name; with its text alone where the names agree."""
    before, _, after = line.partition(f"${name}(")
    parameters, _, body = function.partition("=>")
    given = parameters.strip("()")
    whole = not re.search(r"[^,(=?:]$|[=!<>]=$", before) and re.match(r"[,;)\]}:]", after[len(given) + 1 :])
    kept = body.startswith(("{", "(")) or re.search(r"(?<![\w$.])[a-z](?:=[^=>]|\+\+|--|[-+]=)", body)
    if after.startswith(given + ")") and whole and not kept:
        return before + body + after[len(given) + 1 :]
    return f"{before}({function})({after}"


def _functions(lines: Iterable[str]) -> dict[str, str]:
    """Name → arrow function, of those that are declared."""
    found = (_FUNCTION.match(line) for line in lines)
    return {one[1]: one[2] for one in found if one}


def _written(lines: list[str]) -> str:
    """Statements as one text, a line each: what is declared without further ado comes first."""
    first = [line[6:] for line in lines if line.startswith("const ")]
    made = "let " + ",\n".join(first)
    declares = True
    for line in lines:
        if line.startswith("const "):
            continue
        joins = declares and line.startswith("let ")
        made += ",\n" + line[4:] if joins else ";\n" + line
        declares = line.startswith("let ")
    return made


def name_shared(text: str) -> str:
    """Letters for the names that are marked, the frequent ones first; the text in one line.

    A name takes a small letter where no line that mentions it has that letter inside a function.
    """
    lines = [(set(_SHARED.findall(line)), set(_SMALL.findall(line))) for line in text.split("\n")]
    taken: set[str] = set()
    short: dict[str, str] = {}
    for name, _ in Counter(_SHARED.findall(text)).most_common():
        inner = set[str]().union(*(small for shared, small in lines if name in shared))
        short[name] = next(one for one in _NAMES if one not in taken and one not in inner)
        taken.add(short[name])
    return _SHARED.sub(lambda found: short[found[1]], text.replace("\n", ""))


def keyed(data: dict[str, Any]) -> dict[str, Json]:
    """The plan's data under the short keys by which the minified parts ask for it."""
    names: dict[str, dict[str, str]] = json.loads((_FOLDER / "keys.json").read_text("utf-8"))

    def short(kind: str, given: dict[str, Any]) -> dict[str, Json]:
        return {names[kind].get(name, name): value for name, value in given.items()}

    def page(pattern: Json, reports: Any = None, *rest: Json) -> list[Json]:
        return [pattern, [short("rule", rule) for rule in reports] if reports else 0, *rest]

    made = dict(data)
    made["rules"] = [short("rule", rule) for rule in data["rules"]]
    made["pages"] = [page(*each) for each in data["pages"]]
    return short("plan", made)


@cache
def _hold_to_sources() -> None:
    """In a checkout the sources may be newer."""
    sources = BUNDLED / "parts"
    names = sorted(path.relative_to(sources).as_posix() for path in sources.rglob("*.js"))
    digest = hashlib.sha256()
    for name in names:
        if not name.startswith(_NOT_THERE):
            digest.update(f"{name}\n{_COMMENT.sub('', (sources / name).read_text('utf-8'))}".encode())
    if (_FOLDER / "parts.sha256").read_text("utf-8").strip() != digest.hexdigest():
        raise RuntimeError("templates/parts has changed: run scripts/minify")
