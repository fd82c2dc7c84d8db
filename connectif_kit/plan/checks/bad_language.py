"""A language that is not a language code."""

from __future__ import annotations

import re
from collections.abc import Iterator

from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say
from connectif_kit.plan.check import Problem, check
from connectif_kit.plan.models import Plan
from connectif_kit.plan.source import shown

_STORE = (
    'store: {{id: 7d1f7b4e-9f0a-4a9e-8c55-0c9d3b1f2a10, environment: eu5, url: "https://mugs.example",'
    " language: {}}}"
)


@check(Severity.WARNING, bad=_STORE.format("Spanish!"), good=_STORE.format("es-ES"))
def bad_language(plan: Plan) -> Iterator[Problem]:
    """`store.language` is not a language code such as `es` or `pt-BR` (BCP 47)."""
    given = plan.store.language
    if given and not is_language_code(given):
        yield Problem(
            ("store", "language"),
            say("{given} is not a language code", given=shown(given)),
            say("write one such as es or es-ES"),
        )


def is_language_code(text: str) -> bool:
    """Whether a text has the form of a language code (BCP 47); `es_ES` and `Spanish` have not."""
    return re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*", text) is not None
