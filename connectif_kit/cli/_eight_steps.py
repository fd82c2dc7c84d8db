"""The eight official steps after a run of `verify`, on standard error: standard output has the findings."""

from __future__ import annotations

from collections.abc import Iterator

import click

from connectif_kit.core.language import Language
from connectif_kit.plan.loaded import LoadedPlan
from connectif_kit.verify.steps import BY_HAND, FAILED, Step, steps
from connectif_kit.verify.tour import Outcome

_COLOURS: dict[str, str] = {FAILED: "red", BY_HAND: "yellow"}


def show_steps(loaded: LoadedPlan, outcome: Outcome, language: Language) -> None:
    """What was not visited, what is left to do by hand, and how each step ended."""
    for line in [*_left(loaded, outcome, language), *_steps(loaded, outcome, language)]:
        click.echo(line, err=True)


def _left(loaded: LoadedPlan, outcome: Outcome, language: Language) -> Iterator[str]:
    seen = {visit.sample.name for visit in outcome.visits}
    if unseen := [name for name in loaded.plan.pages if name not in seen]:
        yield language.say(
            "not visited, the site has no such page or it was not asked for: {pages}",
            pages=", ".join(unseen),
        )
    for name, why in outcome.by_hand.items():
        yield f"{language.say('by hand')}: {name}: {language.text(why)}"


def _steps(loaded: LoadedPlan, outcome: Outcome, language: Language) -> Iterator[str]:
    yield language.say("the platform's eight steps:")
    for step in steps(loaded.plan, outcome):
        yield from _step(step, language)


def _step(step: Step, language: Language) -> Iterator[str]:
    state = click.style(f"{language.text(step.state):8}", fg=_COLOURS.get(step.state, "green"))
    yield f"  {step.number}. {state} {language.text(step.title)}: {language.text(step.evidence)}"
    if step.state == BY_HAND:
        yield f"     {language.text(step.clicks)}"
