"""A session that `serve --record` has kept: the same pages again, and what they send compared."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from connectif_kit.core.diagnostics import KitError, Place
from connectif_kit.core.messages import count, say
from connectif_kit.core.records import dataclass
from connectif_kit.preview.journal import FORMAT
from connectif_kit.preview.validation import VISIT
from connectif_kit.verify import faults
from connectif_kit.verify.acts import ask, click
from connectif_kit.verify.page_checks import alike
from connectif_kit.verify.sent import sent
from connectif_kit.verify.visit import PRODUCT, PROMISED

if TYPE_CHECKING:
    from playwright.async_api import Page

    from connectif_kit.verify.stage import Stage
    from connectif_kit.verify.tour import Tour

COMPARED = (VISIT, PRODUCT, "search")
"""What a view of a page sends the same each time; carts and orders have ids and dates of their own."""


@dataclass(slots=True)
class View:
    """One document of a recorded session: where, and what it sent."""

    path: str
    sent: list[dict[str, Any]] = field(default_factory=list)

    def types(self) -> set[str]:
        """What it sent, by name."""
        return {str(one["type"]) for one in self.sent}


def recorded(file: Path) -> list[View]:
    """The views of a session that `serve --record` wrote. Raises KitError where it is none."""
    try:
        session = json.loads(file.read_text("utf-8"))
        return _views(session["records"] if session["format"] == FORMAT else None)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        hint = say("write one with `connectif-kit serve --record FILE`")
        message = say("this is not a session of format {format}", format=FORMAT)
        raise KitError.at(Place(str(file)), "bad-recording", message, hint) from None


def _views(records: Any) -> list[View]:
    found: dict[str, View] = {}
    for record in records:
        view = found.setdefault(str(record.get("load")), View(str(record["path"])))
        view.sent += [event["event"] for event in record.get("events") or ()]
        for name in ("cart", "contact"):
            if option := record.get(name):
                view.sent.append({"type": name, **option["value"]})
    return [view for view in found.values() if view.sent]


class Replay:
    """A recorded session again: the same pages in the same order, with one visitor."""

    def __init__(self, tour: Tour, file: Path) -> None:
        self.tour = tour
        self.name = tour.order.shown(str(file))
        self.views = recorded(file)

    async def run(self) -> None:
        """Page by page; what a view sends by itself must be what it was."""
        proved = True
        async with self.tour.stage() as stage:
            page = await stage.page()
            for view in self.views:
                since = stage.recorder.now
                await stage.go(page, view.path)
                await self.tour.arrived(stage, page, since)
                await self._until(stage, view.types().intersection(COMPARED), since)
                await self._act(stage, page, view, since)
                proved &= self._compare(view, list(sent(stage.recorder, since)))
        if proved:
            self.tour.outcome.prove(f"recording {self.name}", count(len(self.views), "{n} view", "{n} views"))

    async def _until(self, stage: Stage, wanted: set[str], since: int) -> bool:
        def came() -> bool:
            return wanted <= {str(one["type"]) for one in sent(stage.recorder, since)}

        return await stage.recorder.until(came, stage.show.patient(PROMISED))

    async def _act(self, stage: Stage, page: Page, view: View, since: int) -> None:
        """What the recorded visitor must have done on this page, as far as the plan or the page shows how."""
        for type_ in dict.fromkeys(str(one["type"]) for one in view.sent):
            if type_ in {str(one["type"]) for one in sent(stage.recorder, since)}:
                continue
            if await self._pull(page, view, type_) and await self._until(stage, {type_}, since):
                continue
            if type_ not in COMPARED:
                why = say(
                    "{type} was recorded on {path}; nothing was found there that does it",
                    type=type_,
                    path=view.path,
                )
                self.tour.outcome.by_hand[f"{self.name}: {type_}"] = why

    async def _pull(self, page: Page, view: View, type_: str) -> bool:
        for rule in self.tour.order.loaded.plan.events.values():
            if rule.send == type_ and rule.on.kind in ("click", "submit"):
                for selector in rule.on.names:
                    if rule.on.kind == "click" and await click(page, "match", selector=selector):
                        return True
                    if rule.on.kind == "submit" and await ask(page, "submit", selector=selector):
                        return True
        if type_ != "cart":
            return bool(await ask(page, "submit", index=0))
        last = [one for one in view.sent if one["type"] == "cart"][-1]
        return await click(page, "find", kind="add" if last.get("products") else "remove")

    def _compare(self, view: View, came: list[dict[str, Any]]) -> bool:
        """Whether a view sent what it sent when it was recorded."""
        fine = True
        for before in view.sent:
            if before["type"] not in COMPARED:
                continue
            same = [one for one in came if one["type"] == before["type"]]
            if not same:
                self._add(
                    faults.MISSING_EVENT,
                    view,
                    say("{type} was recorded, and is not sent now", type=str(before["type"])),
                )
                fine = False
            for path, old, new in _changes(before, same[0] if same else before):
                message = say(
                    "{type}: {path} is `{new}`, and was `{old}` when it was recorded",
                    type=str(before["type"]),
                    path=path,
                    new=str(new),
                    old=str(old),
                )
                self._add(faults.DIFFERENT_VALUE, view, message)
                fine = False
        return fine

    def _add(self, fault: faults.FindingKind, view: View, message: str) -> None:
        place = Place(self.name)
        said = view.path + ": " + message
        self.tour.outcome.findings.add(fault, said, place, self.tour.order.loaded.place("pages"), said)


def _changes(before: Any, now: Any, path: str = "") -> Iterator[tuple[str, Any, Any]]:
    if isinstance(before, Mapping) and isinstance(now, Mapping):
        for key in before:
            yield from _changes(before[key], now.get(key), f"{path}.{key}".lstrip("."))
    elif not alike(before, now):
        yield path, before, now
