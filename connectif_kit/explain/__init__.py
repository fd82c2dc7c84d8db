"""What every word of the kit means, from the things that the words stand for."""

from __future__ import annotations

import inspect
import pkgutil
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from textwrap import fill

import connectif_kit
from connectif_kit.audit.page_run import rules
from connectif_kit.build.targets import known
from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.faults import Fault
from connectif_kit.core.glossary import ALIASES, WORDS
from connectif_kit.core.language import ENGLISH, Language
from connectif_kit.core.messages import either
from connectif_kit.core.wording import unfolded
from connectif_kit.explain.plan import plan_settings
from connectif_kit.explain.text import indented
from connectif_kit.explain.words import vocabulary
from connectif_kit.plan.checks import checks
from connectif_kit.reports import formats
from connectif_kit.reports import json as json_report
from connectif_kit.reports.text import SEVERITIES


def explanations(language: Language = ENGLISH) -> dict[str, list[str]]:
    """Name → its explanations; a word may name several things (`search` a page kind and an event).

    Rules, checks and what commands report are explained in `language`, all else in English.
    """
    found: dict[str, list[str]] = {}
    reported = (_rules(language), _checks(language), _faults(language))
    described = (*reported, vocabulary(), plan_settings(), _targets(), _formats())
    made = (*described, _words(), _report_names())
    for name, text in (pair for pairs in made for pair in pairs):
        if text not in found.setdefault(name, []):
            found[name].append(text)
    return found


def _rules(language: Language) -> Iterator[tuple[str, str]]:
    say = language.say
    for name, rule in rules().items():
        what = say("a rule of `connectif-kit audit` ({severity})", severity=SEVERITIES[rule.severity])
        off = say("Switch it off for a page: {comment}", comment=_OFF.format(name=name))
        shown = _examples(rule.bad[0].html, rule.good[0].html, language)
        yield name, f"{name}: {what}\n\n{_spoken(rule.doc, language)}\n\n{shown}\n\n{off}"


_OFF = "<!-- connectif-kit-disable {name}: the reason -->"


def _checks(language: Language) -> Iterator[tuple[str, str]]:
    for name, one in checks().items():
        what = language.say("a check of connectif.yaml ({severity})", severity=SEVERITIES[one.severity])
        shown = _examples(one.bad, one.good, language)
        yield name, f"{name}: {what}\n\n{_spoken(one.doc, language)}\n\n{shown}"


def _examples(bad: str, good: str, language: Language) -> str:
    return f"{language.say('Bad:')}\n\n{indented(bad)}\n\n{language.say('Good:')}\n\n{indented(good)}"


def _spoken(doc: str, language: Language) -> str:
    """A docstring in a language; in English it is as it was written."""
    if language is ENGLISH:
        return doc
    parts = [language.say(doc.partition("\n")[0]), *language.say(unfolded(doc)).split("\n\n")]
    return "\n\n".join(fill(part, 100, break_on_hyphens=False) for part in parts if part)


def rooms() -> dict[str, tuple[Fault, ...]]:
    """The ids of every room's `faults.py`; a room has one because its file is there."""
    names = [info.name for info in pkgutil.iter_modules(connectif_kit.__path__) if info.ispkg]
    folder = Path(connectif_kit.__file__).parent
    found = [name for name in names if (folder / name / "faults.py").is_file()]
    modules = {name: import_module(f"connectif_kit.{name}.faults") for name in found}
    return {name: module.FAULTS for name, module in modules.items() if hasattr(module, "FAULTS")}


def faults() -> list[Fault]:
    """The ids of all rooms."""
    return [fault for room in rooms().values() for fault in room]


def _faults(language: Language) -> Iterator[tuple[str, str]]:
    for fault in faults():
        what = language.say("what a command reports ({severity})", severity=_severities(fault.severity))
        to_do = language.say("What to do: {remedy}", remedy=language.say(fault.remedy))
        yield fault.name, f"{fault.name}: {what}\n\n{language.say(fault.doc)}\n\n{to_do}"


def _severities(written: str) -> str:
    """`error`, `notice or error`; `notice to error` is any of the three."""
    if " to " in written:
        return either(SEVERITIES.values())
    return either(SEVERITIES[Severity(each)] for each in written.split(" or "))


def _formats() -> Iterator[tuple[str, str]]:
    for name, form in formats().items():
        example = f"connectif-kit audit --format {name}=report.{name}"
        yield name, f"{name}: a report format\n\n{form.doc}\n\nSuch as:\n\n{indented(example)}"


def _report_names() -> Iterator[tuple[str, str]]:
    """The names in the report for programs, from the one text that says where each stands."""
    shape = inspect.getdoc(json_report) or ""
    for name in dict.fromkeys(re.findall(r'["`](\w+)["`]', shape)):
        yield name, f"{name}: a name in the report for programs, `--format json`\n\n{shape}"


def _words() -> Iterator[tuple[str, str]]:
    for word in WORDS:
        example = f"\n\nSuch as:\n\n{indented(word.example)}" if word.example else ""
        text = f"{word.name}: {word.what}\n\n{word.doc}{example}"
        for name in (word.name, *(alias for alias, of in ALIASES.items() if of == word.name)):
            yield name, text


def _targets() -> Iterator[tuple[str, str]]:
    for name, target in known().items():
        home = f"Copy connectif/{name} to {target.home}." if target.home else ""
        lines = [f"{name}: a language of `build --target`", target.doc, home, target.notes]
        yield name, "\n\n".join(line for line in lines if line)
