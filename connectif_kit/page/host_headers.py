"""Headers that a host is configured to send with a page: which of them, from which line of which file.

Each host's file is read by a module of `page/hosts`; what no module understands is said as `Unread`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import Literal, NamedTuple, TypeAlias
from urllib.parse import urlsplit

from connectif_kit.core.diagnostics import Place
from connectif_kit.core.records import dataclass

POLICY = "content-security-policy"
_NAMES_POLICY = re.compile(rf"{POLICY}(?!-report-only)", re.IGNORECASE)


class Request(NamedTuple):
    """What a visitor asks for: the path of the address, the name of the file that answers, the host."""

    path: str
    file: str = ""
    host: str = ""


How: TypeAlias = Literal["set", "add", "unset"]


class Header(NamedTuple):
    """One header of a rule. `name` is in small letters; `set` replaces what earlier rules have said.

    Apache has two tables, of which both are sent: `table` names the one.
    """

    name: str
    value: str
    line: int
    how: How = "add"
    table: str = ""


class Rule(NamedTuple):
    """Headers, and the requests that they are for."""

    matches: Callable[[Request], bool]
    headers: tuple[Header, ...]


class Unread(NamedTuple):
    """A line that names a policy in a way that nobody here understands, and why."""

    line: int
    why: str


class Parsed(NamedTuple):
    """A host's file: its rules in their order, and what of it is not understood."""

    rules: tuple[Rule, ...] = ()
    unread: tuple[Unread, ...] = ()


@dataclass(frozen=True, slots=True)
class HostFile:
    """A kind of file that tells a host which headers to send, and who reads it.

    `published` files count only in the folder that is published, others beside the plan too. Files of
    one `host` work together; those of different hosts do not know of each other.
    """

    name: str
    host: str
    parse: Callable[[str], Parsed]
    published: bool = False


class Sent(NamedTuple):
    """A header as it is sent, and where that is configured."""

    name: str
    value: str
    place: Place


@dataclass(frozen=True)
class HostHeaders:
    """What the hosts of a site are told to send: `files` are parsed ones with the names to show."""

    files: tuple[tuple[str, str, Parsed], ...] = ()
    """Host, shown name and content of each file."""

    @cached_property
    def unread(self) -> list[tuple[Place, str]]:
        """What names a policy and is not understood."""
        return [
            (Place(shown, each.line, 1), each.why)
            for _, shown, parsed in self.files
            for each in parsed.unread
        ]

    def policies(self, request: Request) -> list[Sent]:
        """The content security policies that any of the hosts sends with an answer."""
        return [each for each in self.sent(request) if each.name == POLICY]

    def policies_of(self, path: str, file: str, shop: str) -> list[Sent]:
        """The policies that come with a page, at whichever of its addresses; `shop` is the store's own."""
        store = urlsplit(shop)
        host, name = (store.hostname or "").lower(), file.rpartition("/")[2]
        asked = {one: None for inside in (path, store.path.rstrip("/") + path) for one in addresses(inside)}
        found = [sent for each in asked for sent in self.policies(Request(each, name, host))]
        return list(dict.fromkeys(found))

    def sent(self, request: Request) -> list[Sent]:
        """The headers that any of the hosts sends with an answer, those of each host after its own rules."""
        by_host: dict[str, list[tuple[str, Rule]]] = defaultdict(list)
        for host, shown, parsed in self.files:
            by_host[host] += [(shown, rule) for rule in parsed.rules]
        return [sent for rules in by_host.values() for sent in _reduced(rules, request)]


def _reduced(rules: Iterable[tuple[str, Rule]], request: Request) -> Iterator[Sent]:
    """What is left of a host's rules where later ones replace or remove what earlier ones have said."""
    held: dict[tuple[str, str], list[Sent]] = defaultdict(list)
    for shown, rule in rules:
        if not rule.matches(request):
            continue
        for header in rule.headers:
            kept = held[header.table, header.name]
            if header.how != "add":
                kept.clear()
            if header.how != "unset":
                kept.append(Sent(header.name, header.value, Place(shown, header.line, 1)))
    for found in held.values():
        yield from found


def addresses(path: str) -> list[str]:
    """The paths under which hosts give one page: with and without its last slash or its `.html`."""
    if path == "/":
        return [path]
    other = path.removesuffix("/") if path.endswith("/") else re.sub(r"\.html?$", "", path)
    return list(dict.fromkeys([path, other]))


def names_policy(text: str) -> bool:
    """Whether a text speaks of a policy that browsers enforce."""
    return _NAMES_POLICY.search(text) is not None


def lines_of_policy(text: str) -> list[int]:
    """The lines on which a text names a policy, one for each time."""
    return [text.count("\n", 0, found.start()) + 1 for found in _NAMES_POLICY.finditer(text)]


def on_one_line(value: str) -> str:
    """A value as it is sent, where a file breaks it into lines."""
    return " ".join(value.split())


def adapted(policy: str, store: str, origin: str) -> str:
    """A policy for a copy of the site on another origin.

    The shop's own address counts as that origin, nothing is reported, and `http:` stays as it is.
    """
    host = re.escape(store.partition("://")[2].partition("/")[0])
    own = re.compile(rf"(?:https?://)?{host}(?::\d+)?(?=[/\s;,]|$)", re.IGNORECASE) if host else None
    kept = []
    for directive in policy.split(";"):
        name = directive.split(maxsplit=1)[:1]
        if not name or name[0].lower() in _LEFT_OUT:
            continue
        words = [
            f"{word} {own.sub(origin, word)}" if own and own.match(word) else word
            for word in directive.split()
        ]
        kept.append(" ".join(words))
    return "; ".join(kept)


_LEFT_OUT = frozenset({"report-uri", "report-to", "upgrade-insecure-requests", "block-all-mixed-content"})
