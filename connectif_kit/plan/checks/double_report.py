"""One action that would be reported twice."""

from __future__ import annotations

from collections.abc import Iterator

from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say
from connectif_kit.plan.check import Problem, check
from connectif_kit.plan.models import EventRule, Plan
from connectif_kit.vocabulary import EVENTS


@check(
    Severity.ERROR,
    bad="""
    integration: {activity: client-tags}
    pages: {account: {match: /in, tags: [cn_login]}}
    contact: {storage: user}
    events: {in: {on: {event: in}, send: login}}
    """,
    good="""
    integration: {activity: client-tags}
    pages: {account: {match: /in}}
    contact: {storage: user}
    events: {in: {on: {event: in}, send: login}}
    """,
    rests_on={"integration"},
)
def double_report(plan: Plan) -> Iterator[Problem]:
    """A tag and an event, or two events, would report one action.

    They are two activities for the platform, and both are billed (article 360017857779).
    """
    reporters: dict[str, dict[str, str]] = {}
    for name, rule in plan.events.items():
        yield from _by_event(plan, reporters, name, rule)
    yield from _by_page(plan)


def _by_event(
    plan: Plan, reporters: dict[str, dict[str, str]], name: str, rule: EventRule
) -> Iterator[Problem]:
    if rule.send not in EVENTS:
        return
    if rule.send not in reporters:
        reporters[rule.send] = {page: by for page in plan.pages if (by := _reports(plan, page, rule.send))}
    path = ("events", name, "send")
    for page, reporter in reporters[rule.send].items():
        if not rule.pages or page in rule.pages or plan.kind_of(page) in rule.pages:
            message = say(
                "{send} would be reported twice on `{page}` pages: by this event and by {reporter}",
                send=rule.send,
                page=page,
                reporter=reporter,
            )
            yield Problem(path, message, say("keep one of them"))
            return
    automatic = plan.integration.activity != "js-events" or plan.integration.spa or rule.on.kind == "load"
    if rule.send == "page-visit" and automatic:
        message = say("page-visit is sent by itself on every page: this event would count each visit twice")
        yield Problem(path, message, say("leave the event out"))


def _reports(plan: Plan, page: str, event: str) -> str:
    """What else reports an event on a page's view, in words; nothing where nothing does."""
    tag = EVENTS[event].tag
    entry = plan.pages[page]
    if tag in entry.allowed_tags and plan.integration.activity != "js-events":
        return say("the tag {tag}", tag=tag)
    if event == "product-visited" and plan.kind_of(page) == "product":
        return say("the tag cn_product_visited")
    return f"pages.{page}" if event in entry.reports() else ""


def _by_page(plan: Plan) -> Iterator[Problem]:
    """A page that carries a tag and also reports its event, under automatic sending."""
    if plan.integration.activity == "js-events":
        return
    for name, page in plan.pages.items():
        for event in page.reports():
            tag = EVENTS[event].tag
            if tag in page.allowed_tags and event != "product-visited":
                message = say(
                    "{event} would be reported twice: by the tag {tag} and by the dispatcher",
                    event=event,
                    tag=tag,
                )
                key = "tags" if tag in page.tags else "optional_tags"
                yield Problem(("pages", name, key), message, say("keep one of them"))
