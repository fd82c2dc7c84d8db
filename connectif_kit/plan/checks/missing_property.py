"""An event without what it needs."""

from __future__ import annotations

from collections.abc import Iterator

from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import either, say
from connectif_kit.plan.check import Problem, check
from connectif_kit.plan.models import OPTIONS, EventRule, Plan
from connectif_kit.vocabulary import EVENTS
from connectif_kit.vocabulary.model import Event


@check(
    Severity.ERROR,
    bad="events: {news: {on: {submit: form}, send: newsletter-subscribe}}",
    good="events: {news: {on: {submit: form}, send: newsletter-subscribe, email: {selector: input}}}",
    rests_on={"contact", "cart"},
)
def missing_property(plan: Plan) -> Iterator[Problem]:
    """An event is planned without what the platform requires of it: it would never be sent."""
    for name, rule in plan.events.items():
        if event := EVENTS.get(rule.send):
            yield from _fields(name, rule, event)
            yield from _contact(plan, name, rule, event)
        if rule.send in OPTIONS and not (getattr(rule, rule.send) or getattr(plan, rule.send)):
            message = say("`send: {send}`, but no {send} is planned", send=rule.send)
            yield Problem(("events", name, "send"), message, say("add `{send}:`", send=rule.send))


def _fields(name: str, rule: EventRule, event: Event) -> Iterator[Problem]:
    given = rule.given()
    mapped = bool(event.ga4 and rule.on.kind == "data_layer" and event.ga4 in rule.on.names)
    for field in event.fields:
        if field.required and field.html not in given and not mapped:
            message = say("{send} needs `{html}`: {doc}", send=rule.send, html=field.html, doc=say(field.doc))
            yield Problem(("events", name), message, say("add `{html}: …`", html=field.html), at_value=False)
    if event.one_of and not any(field in given for field in event.one_of):
        message = say("{send} needs {fields}", send=rule.send, fields=either(f"`{f}`" for f in event.one_of))
        yield Problem(("events", name), message, at_value=False)


def _contact(plan: Plan, name: str, rule: EventRule, event: Event) -> Iterator[Problem]:
    if event.identifies and not (rule.contact or plan.contact):
        message = say("{send} identifies nobody: no contact is planned", send=rule.send)
        hint = say("add `contact:` to the event or to the plan, with its primary_key")
        yield Problem(("events", name), message, hint, at_value=False)
