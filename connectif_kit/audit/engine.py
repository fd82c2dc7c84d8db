"""Run the rules over a page; one bad page never ends a run."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from connectif_kit.audit import rules as rules_package
from connectif_kit.audit.rule import Finding, Rule, diagnostic
from connectif_kit.audit.suppress import complaints, suppressed, switches
from connectif_kit.audit.view import View
from connectif_kit.diagnostics import Diagnostic, KitError, Place, Severity, did_you_mean
from connectif_kit.html import Span, decode, parse
from connectif_kit.plan import Loaded
from connectif_kit.registry import collect


@cache
def rules() -> dict[str, Rule]:
    """Every rule by name; each lies in the file of its name."""
    return {found.name: found for found in collect(rules_package, Rule)}


def chosen(select: Sequence[str] = (), ignore: Sequence[str] = ()) -> list[Rule]:
    """The rules to run. Raises KitError for a name that is none."""
    known = rules()
    unknown = [name for name in (*select, *ignore) if name not in known]
    if unknown:
        raise KitError(
            Diagnostic("unknown-rule", Severity.ERROR, f"`{name}` is no rule", Place("--select/--ignore"),
                       did_you_mean(name, known))
            for name in unknown
        )  # fmt: skip
    return [rule for name, rule in known.items() if (not select or name in select) and name not in ignore]


def audit(
    path: str, data: bytes, url_path: str, loaded: Loaded | None, run: Sequence[Rule], *, static: bool = True
) -> list[Diagnostic]:
    """Everything that the rules find in one page, in reading order."""
    try:
        page = parse(decode(path, data))
    except KitError as error:
        return list(error.diagnostics)
    return check(View(page, url_path, loaded, static=static), run)


def check(view: View, run: Sequence[Rule]) -> list[Diagnostic]:
    """The findings on a page that no comment switches off, and what is wrong with such comments."""
    found: list[tuple[int, Diagnostic]] = []
    for rule in run:
        if rule.needs_plan and view.loaded is None:
            continue
        found += [(_offset(finding), diagnostic(finding, rule, view)) for finding in rule.check(view)]
    off = switches(view.page) if "connectif-kit-" in view.page.source.text else []
    kept = suppressed(found, off) + complaints(off, rules())
    return sorted(kept, key=lambda diagnostic: diagnostic.sort_key)


def _offset(finding: Finding) -> int:
    where = finding.where
    if isinstance(where, Span):
        return where.start
    return where.start_tag.start if where.start_tag else 0
