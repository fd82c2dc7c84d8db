"""Every rule proves its own bad and good pages, and has a name that says the fault."""

import importlib

import pytest

from connectif_kit.audit.context import PageContext
from connectif_kit.audit.page_run import PageInput, RuleSet, check, judge, rules
from connectif_kit.audit.page_run import audit as audit_page
from connectif_kit.audit.published import Published, kind_of
from connectif_kit.audit.rule import Example, Rule, SiteExample, SiteRule
from connectif_kit.audit.site import Site
from connectif_kit.core.diagnostics import Diagnostic
from connectif_kit.page.hosting import from_texts
from connectif_kit.page.html import decode, parse
from connectif_kit.plan.load import load

PLAN = b"""
store: {id: 3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11, environment: eu5, url: "https://shop.example"}
catalog: {source: products.csv}
pages:
  home: {match: /}
  category: {match: "/c/**", page_category: {selector: h1}}
  product: {match: "/p/*", product: catalog}
  search: {match: /search, search_text: {query: q}}
  confirmation: {match: /done, purchase: {data_layer: purchase}}
"""
ALL = list(rules().values())
ON_PAGES = [rule for rule in ALL if isinstance(rule, Rule)]
ACROSS = [rule for rule in ALL if isinstance(rule, SiteRule)]


def context_of(example: Example) -> PageContext:
    page = parse(decode("page.html", example.html.encode()))
    return PageContext(
        page, example.url_path, load("connectif.yaml", example.plan.encode() or PLAN), static=True
    )


@pytest.mark.parametrize("rule", ON_PAGES, ids=lambda rule: rule.name)
def test_a_rule_finds_its_bad_pages_and_passes_its_good_ones(rule: Rule) -> None:
    for bad in rule.bad:
        assert {d.rule for d in check(context_of(bad), [rule])} == {rule.name}, bad.html
    for good in rule.good:
        assert check(context_of(good), [rule]) == [], good.html


def judged(rule: SiteRule, example: SiteExample) -> list[Diagnostic]:
    loaded = load("connectif.yaml", example.plan.encode() or PLAN)
    pages = [
        audit_page(PageInput(f"public{url}", html.encode(), url), loaded, RuleSet([rule], planned=True)).seen
        for url, html in example.pages.items()
    ]
    site = Site(
        loaded,
        pages,
        True,
        example.files.get,
        example.products,
        example.rows,
        lambda: example.wanted,
        lambda: [
            Published(path, kind, path)
            for path, text in example.files.items()
            if (kind := kind_of(path, text.encode()))
        ],
        hosting=lambda: from_texts(example.files.get),
    )
    return judge(site, [rule], {})


@pytest.mark.parametrize("rule", ACROSS, ids=lambda rule: rule.name)
def test_a_rule_across_pages_finds_its_bad_sites_and_passes_its_good_ones(rule: SiteRule) -> None:
    for bad in rule.bad:
        assert {d.rule for d in judged(rule, bad)} == {rule.name}, bad.html
    for good in rule.good:
        assert judged(rule, good) == [], good.html


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.name)
def test_a_rule_lies_in_the_file_of_its_name_and_explains_itself(rule: Rule | SiteRule) -> None:
    room = "site" if isinstance(rule, SiteRule) else "page"
    module = importlib.import_module(f"connectif_kit.audit.rules.{room}.{rule.name.replace('-', '_')}")
    assert any(value is rule for value in vars(module).values())
    first, _, rest = rule.doc.partition("\n")
    assert first.endswith(".")
    assert rest.strip()
    assert rule.bad
    assert rule.good


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.name)
def test_a_rule_is_named_for_the_fault(rule: Rule | SiteRule) -> None:
    assert not rule.name.startswith(("no-", "avoid-", "use-", "require-", "check-", "prefer-"))


@pytest.mark.parametrize(
    ("html", "url_path", "hint"),
    [
        ("<body><h1>Mugs</h1>", "/c/mugs/", "`connectif-kit inject` adds it"),
        ("<body><h1> </h1>", "/c/mugs/", "`page_category: {selector: h1}`: nothing of that kind"),
        ("<body><h1>Mug</h1>", "/p/mug/", "`connectif-kit inject` adds it, where products.csv has"),
        (
            "<!doctype html><!-- cut <body>",
            "/p/mug/",
            "`inject` leaves this page alone: the page ends inside",
        ),
        (
            "<body><!-- connectif-kit:begin body 000000000000 -->x<!-- connectif-kit:end body -->",
            "/p/mug/",
            "`inject` leaves this page alone: what stands between the marks of `connectif-kit` was edited",
        ),
    ],
)
def test_a_missing_tag_s_hint_names_the_source_that_gave_nothing(html: str, url_path: str, hint: str) -> None:
    (found,) = check(context_of(Example(html, url_path)), [rules()["missing-tag"]])
    assert hint in found.hint


@pytest.mark.parametrize(("price", "severity"), [("8,50", "notice"), ("9,50", "warning")])
def test_a_decimal_comma_in_json_ld_is_reported_as_such_and_is_no_contradiction(
    price: str, severity: str
) -> None:
    rule = rules()["contradicted-value"]
    html = rule.good[0].html.replace("12.5<", "8.50<").replace('"12.50"', f'"{price}"')
    (found,) = check(context_of(Example(html)), [rule])
    assert (found.severity, "decimal comma" in found.message) == (severity, severity == "notice")
