"""The catalogues: nothing missing, nothing stale, nothing that would not fit into its template."""

from __future__ import annotations

import re
from functools import cache
from string import Formatter

import pytest
from babel.messages.catalog import Message as Entry

from connectif_kit.audit.page_run import AnyRule, check
from connectif_kit.audit.rule import SiteRule
from connectif_kit.core.diagnostics import Diagnostic, KitError
from connectif_kit.core.language import LANGUAGES, LOCALE
from connectif_kit.core.messages import Message
from connectif_kit.plan.check import Check
from connectif_kit.plan.checks import checks
from connectif_kit.plan.load import load
from connectif_kit.reference.messages import DOMAINS, SPOKEN, compiled, files, read, renewed, wanted
from tests.unit.audit.test_rules import ALL, context_of, judged

CATALOGUES = [(code, domain) for code in SPOKEN for domain in DOMAINS]
STORE = """
store: {id: 7d1f7b4e-9f0a-4a9e-8c55-0c9d3b1f2a10, environment: eu5, url: "https://mugs.example"}
"""
RENEW = "run `python -m connectif_kit.reference write`, then translate what is empty in the .po files"


def placeholders(text: str) -> set[tuple[str, str]]:
    """The values of a template with how they are written; none where it is not a template."""
    try:
        return {(name, spec or "") for _, name, spec, _ in Formatter().parse(text) if name is not None}
    except ValueError:
        return set()


def pairs(entry: Entry) -> list[tuple[str, str]]:
    """Each English form beside each translated one that is said in its place."""
    if isinstance(entry.id, tuple):
        return list(zip(entry.id, map(str, entry.string or ()), strict=True))
    return [(str(entry.id), str(entry.string))]


@pytest.mark.parametrize(("code", "domain"), CATALOGUES)
def test_the_catalogue_is_whole(code: str, domain: str) -> None:
    catalogue = read(code, domain)
    there = {entry.id for entry in catalogue if entry.id}
    assert there == set(wanted(domain)), RENEW
    empty = [entry.id for entry in catalogue if entry.id and not all(text for _, text in pairs(entry))]
    assert not empty, RENEW


@pytest.mark.parametrize(("code", "domain"), CATALOGUES)
def test_every_translation_fits_its_template(code: str, domain: str) -> None:
    for entry in read(code, domain):
        for english, translated in pairs(entry) if entry.id else ():
            assert placeholders(english) == placeholders(translated), english
            assert english[:1].isspace() == translated[:1].isspace(), english
            assert english[-1:].isspace() == translated[-1:].isspace(), english
            assert english.count("`") == translated.count("`"), english


@pytest.mark.parametrize(("code", "domain"), CATALOGUES)
def test_what_is_read_is_what_translators_wrote(code: str, domain: str) -> None:
    assert (LOCALE / code / f"{domain}.mo").read_bytes() == compiled(renewed(code, domain)), RENEW


def test_the_files_are_as_the_script_writes_them() -> None:
    for path, data in files().items():
        assert path.read_bytes() == data, RENEW


def test_no_sentence_is_left_in_english() -> None:
    """Two languages seldom say a whole sentence in the same letters."""
    for code in SPOKEN:
        for entry in read(code, "messages"):
            for english, translated in pairs(entry) if entry.id else ():
                words = re.sub(r"`[^`]*`|\{[^}]*\}|https?:\S+", "", english)
                if len(re.findall(r"\b[a-z]{3,}\b", words)) >= 4:
                    assert english != translated, f"{code}: {english}"


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.name)
def test_each_rule_speaks_in_messages(rule: AnyRule) -> None:
    """What a rule says of its own bad pages is made of templates that the catalogues know."""
    if isinstance(rule, SiteRule):
        found = [finding for bad in rule.bad for finding in judged(rule, bad)]
    else:
        found = [finding for bad in rule.bad for finding in check(context_of(bad), [rule])]
    for finding in found:
        assert_known(finding.message)
        assert_known(finding.hint)


@pytest.mark.parametrize("one", checks().values(), ids=lambda one: one.name)
def test_each_check_of_the_plan_speaks_in_messages(one: Check) -> None:
    for finding in findings(one.bad):
        assert_known(finding.message)
        assert_known(finding.hint)


def findings(plan: str) -> tuple[Diagnostic, ...]:
    text = plan if "store:" in plan else f"{STORE}{plan}"
    try:
        return load("connectif.yaml", text.encode()).notes
    except KitError as error:
        return error.diagnostics


def assert_known(text: str) -> None:
    if re.search(r"[a-z]{3,} [a-z]{2,}", text) and not text.startswith("<"):
        assert isinstance(text, Message), text
        assert is_known(text), text


@cache
def known() -> frozenset[object]:
    return frozenset(wanted("messages"))


def is_known(message: Message) -> bool:
    """Whether each template in a message, joined ones apart, is translated in all languages."""
    inner = [each for each in message.values.values() if isinstance(each, Message)]
    template = re.sub(r"\{\w+\}", "", message.template)
    said = message.template in known() or not re.search("[a-z]", template)
    return (said or bool(message.plural)) and all(map(is_known, inner))


def test_each_language_has_its_catalogue() -> None:
    assert {path.name for path in LOCALE.iterdir()} == set(LANGUAGES) - {"en"}
