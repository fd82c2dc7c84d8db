"""What the plan and the vocabulary promise of a page and of an event, and what was kept of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from connectif_kit.core.diagnostics import did_you_mean
from connectif_kit.core.messages import say
from connectif_kit.core.records import dataclass
from connectif_kit.preview.sums import Total, of_json, of_tag, wrong_sums
from connectif_kit.vocabulary import ENTITIES, EVENTS, TAGS, article
from connectif_kit.vocabulary.kinds import MAPPING
from connectif_kit.vocabulary.model import Entity, Event, Field

if TYPE_CHECKING:
    from connectif_kit.plan.loaded import LoadedPlan
    from connectif_kit.plan.models import Plan

VISIT = "page-visit"
MAX_DEPTH = 12
SUMMED = ("cart", "purchase")


@dataclass(frozen=True, slots=True)
class Verdict:
    """One property of a payload: where, what came, what was expected (nothing: it is right)."""

    path: str
    value: Any
    kind: str
    expected: str = ""
    hint: str = ""

    def json(self) -> dict[str, Any]:
        """For the browser."""
        return {
            "path": self.path,
            "value": self.value,
            "kind": self.kind,
            "expected": self.expected,
            "hint": self.hint,
        }


def expected_events(plan: Plan, name: str | None) -> list[str]:
    """Event types that a view of a page of the plan reports by itself."""
    if name is None:
        return [VISIT]
    found = list(plan.pages[name].reports())
    kind = plan.kind_of(name)
    for tag in TAGS.values():
        if tag.event and kind in tag.required_on and tag.event not in found and not tag.retired:
            found.append(tag.event)
    return [*found, VISIT]


def expected_tags(plan: Plan, name: str | None) -> list[str]:
    """Tag classes that a page of the plan must have in its HTML."""
    if name is None:
        return []
    page, kind = plan.pages[name], plan.kind_of(name)
    required = [tag.css_class for tag in TAGS.values() if kind in tag.required_on and not tag.retired]
    return list(dict.fromkeys([*required, *page.tags, *page.labels()]))


def event_verdicts(event: Mapping[str, Any]) -> list[Verdict]:
    """An event as it was sent, property by property."""
    type_ = event.get("type")
    known = EVENTS.get(type_) if isinstance(type_, str) else None
    if known is None:
        return [Verdict("type", type_, "event", say("an event type"), did_you_mean(str(type_), EVENTS))]
    found = [Verdict("type", type_, "event")]
    fields = {field.js: field for field in known.fields}
    found += [v for key, value in event.items() if key != "type" for v in _one(fields.get(key), key, value)]
    found += [
        Verdict(f.js, None, _kind(f), say("`{js}` is missing", js=f.js)) for f in _missing(known, event)
    ]
    return found


def _missing(known: Event, event: Mapping[str, Any]) -> Iterator[Field]:
    for field in known.fields:
        if field.required and event.get(field.js) in (None, ""):
            yield field
    choices = [field for field in known.fields if field.html in known.one_of]
    if choices and not any(event.get(field.js) for field in choices):
        yield choices[0]


def entity_verdicts(name: str, value: Any) -> list[Verdict]:
    """A cart or a contact as it was sent."""
    return list(_entity(ENTITIES[name], "", value, 0))


def _one(field: Field | None, path: str, value: Any, depth: int = 0) -> Iterator[Verdict]:
    if depth > MAX_DEPTH:
        return
    if field is None:
        yield Verdict(path, value, "", "", say("unknown to the documentation; sent as it is"))
    elif field.many or isinstance(value, list):
        yield from _many(field, path, value, depth)
    elif field.entity:
        yield from _entity(field.entity, f"{path}.", value, depth)
    else:
        yield _plain(field, path, value)


def _many(field: Field, path: str, value: Any, depth: int) -> Iterator[Verdict]:
    if not (field.many and isinstance(value, list)):
        yield Verdict(
            path, value, _kind(field), say("a list") if field.many else say("one value, not a list")
        )
        return
    if not value:
        yield Verdict(path, value, _kind(field))
    for number, item in enumerate(value[:200]):
        at = f"{path}[{number}]"
        if field.entity:
            yield from _entity(field.entity, f"{at}.", item, depth + 1)
        else:
            yield _plain(field, at, item)


def _entity(entity: Entity, prefix: str, value: Any, depth: int) -> Iterator[Verdict]:
    if not isinstance(value, Mapping):
        yield Verdict(prefix.rstrip("."), value, entity.name, say("an object"))
        return
    wrong = _sums(entity, prefix, of_json(value)) if entity.name in SUMMED else {}
    for key, item in value.items():
        field = entity.by_js.get(key)
        if fault := wrong.pop(prefix + key, None):
            yield Verdict(prefix + key, _shortened(item), _kind(field) if field else "", fault)
            continue
        if field is None and entity.open:
            yield Verdict(prefix + key, item, say("custom field"))
        else:
            yield from _one(field, prefix + key, item, depth + 1)
    for field in () if entity.open else entity.fields:  # a contact without address is an anonymous visitor
        if field.required and field.js and field.js not in value:
            wrong.pop(prefix + field.js, None)
            yield Verdict(prefix + field.js, None, _kind(field), say("`{js}` is missing", js=field.js))
    yield from (Verdict(path, None, "", fault) for path, fault in wrong.items())


def _sums(entity: Entity, prefix: str, total: Total) -> dict[str, str]:
    """Paths of what does not add up, each with what was expected."""
    names = {one.html: one.js for one in entity.fields}
    return {f"{prefix}{names[wrong.name]}": wrong.expected for wrong in wrong_sums(entity.name, total)}


def _shortened(value: Any) -> Any:
    return value if not isinstance(value, list) or value else []


def _plain(field: Field, path: str, value: Any) -> Verdict:
    kind = _kind(field)
    if field.kind is MAPPING:
        fault = "" if isinstance(value, Mapping) else say("an object")
    elif isinstance(value, Mapping):
        fault = say("one value, not an object")
    elif value == "" and not field.required:
        return Verdict(path, value, kind, "", say("empty"))
    else:
        fault = _fault(field, value)
    return Verdict(path, value, kind, fault)


def _fault(field: Field, value: Any) -> str:
    """Numbers must be numbers in JavaScript, and everything else text."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    wants_number = not isinstance(field.kind, Entity) and field.kind.schema.get("type") in (
        "number",
        "integer",
    )
    if wants_number and not is_number:
        return say("a number, not text") if isinstance(value, str) else say("a number")
    if not wants_number and not isinstance(value, str):
        return say("text") if value is not None else say("a value")
    return field.fault(_text(value))


def _text(value: Any) -> str:
    try:
        return format(Decimal(str(value)), "f") if not isinstance(value, str) else value
    except InvalidOperation:
        return str(value)


def _kind(field: Field) -> str:
    if isinstance(field.kind, Entity):
        return field.kind.name
    return say("choice") if field.choices else say(field.kind.name)


def tag_verdicts(css_class: str, values: list[tuple[str, str]]) -> list[Verdict]:
    """A live tag's properties, as `(class, text)` in document order; an item's are `item.class`."""
    tag = TAGS.get(css_class)
    if tag is None:
        return [Verdict("", css_class, "", say("a known tag"), did_you_mean(css_class, TAGS))]
    if tag.label:
        return [Verdict("", text, "text", tag.label.fault(text)) for _, text in values]
    if tag.entity is None:
        return []
    return list(_tag_values(tag.entity, values))


def _tag_values(entity: Entity, values: list[tuple[str, str]]) -> Iterator[Verdict]:
    """Required properties that are not there, and those that hold the wrong thing."""
    inside = {name: field.entity for name, field in entity.by_html.items() if field.entity}
    there: dict[str, set[str]] = {"": set()}
    wrong = (
        {one.name: one.expected for one in wrong_sums(entity.name, of_tag(values))}
        if _is_summed(entity, values)
        else {}
    )
    for path, text in values:
        prefix, _, name = path.rpartition(".")
        owner = inside.get(prefix.split("[")[0]) if prefix else entity
        there.setdefault(prefix, set()).add(name)
        field = owner.by_html.get(name) if owner else None
        if field is None:
            yield Verdict(
                path, text, say("custom field") if entity.open else "", "", _near(owner, name, entity)
            )
        elif path in wrong:
            yield Verdict(path, text, _kind(field), field.fault(text) or wrong.pop(path))
        elif not text and not field.required:
            yield Verdict(path, text, _kind(field), "", say("empty: sent as an empty text"))
        elif not text and entity.open:
            yield Verdict(path, text, _kind(field), "", say("anonymous visitor"))
        else:
            yield Verdict(path, text, _kind(field), field.fault(text))
    for prefix, names in there.items():
        owner = inside.get(prefix.split("[")[0]) if prefix else entity
        for field in owner.fields if owner else ():
            if field.required and field.html and field.html not in names:
                path = f"{prefix}.{field.html}" if prefix else field.html
                wrong.pop(path, None)
                yield Verdict(path, None, _kind(field), say("`{html}` is missing", html=field.html))
    yield from (Verdict(path, None, "", expected) for path, expected in wrong.items())


def _is_summed(entity: Entity, values: list[tuple[str, str]]) -> bool:
    """Whether the sums of a tag count: one that waits empty for a script does not have any."""
    return entity.name in SUMMED and any(text for _, text in values)


def _near(owner: Entity | None, name: str, entity: Entity) -> str:
    if entity.open or owner is None:
        return ""
    return did_you_mean(name, owner.by_html) or say("not a property of this tag: the client ignores it")


def plan_line(loaded: LoadedPlan, name: str | None, type_: str) -> str:
    """The line of the plan that promises an event."""
    plan = loaded.plan
    for rule, event in plan.events.items():
        if event.send == type_ and (not event.pages or name in event.pages):
            return str(loaded.place("events", rule))
    return str(loaded.place("pages", name)) if name else str(loaded.place())


def about(type_: str) -> str:
    """The article on an event."""
    return article(EVENTS[type_].article) if type_ in EVENTS else ""
