"""What is wrong with one visit: from the first cause on, without what only follows from it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from connectif_kit.core.diagnostics import Place
from connectif_kit.core.messages import say
from connectif_kit.preview.validation import VISIT, expected_tags
from connectif_kit.verify import faults
from connectif_kit.verify.visit import PRODUCT, Visit
from connectif_kit.vocabulary import TAGS
from connectif_kit.vocabulary.platform import CDN_HOST, CLIENT_FOLDER

if TYPE_CHECKING:
    from connectif_kit.page.html import Node
    from connectif_kit.page.integration import Integration
    from connectif_kit.page.tags import TagOccurrence
    from connectif_kit.plan.load import LoadedPlan
    from connectif_kit.verify.faults import Fault, Findings

_AT = re.compile(r"(?:https?://[^/\s)]+)(/[^\s)]*?):(\d+):\d+")
_VENDOR = CDN_HOST.partition(".")[2]
OF_ALL_PAGES = (
    faults.MISSING_LOADER,
    faults.CLIENT_NOT_LOADED,
    faults.CSP_BLOCKS_CLIENT,
    faults.DUPLICATE_LOADER,
    faults.WRONG_STORE,
    faults.PAGE_ERROR,
    faults.MISSING_DISPATCHER,
)
"""What is promised of every page, so that it is one finding wherever it is."""
ONCE = (VISIT, PRODUCT, "search", "purchase")
"""Events of which a view of a page has one; a page may show several products, each once."""


class PageCheck:
    """One visit on its way through the checks."""

    def __init__(self, visit: Visit, loaded: LoadedPlan, findings: Findings) -> None:
        self.visit = visit
        self.loaded = loaded
        self.findings = findings
        self.plan_place = loaded.place("pages", visit.sample.name)

    def run(self) -> bool:
        """Report what is wrong; whether the page's events can be trusted."""
        is_loaded = self.client()
        has_error = self.page_errors()
        self.tags()
        if is_loaded and not has_error:
            self.values()
            self.events()
        return is_loaded and not has_error

    def add(self, fault: Fault, message: str, at: Node | Place | None = None, element: str = "") -> None:
        """A finding at an element of the page as it is served, or at the page."""
        place = at if isinstance(at, Place) else self._place(at)
        plan = self.loaded.place("integration") if fault in OF_ALL_PAGES else self.plan_place
        self.findings.add(fault, message, place, plan, element)

    def _place(self, node: Node | None) -> Place:
        raw = self.visit.raw
        if raw is None:
            return self.visit.sample.place
        found = node or raw.body
        return raw.page.place(found) if found is not None else self.visit.sample.place

    # ------------------------------------------------------------ the client

    def client(self) -> bool:
        """Whether the client came, once and for the plan's store."""
        visit = self.visit
        clients = visit.of("client")
        loaders = visit.raw.loaders if visit.raw else []
        first = loaders[0].node if loaders else None
        if blocked := self._blocked():
            self.add(faults.CSP_BLOCKS_CLIENT, blocked, self._policy(), element=blocked)
            return False
        if not clients:
            return self._no_client(first)
        self._right_store(str(clients[0].data.get("source", "")), first)
        loads = Counter(tell.load for tell in clients)
        if max(loads.values()) > 1 and not self.findings.has(faults.CONSENT_IGNORED):
            at = loaders[-1].node if len(loaders) > 1 else first
            self.add(faults.DUPLICATE_LOADER, say("the client was loaded more than once in one page"), at)
        return True

    def _no_client(self, first: Node | None) -> bool:
        if first is None:
            self.add(
                faults.MISSING_LOADER, say("this page has no loader: nothing of it reaches the platform")
            )
        else:
            self.add(
                faults.CLIENT_NOT_LOADED,
                say("the loader is there, and the client was never asked for"),
                first,
            )
        return False

    def _right_store(self, source: str, first: Node | None) -> None:
        store = self.loaded.plan.store
        before, _, key = urlsplit(source).path.partition(CLIENT_FOLDER)
        environment = before.strip("/")
        for what, got, wanted in (("store", key, store.id), ("environment", environment, store.environment)):
            if got and got.lower() != wanted.lower():
                message = say(
                    "the page loads the client of the {what} `{got}`, the plan says `{wanted}`",
                    what=what,
                    got=got,
                    wanted=wanted,
                )
                self.add(faults.WRONG_STORE, message, first)

    def _blocked(self) -> str:
        """What of the integration the page's policy has blocked."""
        clients = self.visit.of("client")
        for tell in self.visit.of("blocked"):
            uri, directive = str(tell.data.get("blockedURI")), str(tell.data.get("effectiveDirective"))
            host = urlsplit(uri).hostname or ""
            if host == _VENDOR or host.endswith(f".{_VENDOR}"):
                return say("the page's policy blocks {host} ({directive})", host=host, directive=directive)
            if uri == "inline" and not clients and directive.startswith("script-src"):
                return say("the page's policy blocks the inline loader ({directive})", directive=directive)
            if "connectif-events" in uri:
                return say("the page's policy blocks the dispatcher ({directive})", directive=directive)
        return ""

    def _policy(self) -> Node | None:
        raw = self.visit.raw
        found = raw.page.select('meta[http-equiv="Content-Security-Policy" i]') if raw else []
        return found[0] if found else None

    # ------------------------------------------------------------ scripts

    def page_errors(self) -> bool:
        """Whether a script of the page threw what nobody caught."""
        found = self.visit.of("error")
        hosts = sorted({str(tell.data["name"]) for tell in self.visit.of("unreached")})
        if found and hosts:
            message = say(
                "a script of {hosts} was not loaded, and the page has errors without it",
                hosts=", ".join(hosts),
            )
            self.add(faults.UNREACHED_SCRIPT, message, element=message)
            return True
        for tell in found:
            said = f"{where_of(str(tell.data.get('stack', '')))}{tell.data.get('message', '')}"
            self.add(faults.PAGE_ERROR, say("uncaught error in {said}", said=said), element=said)
        return bool(found)

    # ------------------------------------------------------------ tags

    def tags(self) -> None:
        """Tags that must be in the HTML, and are the same there and in the browser."""
        raw, live = self.visit.raw, self.visit.live
        if raw is None or live is None:
            return
        for css_class in expected_tags(self.loaded.plan, self.visit.sample.name):
            self._tag(css_class, raw, live)

    def _tag(self, css_class: str, raw: Integration, live: Integration) -> None:
        in_raw, in_live = _filled(raw, css_class), _filled(live, css_class)
        is_product = css_class == "cn_product_visited"
        read_raw = is_product and self.loaded.plan.integration.catalog == "tags"
        if not in_live and not in_raw:
            self.add(
                faults.MISSING_TAG,
                f"this {self.visit.sample.kind} page has no {css_class} tag",
                element=css_class,
            )
        elif not in_raw and read_raw and not self._is_late():
            message = f"{css_class} is only in the browser: in the HTML as it is served there is none"
            self.add(faults.TAG_ONLY_IN_BROWSER, message, element=css_class)
        elif in_raw and in_live and is_product:
            self._same(in_raw[0], in_live[0])

    def _same(self, raw: TagOccurrence, live: TagOccurrence) -> None:
        """The first product's values, as served and in the browser."""
        for part, shown in zip(raw.parts, live.parts, strict=False):
            for name, first in part.firsts.items():
                served, now = ([value.text for value in one.named(name)] for one in (part, shown))
                if first.field is None or not now or _all_alike(served, now):
                    continue
                message = say(
                    "{name} is {served} in the HTML as served and {live} in the browser",
                    name=name,
                    served=_listed(served),
                    live=_listed(now),
                )
                self.add(faults.RAW_DIFFERS, message, first.node, element=name)

    # ------------------------------------------------------------ events

    def _is_late(self) -> bool:
        """Whether the product was reported after the visit, or stands in the page and never was."""
        return PRODUCT in self.visit.expected and VISIT in self.visit.types and self._calls_apart()

    def _calls_apart(self) -> bool:
        visits = [tell.number for tell, event in self.visit.events if event["type"] == VISIT]
        products = [tell.number for tell, event in self.visit.events if event["type"] == PRODUCT]
        if not products:
            return bool(self.visit.live and _filled(self.visit.live, "cn_product_visited"))
        return bool(visits) and min(products) > min(visits)

    def events(self) -> None:
        """What was promised came, once, and nothing else."""
        if self._is_late():
            message = say("the page's product was there only after its visit had been reported")
            self.add(faults.LATE_DATA, message)
        else:
            self._missing()
        if not self.findings.has(*faults.TWO_LOADERS):
            self._twice()
        self._unexpected()

    def _missing(self) -> None:
        types = self.visit.types
        if not types and not (self.visit.raw and self.visit.raw.dispatchers):
            self.add(faults.MISSING_DISPATCHER, say("this page has no dispatcher: nothing of it is reported"))
            return
        for type_ in self.visit.expected:
            if type_ not in types:
                message = say(
                    "{type} was not sent: a {kind} page promises it", type=type_, kind=self.visit.sample.kind
                )
                self.add(faults.MISSING_EVENT, message, element=type_)

    def _twice(self) -> None:
        counts = Counter((tell.load, event["type"], _subject(event)) for tell, event in self.visit.events)
        for (_, type_, _), number in counts.items():
            if number > 1 and type_ in ONCE:
                self.add(
                    faults.DUPLICATE_EVENT,
                    say("{type} was sent twice for one view of the page", type=type_),
                    element=str(type_),
                )

    def _unexpected(self) -> None:
        """A view of a page sends what the plan promises and no more."""
        plan = self.loaded.plan
        allowed = {*self.visit.expected, *plan.pages[self.visit.sample.name].reports(), VISIT, PRODUCT}
        allowed |= {rule.send for rule in plan.events.values()}
        for type_ in dict.fromkeys(self.visit.types):
            if type_ not in allowed:
                self.add(
                    faults.UNEXPECTED_EVENT,
                    say("{type} was sent by a view of the page", type=type_),
                    element=type_,
                )

    def values(self) -> None:
        """Each property of what was sent, against the documentation and the page's own tag."""
        for _, event in self.visit.events:
            report_verdicts(self, event)
        for tell in self.visit.of("sent"):
            for name in ("cart", "contact"):
                if option := tell.option(name):
                    report_verdicts(self, {"type": name, **option})


def report_verdicts(check: PageCheck, sent: dict[str, Any]) -> None:
    """What the documentation does not allow in something that was sent."""
    for verdict in sent["verdicts"]:
        if verdict["expected"]:
            path = f"{sent['type']}: {verdict['path']}"
            came = "" if verdict["value"] is None else say(" is `{value}`", value=verdict["value"])
            check.add(
                faults.WRONG_VALUE,
                say("{path}{came}: expected {expected}", path=path, came=came, expected=verdict["expected"]),
                element=path,
            )


def _subject(event: dict[str, Any]) -> str:
    """What an event is about: two products on one page are two events."""
    inside = event.get("event", {})
    return str((inside.get("product") or {}).get("productId", "")) or str(inside.get("searchText", ""))


def _filled(page: Integration, css_class: str) -> list[TagOccurrence]:
    tag = TAGS[css_class]
    return [use for use in page.of(css_class) if use.is_filled or not (tag.entity or tag.label)]


def _all_alike(some: list[str], others: list[str]) -> bool:
    return len(some) == len(others) and all(map(alike, some, others))


def _listed(texts: list[str]) -> str:
    return ", ".join(f"`{text}`" for text in texts)


def where_of(stack: str) -> str:
    """`assets/shop.js:12: ` of an error's stack, or nothing."""
    found = _AT.search(stack)
    return f"{found[1].lstrip('/') or 'the page'}:{found[2]}: " if found else ""


def alike(one: object, other: object) -> bool:
    """Whether two values are the same, numbers by what they are worth."""
    first, second = " ".join(str(one).split()), " ".join(str(other).split())
    if first == second:
        return True
    try:
        return Decimal(first) == Decimal(second)
    except InvalidOperation:
        return False


def product_differences(tag: TagOccurrence, product: dict[str, Any]) -> Iterator[tuple[str, str, object]]:
    """Properties in which a product that was sent is not the tag's: name, the tag's text, what was sent."""
    for value in tag.values:
        field = value.field
        if field is None or field.many or field.entity or field.js not in product:
            continue
        if value.text and not alike(value.text, product[field.js]):
            yield value.name, value.text, product[field.js]
