"""HTML that a server made for one visitor, saved to disk; and tags that may be on a page."""

from __future__ import annotations

from pathlib import Path

import pytest

from connectif_kit.core.diagnostics import KitError
from connectif_kit.plan.load import load
from tests.audit_pages import KEY, LOADER
from tests.tools import Cli

STORE = f'store: {{id: {KEY}, environment: eu5, url: "https://shop.example"}}\n'
CART = '<div class="cn_client_info" style="display:none"><b class="primary_key">ana@shop.example</b></div>'
MAYBE = ["cn_login", "cn_register", "cn_newsletter_subscribe", "cn_product_searched"]


def tag(css_class: str) -> str:
    email = '<b class="primary_key">ana@shop.example</b>' if css_class != "cn_product_searched" else "mug"
    return f'<div class="{css_class}" style="display:none">{email}</div>'


def found(cli: Cli, folder: Path, plan: str, body: str, path: str = "index.html") -> str:
    (folder / "connectif.yaml").write_text(STORE + plan)
    page = folder / "public" / path
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(f"<!doctype html><meta charset=utf-8><body>{LOADER}{body}</body>")
    return cli("audit", "--format", "github", "--no-cache", cwd=folder).stdout


SERVER = (
    "integration: {activity: server-tags, catalog: api}\npages: {account: {match: /**, kind: content%s}}\n"
)
EVENTS = "integration: {catalog: api}\npages: {account: {match: /**, kind: content%s}}\n"
ABOUT_ALL = ("one-shot-tag", "personal-data")


@pytest.mark.parametrize("body", [CART, tag("cn_login"), tag("cn_register")])
def test_what_a_server_made_for_one_visitor_is_no_page_for_everybody(
    cli: Cli, tmp_path: Path, body: str
) -> None:
    assert any(rule in found(cli, tmp_path, EVENTS % "", body) for rule in ABOUT_ALL)
    assert not any(rule in found(cli, tmp_path, SERVER % "", body) for rule in ABOUT_ALL)


@pytest.mark.parametrize("activity", [SERVER, EVENTS])
@pytest.mark.parametrize("css_class", MAYBE)
def test_a_tag_that_may_be_there_is_neither_wrong_nor_missing(
    cli: Cli, tmp_path: Path, css_class: str, activity: str
) -> None:
    plan = activity % f", optional_tags: [{css_class}]"
    about = ("misplaced-tag", "missing-tag", *ABOUT_ALL)
    assert not any(rule in found(cli, tmp_path, plan, "") for rule in about)
    assert not any(rule in found(cli, tmp_path, plan, tag(css_class)) for rule in about)


def test_a_tag_that_may_be_there_is_still_read(cli: Cli, tmp_path: Path) -> None:
    body = '<div class="cn_login"><b class="primary_key">ana@shop.example</b></div>'
    assert "visible-tag" in found(cli, tmp_path, SERVER % ", optional_tags: cn_login", body)


def test_a_name_of_its_own_needs_no_more_than_what_may_be_there() -> None:
    load("connectif.yaml", (STORE + "pages: {login: {match: /in, optional_tags: cn_login}}").encode())


def test_an_unknown_optional_tag_is_refused() -> None:
    plan = STORE + "pages: {login: {match: /in, optional_tags: cn_loggin}}"
    with pytest.raises(KitError, match="cn_loggin"):
        load("connectif.yaml", plan.encode())


def test_an_event_beside_an_optional_tag_counts_twice(cli: Cli, tmp_path: Path) -> None:
    events = "contact: {storage: user}\nevents: {in: {on: {event: in}, send: login}}\n"
    told = found(cli, tmp_path, SERVER % ", optional_tags: cn_login" + events, "")
    assert "double-report" in told
