"""What the ids that a report names are about: rules of pages, checks of the plan, and all other faults."""

from __future__ import annotations

from collections.abc import Iterable

from connectif_kit.audit.page_run import rules
from connectif_kit.core.diagnostics import Diagnostic, Severity
from connectif_kit.core.faults import Fault
from connectif_kit.core.links import page
from connectif_kit.explain import faults
from connectif_kit.plan.checks import checks
from connectif_kit.reports import RuleText


def rule_texts(findings: Iterable[Diagnostic]) -> dict[str, RuleText]:
    """A text for each rule that findings name."""
    known = {fault.name: _text(fault) for fault in faults()}
    for page_name, described in (("reference/checks.md", checks()), ("rules.md", rules())):
        known |= {
            name: RuleText(one.title, one.doc, one.severity, page(page_name, name))
            for name, one in described.items()
        }
    return {name: known[name] for name in sorted({finding.rule for finding in findings} & set(known))}


def title_of(fault: Fault) -> str:
    """The first sentence of a fault's meaning."""
    return fault.doc.partition(". ")[0].rstrip(".") + "."


def _text(fault: Fault) -> RuleText:
    """A fault's meaning and what to do; of two severities that it can have, the milder."""
    severity = Severity(fault.severity.split()[0])
    link = page("reference/ids.md", fault.name)
    return RuleText(title_of(fault), f"{fault.doc}\n\n{fault.remedy}", severity, link)
