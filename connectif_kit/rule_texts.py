"""What the rules that a report names are about: those of pages, and those of the plan."""

from __future__ import annotations

from collections.abc import Iterable

from connectif_kit.audit.engine import rules
from connectif_kit.diagnostics import Diagnostic
from connectif_kit.plan.checks import checks
from connectif_kit.reports import RuleText


def rule_texts(findings: Iterable[Diagnostic]) -> dict[str, RuleText]:
    """A text for each rule that has one."""
    known = {**checks(), **rules()}
    named = sorted({finding.rule for finding in findings} & set(known))
    return {name: RuleText(known[name].title, known[name].doc, known[name].severity) for name in named}
