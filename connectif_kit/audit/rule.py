"""A rule: a function with a name, a severity, an explanation, and its own bad and good pages."""

from __future__ import annotations

import inspect
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field
from itertools import islice
from typing import TYPE_CHECKING, TypeAlias

from connectif_kit.audit.context import PageContext
from connectif_kit.core.diagnostics import Diagnostic, Edit, Place, Severity
from connectif_kit.core.records import dataclass
from connectif_kit.page.html import Node, Span
from connectif_kit.page.private import hidden_in
from connectif_kit.vocabulary import ENTITIES
from connectif_kit.vocabulary.kinds import Json

if TYPE_CHECKING:
    from connectif_kit.audit.site import ExpectedOutput, Row, Site
    from connectif_kit.plan.loaded import LoadedPlan


LONG = 60
"""Characters of a value that a message quotes in full."""
_PROPERTIES = frozenset(name for entity in ENTITIES.values() for name in entity.by_html)


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault that a rule saw: where, what, how to fix it, which line of the plan it breaks.

    `where` is an element (its start tag is shown), a span of the page's text, or a place that a
    rule across pages has remembered; `plan` is a path inside the plan; `element` is where the
    fault is in the page's structure, if `where` does not say it; `about` is the property or class
    that tells apart two findings of one rule at one element.
    """

    where: Node | Span | Place
    message: str
    hint: str = ""
    plan: tuple[str | int, ...] | None = None
    severity: Severity | None = None
    edits: tuple[Edit, ...] = ()
    element: str = ""
    about: str = ""


Check: TypeAlias = Callable[[PageContext], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Example:
    """A page that a rule is shown: its HTML, where it lies, and the plan it is held against."""

    html: str
    url_path: str = "/"
    plan: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A fault that can be found. `bad` and `good` are its tests and its documentation."""

    name: str
    severity: Severity
    doc: str
    check: Check
    bad: tuple[Example, ...]
    good: tuple[Example, ...]
    needs_plan: bool = False

    @property
    def title(self) -> str:
        """The explanation's first line."""
        return self.doc.partition("\n")[0]


def rule(
    severity: Severity,
    *,
    bad: str | Example | Iterable[str | Example],
    good: str | Example | Iterable[str | Example],
    needs_plan: bool = False,
) -> Callable[[Check], Rule]:
    """Make a rule of a function; its name and docstring become the rule's."""

    def made(check: Check) -> Rule:
        name = check.__name__.replace("_", "-")
        doc = inspect.cleandoc(check.__doc__ or "")
        return Rule(name, severity, doc, check, _examples(bad), _examples(good), needs_plan)

    return made


def _examples(given: str | Example | Iterable[str | Example]) -> tuple[Example, ...]:
    if isinstance(given, str | Example):
        given = (given,)
    return tuple(
        one if isinstance(one, Example) else Example(textwrap.dedent(one).strip("\n")) for one in given
    )


def element_path(node: Node) -> str:
    """`html>body>main>div.cn_cart`: no numbers and no styling classes, so the same after a rebuild."""
    steps = [_step(node, ours), *(_step(above) for above in islice(node.ancestors(), 40))]
    return ">".join(reversed(steps))


def ours(name: str) -> bool:
    """Whether a class is a word of the platform's."""
    return name.startswith("cn_") or name in _PROPERTIES


def _step(node: Node, keep: Callable[[str], bool] = lambda name: name.startswith("cn_")) -> str:
    return ".".join([node.tag, *islice(filter(keep, node.classes), 20)])


def diagnostic(
    found: Finding, rule: Rule | SiteRule, loaded: LoadedPlan | None, context: PageContext | None
) -> Diagnostic:
    """A finding with its places worked out, and nothing private in its words.

    `context` is the page of a finding that has no `Place`.
    """
    where = found.where
    place = where if isinstance(where, Place) else _shown(found, context) if context else Place("")
    plan = loaded.place(*found.plan) if found.plan is not None and loaded else None
    path = found.element or (element_path(where) if isinstance(where, Node) else "html")
    path = f"{path} {found.about}" if found.about else path
    private, text = (context.private, context.text) if context else ((), "")
    message, hint = hidden_in(found.message, private, text), hidden_in(found.hint, private, text)
    planned = loaded.plan.audit.severity(rule.name) if loaded else None
    severity = planned or found.severity or rule.severity
    return Diagnostic(rule.name, severity, message, place, hint, plan, path, found.edits)


def _shown(found: Finding, context: PageContext) -> Place:
    """Where a finding is shown: at an element's value where the message quotes that, else at its start."""
    where = found.where
    if isinstance(where, Place):
        return where
    value = _quoted_value(where, found.message, context.text) if isinstance(where, Node) else None
    return context.page.place(value or where)


def _quoted_value(node: Node, message: str, text: str) -> Span | None:
    """The span of an element's text, where it is text alone and stands in the message."""
    if "`" not in message or node.start_tag is None or node.end_tag is None:
        return None
    start, end = node.start_tag.end, node.end_tag.start
    written = text[start:end]
    value = written.strip()
    quoted = value if len(value) <= LONG else value[: LONG - 3] + "…"
    if not value or "<" in value or f"`{quoted}`" not in message:
        return None
    begin = start + written.index(value)
    return Span(begin, begin + len(value))


@dataclass(frozen=True, slots=True)
class SiteExample:
    """A small site that a rule across pages is shown: HTML by address, plan, other files, catalogue.

    `wanted` is what the plan renders.
    """

    pages: Mapping[str, str]
    plan: str = ""
    files: Mapping[str, str] = field(default_factory=dict)
    products: Mapping[str, str] | None = None
    rows: Mapping[str, Row] = field(default_factory=dict)
    wanted: ExpectedOutput | None = None

    @property
    def html(self) -> str:
        """The pages one after another, for a reader."""
        shown = [f"<!-- {url} -->\n{html}" for url, html in self.pages.items()]
        shown += [f"// {path}\n{text}" for path, text in self.files.items()]
        for row in self.rows.values():
            held = ", ".join(f"{name}: {text}" for name, text in row.values.items())
            shown.append(f"<!-- {row.place.path}:{row.place.line} {held} -->")
        for name, (version, _) in self.wanted.dispatchers.items() if self.wanted else ():
            shown.append(f"<!-- the plan now gives {name}?v={version} -->")
        return "\n".join([*shown, *([self.plan.strip("\n")] if self.plan else [])])


Collect: TypeAlias = Callable[[PageContext], Json]
Judge: TypeAlias = Callable[["Site"], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class SiteRule:
    """A fault that shows only across pages.

    `collect` takes from each page what matters, as small JSON (it goes through processes, caches
    and the reports of shards); `judge` sees it all.
    """

    name: str
    severity: Severity
    doc: str
    collect: Collect
    judge: Judge
    bad: tuple[SiteExample, ...]
    good: tuple[SiteExample, ...]
    needs_plan: bool = False

    @property
    def title(self) -> str:
        """The explanation's first line."""
        return self.doc.partition("\n")[0]


def site_rule(
    severity: Severity,
    *,
    collect: Collect = lambda _: None,
    bad: SiteExample | Iterable[SiteExample],
    good: SiteExample | Iterable[SiteExample],
    needs_plan: bool = False,
) -> Callable[[Judge], SiteRule]:
    """Make a rule across pages of the function that judges; name and docstring become the rule's."""

    def made(judge: Judge) -> SiteRule:
        name = judge.__name__.replace("_", "-")
        doc = inspect.cleandoc(judge.__doc__ or "")
        return SiteRule(name, severity, doc, collect, judge, _sites(bad), _sites(good), needs_plan)

    return made


def _sites(given: SiteExample | Iterable[SiteExample]) -> tuple[SiteExample, ...]:
    return (given,) if isinstance(given, SiteExample) else tuple(given)
