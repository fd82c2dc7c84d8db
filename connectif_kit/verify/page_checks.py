"""What is wrong with one visit: from the first cause on, without what only follows from it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from connectif_kit.core.diagnostics import Place
from connectif_kit.core.messages import say
from connectif_kit.preview.validation import VISIT, expected_tags, tag_verdicts
from connectif_kit.verify import faults
from connectif_kit.verify.dispatchers import absent
from connectif_kit.verify.policies import blocked, where
from connectif_kit.verify.stage import is_hydration
from connectif_kit.verify.visit import PRODUCT, Visit
from connectif_kit.vocabulary import TAGS
from connectif_kit.vocabulary.platform import CLIENT_FOLDER

if TYPE_CHECKING:
    from connectif_kit.page.host_headers import Sent
    from connectif_kit.page.html import Node
    from connectif_kit.page.integration import Integration
    from connectif_kit.page.tags import TagOccurrence
    from connectif_kit.plan.loaded import LoadedPlan
    from connectif_kit.verify.faults import FindingKind, Findings

_AT = re.compile(r"(?:https?://[^/\s)]+)(/[^\s)]*?):(\d+):\d+")
OF_ALL_PAGES = (
    faults.MISSING_LOADER,
    faults.CLIENT_NOT_LOADED,
    faults.CSP_BLOCKS_CLIENT,
    faults.DUPLICATE_LOADER,
    faults.WRONG_STORE,
    faults.PAGE_ERROR,
    faults.UNREACHED_SCRIPT,
    faults.MISSING_DISPATCHER,
)
"""What is promised of every page, so that it is one finding wherever it is."""
_OF_THE_NETWORK = re.compile(
    r"fetch|network|load failed|timeout|status code|undefined \(reading", re.IGNORECASE
)
"""What a script throws whose request had no answer."""
ONCE = (VISIT, PRODUCT, "search", "purchase")
"""Events of which a view of a page has one; a page may show several products, each once."""


class PageCheck:
    """One visit on its way through the checks."""

    def __init__(
        self,
        visit: Visit,
        loaded: LoadedPlan,
        findings: Findings,
        configured: Callable[[str], list[Sent]],
        serves: Callable[[str], bool],
    ) -> None:
        self.visit = visit
        self.configured, self.serves = configured, serves
        self.lacks_script = False
        self.loaded = loaded
        self.findings = findings
        self.plan_place = loaded.place("pages", visit.sample.name)

    def run(self) -> list[str]:
        """Report what is wrong; the types of the events that can be trusted."""
        if self.visit.failure:
            self.add(faults.UNOPENED_PAGE, say("the page could not be opened: {why}", why=self.visit.failure))
            return []
        if self.visit.moved_to:
            return []
        is_loaded = self.client()
        has_error = self.page_errors()
        self.tags()
        if not is_loaded or self.findings.has(faults.HYDRATION_ERROR):
            return []
        if has_error:
            return self._right() if self.lacks_script else []
        self.values()
        self.events()
        return self.visit.types

    def _right(self) -> list[str]:
        """What a page has sent as promised though it lacks a script of others: that it came is seen."""
        return [
            str(event["type"])
            for _, event in self.visit.events
            if event["type"] in self.visit.expected and not _wrong(event)
        ]

    def add(
        self, fault: FindingKind, message: str, at: Node | Place | None = None, element: str = ""
    ) -> None:
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
        if found := blocked(visit):
            message, tell = found
            at = where(visit, tell, self.configured(visit.sample.path))
            self.add(faults.CSP_BLOCKS_CLIENT, message, at, element=message)
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

    # ------------------------------------------------------------ scripts

    def page_errors(self) -> bool:
        """Whether a script of the page threw what nobody caught; frameworks recover from hydration."""
        found = [tell for tell in self.visit.of("error") if not is_hydration(str(tell.data.get("message")))]
        asked, scripts = self._unreached("fetch", "xhr"), self._unreached("script")
        lost = [tell for tell in found if asked and _OF_THE_NETWORK.search(str(tell.data.get("message")))]
        if lost:
            self._not_reached(
                say(
                    "{hosts} was not reached, and the page has errors without its answer",
                    hosts=", ".join(asked),
                )
            )
        found, hosts = [tell for tell in found if tell not in lost], ", ".join(scripts)
        if found and hosts:
            self._not_reached(
                say("a script of {hosts} was not loaded, and the page has errors without it", hosts=hosts)
            )
            self.lacks_script = True
            return True
        for tell in found:
            where, threw = where_of(str(tell.data.get("stack", ""))), str(tell.data.get("message", ""))
            # The same code in every page's own HTML is one cause, on whatever line it stands.
            is_own = where.startswith(f"{self._own_path}:")
            about = threw if is_own else where + threw
            self.add(faults.PAGE_ERROR, say("uncaught error in {said}", said=where + threw), element=about)
        self.lacks_script = bool(lost) and not found
        return bool(found or lost)

    @property
    def _own_path(self) -> str:
        """The page itself, as `where_of` names it."""
        return self.visit.sample.path.lstrip("/") or "the page"

    def _not_reached(self, message: str) -> None:
        self.add(faults.UNREACHED_SCRIPT, message, element=message)

    def _unreached(self, *types: str) -> list[str]:
        """Hosts that were not to be asked, and were asked for something of these types."""
        tells = self.visit.of("unreached")
        return sorted({str(tell.data["name"]) for tell in tells if tell.data.get("type") in types})

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
        if self._is_unfit():
            pass
        elif self._is_late():
            message = say("the page's product was there only after its visit had been reported")
            self.add(faults.LATE_DATA, message)
        else:
            self._missing()
        if not self.findings.has(*faults.TWO_LOADERS):
            self._twice()
        self._unexpected()

    def _is_unfit(self) -> bool:
        """Whether the product's tag is why it was not reported: it differs from the raw page, or is wrong."""
        if PRODUCT in self.visit.types or PRODUCT not in self.visit.expected or self.visit.live is None:
            return False
        tags = _filled(self.visit.live, "cn_product_visited")
        values = [(value.name, value.text) for use in tags[:1] for value in use.values]
        wrong = [one for one in tag_verdicts("cn_product_visited", values) if one.expected] if tags else []
        for one in wrong if not self.findings.has(faults.RAW_DIFFERS) else ():
            came = "" if one.value is None else str(one.value)
            message = say(
                "cn_product_visited: {path} is `{came}`: expected {expected}",
                path=one.path,
                came=came,
                expected=one.expected,
            )
            self.add(faults.WRONG_VALUE, message, element=f"cn_product_visited {one.path}")
        return bool(wrong)

    def _missing(self) -> None:
        types = self.visit.types
        if not types and (why := absent(self.visit, self.serves)):
            self.add(faults.MISSING_DISPATCHER, why, element=why)
            return
        for type_ in self.visit.expected:
            if type_ not in types and not self._follows(type_):
                message = say(
                    "{type} was not sent: a {kind} page promises it", type=type_, kind=self.visit.sample.kind
                )
                self.add(faults.MISSING_EVENT, message, element=type_)

    def _follows(self, type_: str) -> bool:
        """Whether that a product was not reported follows from its tag, which is not there."""
        live = self.visit.live
        has_none = live is not None and not _filled(live, "cn_product_visited")
        return type_ == PRODUCT and has_none and self.findings.has(faults.MISSING_TAG)

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
        page = self.loaded.plan.pages[self.visit.sample.name]
        allowed = {*self.visit.expected, *page.reports(), VISIT, *self._triggered()}
        if "cn_product_visited" in (*page.tags, *page.optional_tags):
            allowed.add(PRODUCT)
        for type_ in dict.fromkeys(self.visit.types):
            if type_ not in allowed:
                self.add(
                    faults.UNEXPECTED_EVENT,
                    say("{type} was sent by a view of the page", type=type_),
                    element=type_,
                )

    def _triggered(self) -> Iterator[str]:
        """What the plan's events send whose trigger a view of this page can pull by itself."""
        reported = {str(tell.data.get("name")) for tell in self.visit.of("happened", "layer")}
        for rule in self.loaded.plan.events.values():
            fits = not rule.pages or self.visit.sample.name in rule.pages
            by_name = rule.on.kind in ("event", "data_layer") and reported.intersection(rule.on.names)
            if fits and (by_name or rule.on.kind in ("load", "manual", "change")):
                yield rule.send

    def values(self) -> None:
        """Each property of what was sent, against the documentation and the page's own tag."""
        for _, event in self.visit.events:
            report_verdicts(self, event)
        for tell in self.visit.of("sent"):
            for name in ("cart", "contact"):
                if option := tell.option(name):
                    report_verdicts(self, {"type": name, **option})


def _wrong(sent: dict[str, Any]) -> bool:
    return any(verdict["expected"] for verdict in sent["verdicts"])


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
