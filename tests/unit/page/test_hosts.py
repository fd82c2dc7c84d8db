"""What hosts are told to send, by the patterns that each of them documents."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectif_kit.page.host_headers import HostHeaders, Request, adapted
from connectif_kit.page.hosting import from_texts

SHOP = "https://shop.example"


def hosting(**files: str) -> HostHeaders:
    given = {f"/{name.replace('__', '.')}": text for name, text in files.items()}
    return from_texts(given.get)


def of(name: str, text: str) -> HostHeaders:
    return from_texts({f"/{name}": text}.get)


def sent(found: HostHeaders, path: str, file: str = "index.html") -> list[str]:
    return [each.value for each in found.policies(Request(path, file, "shop.example"))]


def rule(path: str, value: str = "a") -> str:
    return f"{path}\n  Content-Security-Policy: {value}\n"


@pytest.mark.parametrize(
    ("pattern", "yes", "no"),
    [
        ("/*", ["/", "/p/mug/", "/a.html"], []),
        ("/", ["/"], ["/p/"]),
        ("/p/*", ["/p/", "/p/mug/", "/p/a/b"], ["/parts/", "/"]),
        ("/p/mug", ["/p/mug", "/p/mug/"], ["/p/mug/x", "/p/mugs"]),
        ("/:lang/about", ["/es/about", "/pt/about/"], ["/about", "/es/x/about"]),
        ("/*.html", ["/a.html"], ["/a"]),
        ("https://shop.example/*", ["/p/mug/"], []),
        ("https://*.pages.dev/*", [], ["/p/mug/"]),
    ],
)
def test_paths_of_a_headers_file(pattern: str, yes: list[str], no: list[str]) -> None:
    found = of("_headers", rule(pattern))
    assert [path for path in (*yes, *no) if sent(found, path)] == yes


def test_every_rule_of_a_headers_file_counts_until_one_takes_it_away() -> None:
    text = "# all\n" + rule("/*", "a") + rule("/p/*", "b") + "/q/*\n  ! Content-Security-Policy\n"
    found = of("_headers", text)
    assert sent(found, "/p/mug/") == ["a", "b"]
    assert sent(found, "/q/") == []
    assert [each.place.line for each in found.policies(Request("/p/"))] == [3, 5]


def test_netlify_joins_its_two_files() -> None:
    toml = (
        "[[headers]]\n  for = \"/p/*\"\n  [headers.values]\n  Content-Security-Policy = '''\n  b;\n  c'''\n"
    )
    found = from_texts({"/_headers": rule("/*"), "/netlify.toml": toml}.get)
    assert sorted(sent(found, "/p/mug/")) == ["a", "b; c"]
    assert {str(each.place) for each in found.policies(Request("/p/"))} == {
        "/_headers:2:1",
        "/netlify.toml:4:1",
    }


@pytest.mark.parametrize(
    ("source", "yes", "no"),
    [
        ("/(.*)", ["/", "/p/mug/"], []),
        ("/:path*", ["/", "/p/mug"], []),
        ("/p/:slug", ["/p/mug", "/p/mug/"], ["/p/a/b", "/p"]),
        ("/p/:slug/", ["/p/mug/"], ["/p/mug"]),
        (r"/post/:id(\d{1,})", ["/post/12"], ["/post/a"]),
        ("/((?!api/).*)", ["/p/mug"], ["/api/x"]),
        ("/p/:slug?", ["/p", "/p/mug"], ["/p/a/b"]),
        ("/docs/:rest+", ["/docs/a", "/docs/a/b"], ["/docs"]),
        ("/about.html", ["/about.html"], ["/aboutxhtml"]),
    ],
)
def test_paths_of_vercel(source: str, yes: list[str], no: list[str]) -> None:
    found = of("vercel.json", vercel((source, "a")))
    assert not found.unread
    assert [path for path in (*yes, *no) if sent(found, path)] == yes


def vercel(*rules: tuple[str, str], **more: object) -> str:
    made = [
        {"source": source, "headers": [{"key": "Content-Security-Policy", "value": value}], **more}
        for source, value in rules
    ]
    return json.dumps({"headers": made}, indent=1)


def test_of_vercels_rules_the_last_one_counts() -> None:
    assert sent(of("vercel.json", vercel(("/(.*)", "a"), ("/p/(.*)", "b"))), "/p/mug") == ["b"]


@pytest.mark.parametrize(
    "text",
    [
        vercel(("/(.*)", "a"), has=[{"type": "host", "value": "x"}]),
        vercel(("/(.*", "a")),
        vercel(("/a{/b}?", "a")),
        '{"routes": [{"src": "/.*", "headers": {"Content-Security-Policy": "a"}}]}',
        '{"headers": [ Content-Security-Policy',
    ],
)
def test_what_vercel_may_send_and_nobody_can_tell_is_said(text: str) -> None:
    found = of("vercel.json", text)
    assert sent(found, "/") == []
    assert len(found.unread) == 1


@pytest.mark.parametrize(
    ("source", "yes", "no"),
    [
        ("**", ["/", "/p/mug"], []),
        ("**/*.@(html|htm)", ["/a.html", "/p/a.htm"], ["/a.css"]),
        ("/p/*", ["/p/mug"], ["/p/a/b"]),
        ("p/**", ["/p/a/b"], ["/q"]),
        ("/{p,q}/?", ["/p/a", "/q/b"], ["/p/ab"]),
        ("/p/[a-c]*", ["/p/bag"], ["/p/mug"]),
    ],
)
def test_globs_of_firebase(source: str, yes: list[str], no: list[str]) -> None:
    found = of("firebase.json", firebase(source=source))
    assert [path for path in (*yes, *no) if sent(found, path)] == yes


def firebase(**rule_: str) -> str:
    headers = [{"key": "Content-Security-Policy", "value": "a"}]
    text = json.dumps({"hosting": {"public": "dist", "headers": [{**rule_, "headers": headers}]}}, indent=1)
    return f"// the shop\n{text}"


def test_firebase_has_regular_expressions_and_comments() -> None:
    assert sent(of("firebase.json", firebase(regex="^/p/.+")), "/p/mug") == ["a"]
    assert len(of("firebase.json", firebase(source="!(admin)/**")).unread) == 1


def test_azure_gives_the_first_route_and_else_what_all_have() -> None:
    policy = "Content-Security-Policy"
    routes = [
        {"route": "/p/special", "headers": {policy: "b"}},
        {"route": "/p/*", "headers": {policy: "c"}},
        {"route": "/p/*", "headers": {policy: "never"}},
        {"route": "/form", "methods": ["POST"], "headers": {policy: "never"}},
        {"route": "/*.{html,htm}", "headers": {policy: ""}},
    ]
    found = of(
        "staticwebapp.config.json", json.dumps({"routes": routes, "globalHeaders": {policy: "a"}}, indent=1)
    )
    asked = ["/", "/p/special", "/p/mug/", "/form", "/a.html"]
    assert [sent(found, path) for path in asked] == [["a"], ["b"], ["c"], ["a"], []]
    assert found.policies(Request("/p/mug/"))[0].place.line == 12


def test_apache_sends_both_of_its_tables_and_knows_files_by_name() -> None:
    text = """
<IfModule mod_headers.c>
  Header set Content-Security-Policy "default-src 'self'; \\
    script-src 'self'"
  Header always set Content-Security-Policy "b"
  <FilesMatch "\\.pdf$">
    Header unset Content-Security-Policy
  </FilesMatch>
</IfModule>
<IfModule !mod_headers.c>
  Header set Content-Security-Policy "never"
</IfModule>
<If "%{HTTP_HOST} == 'x'">
  Header set Content-Security-Policy "who knows"
</If>
Header edit Content-Security-Policy a b
"""
    found = of(".htaccess", text)
    assert sent(found, "/p/") == ["default-src 'self'; script-src 'self'", "b"]
    assert sent(found, "/a.pdf", "a.pdf") == ["b"]
    assert [place.line for place, _ in found.unread] == [14, 16]


def test_hosts_that_are_not_read_are_named_where_they_have_a_policy() -> None:
    found = from_texts({"/nginx.conf": "add_header Content-Security-Policy x;", "/Caddyfile": ":80"}.get)
    assert [str(place) for place, _ in found.unread] == ["/nginx.conf:1:1"]


def test_a_policy_that_only_reports_blocks_nothing() -> None:
    assert sent(of("_headers", "/*\n  Content-Security-Policy-Report-Only: a\n"), "/") == []


def test_a_page_is_asked_for_at_each_of_its_addresses() -> None:
    found = of("vercel.json", vercel(("/shop/p/:slug", "a"), ("/about", "b")))
    assert [one.value for one in found.policies_of("/p/mug/", "p/mug/index.html", SHOP + "/shop")] == ["a"]
    assert [one.value for one in found.policies_of("/about.html", "about.html", SHOP)] == ["b"]


def test_a_policy_fits_a_copy_on_another_origin() -> None:
    policy = "script-src https://shop.example/js/ shop.example.evil 'self'"
    here = adapted(f"{policy}; report-uri /x; upgrade-insecure-requests", SHOP, "http://localhost:1")
    assert sorted(here.split()) == sorted(["http://localhost:1/js/", *policy.split()])


_POLICY = {"key": "Content-Security-Policy", "value": "a"}
_words = st.sampled_from(
    ["headers", "routes", "hosting", "globalHeaders", "source", "methods", "route", "regex"]
)
_json = st.recursive(
    st.one_of(
        st.none(), st.integers(), st.sampled_from(["/", "(", "[", "/:a", "GET", "/*.{a", _POLICY, [_POLICY]])
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(_words, inner, max_size=4)),
    max_leaves=12,
)


@given(_json)
@settings(max_examples=300, deadline=None)
def test_a_file_of_any_shape_is_read_or_reported(shape: Any) -> None:
    for name in ("vercel.json", "firebase.json", "staticwebapp.config.json"):
        found = of(name, json.dumps(shape))
        sent(found, "/p/mug/")
        assert all(why for _, why in found.unread)


@pytest.mark.parametrize("name", ["vercel.json", "firebase.json", "staticwebapp.config.json"])
def test_what_is_no_rule_beside_a_rule_takes_nothing_from_it(name: str) -> None:
    rule = {"source": "/**" if name == "firebase.json" else "/(.*)", "headers": [3, _POLICY]}
    whole: dict[str, dict[str, Any]] = {
        "vercel.json": {"headers": [3, rule]},
        "firebase.json": {"hosting": [4, {"headers": ["x", rule]}]},
        "staticwebapp.config.json": {
            "routes": [3, {"route": "/*", "headers": {"Content-Security-Policy": "a"}}]
        },
    }
    assert sent(of(name, json.dumps(whole[name])), "/p/mug/") == ["a"]


@pytest.mark.parametrize("text", ["headers = 3", "headers = [3]", "[headers]\nvalues = 3"])
def test_a_netlify_file_of_another_shape_has_no_rules(text: str) -> None:
    assert sent(of("netlify.toml", text), "/") == []


def test_a_file_that_nests_without_end_is_reported() -> None:
    text = '{"content-security-policy": ' + "[" * 100_000
    for name in ("vercel.json", "firebase.json", "staticwebapp.config.json"):
        assert [why for _, why in of(name, text).unread] == ["the file is no JSON object"]
