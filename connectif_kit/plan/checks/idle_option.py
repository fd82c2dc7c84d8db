"""An option for texts beside what gives an object."""

from __future__ import annotations

from collections.abc import Iterator

from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say
from connectif_kit.plan.check import Problem, check
from connectif_kit.plan.models import Plan
from connectif_kit.plan.queries import walk
from connectif_kit.vocabulary import ENTITIES

OPTIONS = ("split", "first", "nth", "map", "levels", "number", "divide", "slug", "prefix", "base", "default")


@check(
    Severity.ERROR,
    bad='contact: {storage: user, split: "|", fields: {primary_key: email}}',
    good='contact: {storage: user, fields: {primary_key: email, tags: {path: tags, split: "|"}}}',
)
def idle_option(plan: Plan) -> Iterator[Problem]:
    """An option for texts beside what gives an object: nothing would come of it.

    `split`, `map`, `default` and the like make texts of texts; a contact, a cart or a product is none.
    """
    for path, source in walk(plan):
        if not source.fields and str(path[-1]) not in ENTITIES:
            continue
        for name in OPTIONS:
            if getattr(source, name) is not None:
                message = say(
                    "`{name}` is for texts, and this is an object: it would have no effect", name=name
                )
                yield Problem((*path, name), message, say("say it of the properties, under `fields`"))
