"""For CI servers: JUnit's XML, a suite for each rule, a failed test for each finding."""

from __future__ import annotations

import re
from itertools import groupby

from connectif_kit.core.diagnostics import Diagnostic, Severity
from connectif_kit.reports import Format, Report

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(report: Report) -> str:
    """The report as XML; a run without findings is one test that passed."""
    ordered = sorted(report.findings, key=lambda finding: (finding.rule, finding.sort_key))
    failed = sum(finding.severity is not Severity.NOTICE for finding in ordered)
    lines = ['<?xml version="1.0" encoding="UTF-8"?>']
    tests = max(1, len(ordered))
    lines.append(f'<testsuites name="connectif-kit" tests="{tests}" failures="{failed}" errors="0">')
    for rule, group in groupby(ordered, key=lambda finding: finding.rule):
        findings = list(group)
        wrong = sum(finding.severity is not Severity.NOTICE for finding in findings)
        lines.append(
            f'  <testsuite name={_attribute(rule)} tests="{len(findings)}" failures="{wrong}" errors="0">'
        )
        lines += [line for finding in findings for line in _case(finding, report)]
        lines.append("  </testsuite>")
    if not ordered:
        lines.append('  <testsuite name="audit" tests="1" failures="0" errors="0">')
        lines.append(f'    <testcase classname="connectif-kit" name="{report.pages} pages"/>\n  </testsuite>')
    return "\n".join([*lines, "</testsuites>", ""])


def _case(finding: Diagnostic, report: Report) -> list[str]:
    """A notice is a test that passed and has something to say."""
    from xml.sax.saxutils import escape

    place, others = finding.place, report.of(finding)
    also = f"\n{others.count:,} more on {others.pages:,} pages" if others.count else ""
    plan = f"\nplan: {finding.plan}" if finding.plan else ""
    link = f"\n{report.link(finding)}" if report.link(finding) else ""
    text = escape(_clean(f"{place}: {finding.message}\n{finding.hint}{plan}{also}{link}".rstrip()))
    if finding.severity is Severity.NOTICE:
        inside = f"      <system-out>{text}</system-out>"
    else:
        message, kind = _attribute(finding.message), _attribute(finding.severity.value)
        inside = f"      <failure message={message} type={kind}>{text}</failure>"
    name, path = _attribute(f"{finding.rule} {place}"), _attribute(place.path)
    return [
        f'    <testcase classname={path} name={name} file={path} line="{place.line}">',
        inside,
        "    </testcase>",
    ]


def _attribute(text: str) -> str:
    from xml.sax.saxutils import quoteattr

    return quoteattr(_clean(text))


def _clean(text: str) -> str:
    """Without what no XML may hold."""
    return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)


JUNIT = Format("junit", "for CI servers: JUnit's XML", write, describes=True)
