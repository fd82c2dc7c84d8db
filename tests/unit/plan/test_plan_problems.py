"""All mistakes come in one run, at their places, and bring no false ones."""

from __future__ import annotations

import pytest

from tests.unit.plan.plans import CATALOG_FEED, STORE, complaints, of, read


@pytest.mark.parametrize(("code", "warned"), [("es", 0), ("pt-BR", 0), ("en_US", 1), ("Spanish", 1)])
def test_a_language_that_is_no_code_is_a_warning(code: str, warned: int) -> None:
    said = [f"5:13 (warning) `{code}` is not a language code | write one such as es or es-ES"] * warned
    assert complaints(f"{STORE}  language: {code}\n{CATALOG_FEED}") == said


def test_an_unknown_environment_is_a_warning_and_the_plan_is_good() -> None:
    loaded = read(STORE.replace("eu5", "eu9"))
    assert loaded.plan.store.environment == "eu9"
    assert [str(note.severity) for note in loaded.notes] == ["warning"]


# --- mistakes, all at once -----------------------------------------------------------------------

MANY = """\
store:
  id: nope
  environment: eu9
  url: https://shop.example
  domains: ["https://elsewhere.example"]
integration: {activity: js-event, spa: no}
pages:
  home: {match: /, taggs: [cn_page_tag]}
  product:
    match: /p/*
    product: catlog
  cart: {match: /p/mug}
  serach: {match: /s}
events:
  liked: {on: {clik: a}, send: custom, alias: x}
  news: {on: {submit: form}, send: newsletter-subscribe, pages: [home, hom]}
  liked: {on: {click: b}, send: custom, alias: y}
  in: {on: {event: in}, send: login, contact: {storage: u, fields: {_name: {storag: x}}}}
"""


def test_all_mistakes_come_in_one_run_in_the_order_of_the_file() -> None:
    assert complaints(MANY) == [
        "2:7 store.id: expected a UUID such as 3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11, got `nope`"
        " | it is the client id in Store settings › Channels › Web",
        "3:16 (warning) unknown environment `eu9` | did you mean `eu8`?",
        "6:25 integration.activity: expected `server-tags`, `client-tags` or `js-events`, got `js-event`"
        " | did you mean `js-events`?",
        "6:40 integration.spa: expected true or false, got `no`",
        "8:20 unknown key `taggs` in pages.home | did you mean `tags`?",
        "11:14 pages.product.product: `catlog` is not a place for product data; did you mean `catalog`?",
        "12:17 `/p/mug` can match no page: `/p/*` takes them all"
        " | put the narrower one first; the first match counts",
        "13:3 unknown page kind `serach`; did you mean `search`?"
        " | for a kind of your own, say what it is with `kind: content` or `tags:`",
        "15:15 events.liked.on: unknown trigger `clik`; did you mean `click`?",
        "16:3 newsletter-subscribe needs `email`: The address that was subscribed. | add `email: …`",
        "16:72 unknown page `hom` | did you mean `home`?",
        "17:3 duplicate key `liked`; the first is in line 15 | keep one of them",
        "18:76 events.in.contact.fields._name: unknown kind of source `storag`; did you mean `storage`?",
    ]


def test_lines_and_columns_do_not_depend_on_line_ends_or_astral_characters() -> None:
    for line_end in ("\r\n", "\r"):
        assert complaints(MANY.replace("\n", line_end)) == complaints(MANY)
    assert complaints("\ufeff" + MANY) == complaints(MANY)
    assert of("pages: {'🎉🎉': {match: /, kind: contnt}}\n")[-1].startswith("1:26 unknown page kind `contnt`")


@pytest.mark.parametrize(
    "rest",
    [
        "pages: {home: {match: /, taggs: x}}\n"
        "events: {x: {on: {click: a}, send: custom, alias: a, pages: home}}\n",
        "pages: {product: {match: /p/*, product: catlog}}\n",
        "catalog: {sorce: p.csv}\npages: {product: {match: /p/*, product: catalog}}\n",
        "integration: {activity: server-tag}\npages: {product: {match: /p/*}}\n",
        "integration: {catalog: fed, spa: true}\npages: {product: {match: /p/*}}\n",
        "contact: {storag: u}\nevents: {in: {on: {event: in}, send: login}}\n",
        "cart: x\nevents: {c: {on: {event: c}, send: cart}}\n",
        "pages: x\nevents: {x: {on: {click: a}, send: custom, alias: a, pages: home}}\n",
        "integration: {activity: server-tag}\nevents: {v: {on: {click: a}, send: page-visit}}\n",
    ],
)
def test_one_mistake_brings_no_false_complaints_in_its_wake(rest: str) -> None:
    assert len(of(rest)) == 1


def test_a_missing_store_hides_nothing_else() -> None:
    found = complaints("pages: {hoem: {match: /}}\nintegration: {catalog: api}\n")
    assert [one.split(" ")[0] for one in found] == ["1:1", "1:9"]
