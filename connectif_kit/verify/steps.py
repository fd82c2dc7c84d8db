"""The platform's own validation (360015228179): what was proved, what failed, what a person must see."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import joined, say
from connectif_kit.core.records import dataclass
from connectif_kit.preview.validation import VISIT
from connectif_kit.verify import faults
from connectif_kit.verify.trials import FATAL
from connectif_kit.verify.visit import PRODUCT

if TYPE_CHECKING:
    from connectif_kit.core.diagnostics import Diagnostic
    from connectif_kit.plan.models import Plan
    from connectif_kit.verify.tour import Outcome

PROVED, FAILED, BY_HAND = say("proved"), say("failed"), say("by hand")


@dataclass(frozen=True, slots=True)
class Step:
    """One of the eight: how it stands, what shows it, what to click in the platform's dashboard."""

    number: int
    title: str
    state: str
    evidence: str
    clicks: str


@dataclass(frozen=True, slots=True)
class _Official:
    title: str
    proofs: tuple[str, ...]
    """All of these must have been proved."""
    clicks: str
    subjects: tuple[str, ...] = ()
    """Faults and events whose findings make it fail."""
    planned: Callable[[Plan], bool] = lambda _: True
    always: bool = True
    """Whether faults that stop everything stop this too."""
    more: tuple[str, ...] = ()
    """What is said too, where it was proved."""


def _sends(*names: str) -> Callable[[Plan], bool]:
    return lambda plan: any(rule.send in names for rule in plan.events.values())


def _reports_orders(plan: Plan) -> bool:
    """Whether a page of the plan says where the order is: a page's kind alone says nothing of it."""
    pages = [plan.pages[name] for name in plan.pages_of("confirmation")]
    by_server = plan.integration.activity == "server-tags"
    return any(by_server or "purchase" in page.reports() for page in pages)


OFFICIAL = (
    _Official(
        say("Contact"),
        ("contact",),
        say(
            "Register in the shop with a real address of yours, then Contacts › See all: the contact is"
            " listed, its"
            " Activity tab fills"
        ),
        ("login", "register", "contact", "signed"),
        lambda plan: plan.contact is not None or _sends("login", "register", "contact")(plan),
        more=("API contact",),
    ),
    _Official(
        say("Product"),
        (PRODUCT, VISIT),
        say(
            "Visit a product, then the contact's Activity tab: page visited and product visited; E-commerce"
            " › Catalogue:"
            " the product with the shop's data"
        ),
        (
            PRODUCT,
            "cn_product_visited",
            faults.RAW_DIFFERS.name,
            faults.LATE_DATA.name,
            faults.STALE_PRODUCT.name,
            faults.DUPLICATE_EVENT.name,
        ),
        lambda plan: bool(plan.pages_of("product")),
        more=("API products",),
    ),
    _Official(
        say("Cart"),
        ("cart",),
        say("Logged in, add products, then the contact's Activity tab: product added to cart"),
        ("cart:",),
        lambda plan: plan.cart is not None or _sends("cart")(plan),
    ),
    _Official(
        say("Abandoned cart"),
        ("cart emptied",),
        say(
            "Store settings › E-commerce: set the inactivity time to 2 seconds, add products and wait: cart"
            " abandoned;"
            " then set it back to 30 minutes"
        ),
        (faults.CART_NOT_EMPTIED.name,),
        lambda plan: plan.cart is not None or _sends("cart")(plan),
    ),
    _Official(
        say("Forms"),
        ("form-submitted",),
        say(
            "Submit each form that is integrated in the dashboard, then the contact's Activity tab: form"
            " submitted, with"
            " its data"
        ),
        ("form-submitted",),
        _sends("form-submitted"),
    ),
    _Official(
        say("Purchase"),
        ("purchase", "once"),
        say(
            "Order once with every payment method, then the contact's Activity tab: purchase; E-commerce ›"
            " Purchases: the"
            " order"
        ),
        ("purchase",),
        lambda plan: _reports_orders(plan) or _sends("purchase")(plan),
        more=("API purchase",),
    ),
    _Official(
        say("Newsletter"),
        ("newsletter-subscribe",),
        say(
            "Change the contact's status in the dashboard: the shop must have the same; check the opt-in and"
            " opt-out"
            " addresses in Store settings"
        ),
        ("newsletter-subscribe",),
        _sends("newsletter-subscribe"),
    ),
    _Official(
        say("Web push"),
        ("push",),
        say(
            "Store settings › Channels › Web push: enter the worker's address; DevTools › Application ›"
            " Service Workers"
            " says activated and is running"
        ),
        (
            faults.MISSING_WORKER.name,
            faults.BROKEN_WORKER.name,
            faults.WORKER_WITHOUT_PUSH.name,
            faults.WORKER_WITHOUT_CLICK.name,
            faults.WORKER_CONFLICT.name,
        ),
        lambda plan: plan.service_worker is not None,
        always=False,
        more=("push clicked", "workers"),
    ),
)


def steps(plan: Plan, outcome: Outcome) -> Iterator[Step]:
    """The eight steps in their order."""
    findings = outcome.findings.all
    for number, official in enumerate(OFFICIAL, 1):
        state, evidence = _state(official, plan, outcome, findings)
        yield Step(number, official.title, state, evidence, official.clicks)


def _state(official: _Official, plan: Plan, outcome: Outcome, findings: list[Diagnostic]) -> tuple[str, str]:
    against = [one for one in findings if _is_against(official, one)]
    if against:
        return FAILED, against[0].rule + ": " + against[0].message
    shown = [outcome.proofs.get(name, []) for name in official.proofs]
    if all(shown):
        more = [outcome.proofs.get(name, []) for name in official.more]
        return PROVED, joined(dict.fromkeys(by for found in (*shown, *more) for by in found[:1]))
    simulated = [by for name in official.proofs for by in outcome.proofs.get(f"simulated {name}", [])]
    if simulated:
        return (
            BY_HAND,
            say(
                "the plan's half works: {simulated}, simulated; no button of the shop was found to do it",
                simulated=simulated[0],
            ),
        )
    if not official.planned(plan):
        return BY_HAND, say("the plan has nothing of it")
    why = next((outcome.by_hand[name] for name in official.proofs if name in outcome.by_hand), None)
    lost = next((one.message for one in findings if one.rule == faults.UNREACHED_SCRIPT.name), None)
    return BY_HAND, why or lost or say("no way was found to make it happen in these pages")


def _is_against(official: _Official, finding: Diagnostic) -> bool:
    if finding.severity is not Severity.ERROR:
        return False
    if official.always and finding.rule in {fault.name for fault in FATAL}:
        return True
    said = (finding.rule, finding.element, finding.message)
    return any(subject in (said[0], said[1]) or said[2].startswith(subject) for subject in official.subjects)
