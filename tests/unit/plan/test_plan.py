"""`connectif.yaml`: what it means, and every mistake in one run, at its line and column."""

from __future__ import annotations

import pytest

from tests.unit.plan.plans import CATALOG_FEED, STORE, complaints, of

# --- mistakes, one by one ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "1:1 the file is empty | `connectif-kit new --here` writes a plan to start from"),
        ("# soon\n", "1:1 the file is empty | `connectif-kit new --here` writes a plan to start from"),
        ("\ufeff", "1:1 the file is empty | `connectif-kit new --here` writes a plan to start from"),
        (
            "- store\n",
            "1:1 expected a mapping, got a list | `connectif-kit new --here` writes a plan to start from",
        ),
        (
            "store\n",
            "1:1 expected a mapping, got `store` | `connectif-kit new --here` writes a plan to start from",
        ),
        ("version: 1\n", "1:1 `store` is missing | The store as its settings know it."),
        (
            b"store:\n  id: \xf0\x9f\x98\x80 \xe9t\xe9\n",
            "2:9 the file is not UTF-8: byte 0xe9 cannot stand here | save it as UTF-8",
        ),
        (
            "store: {}\n".encode("utf-16"),
            "1:1 the file is not UTF-8: byte 0xff cannot stand here | save it as UTF-8",
        ),
        (
            "store: {}\n".encode("utf-16-le"),
            "1:2 the character U+0000 cannot stand in a YAML file | is the file UTF-16? save it as UTF-8",
        ),
        (
            "store:\n\tid: x\n",
            "2:1 a tab is used for indentation | YAML is indented with blanks only",
        ),
        (
            "store:\n  - id: x\n",
            "2:3 store: expected a mapping, got a list",
        ),
    ],
)
def test_a_file_that_is_no_plan(text: str | bytes, said: str) -> None:
    assert complaints(text) == [said]


def test_a_file_without_end_is_not_read() -> None:
    assert complaints(b"#" * 3_000_000) == [
        "1:1 the file has 3,000,000 bytes; 2,000,000 are enough for any plan"
    ]


@pytest.mark.parametrize(
    ("rest", "said"),
    [
        (
            "evnts: {}\n",
            "1:1 unknown key `evnts` in the plan | did you mean `events`?",
        ),
        (
            "pages:\n  home: {match: /}\n  home: {match: /}\n",
            "3:3 duplicate key `home`; the first is in line 7 | keep one of them",
        ),
        ("pages: [home, cart]\n", "1:8 pages: expected a mapping, got a list"),
        ("pages:\n  home: /\n", "2:9 pages.home: expected a mapping, got `/`"),
        (
            "pages:\n  hoem: {match: /}\n",
            "2:3 unknown page kind `hoem`; did you mean `home`?"
            " | for a kind of your own, say what it is with `kind: content` or `tags:`",
        ),
        (
            "pages:\n  landing: {match: /l, kind: contnt}\n",
            "2:24 unknown page kind `contnt`; did you mean `content`?",
        ),
        (
            "pages:\n  home: {kind: home}\n",
            "2:9 pages.home: `match` is missing | Paths of these pages; `*` one step, `**` any number.",
        ),
        ("pages:\n  home: {match: []}\n", "2:17 pages.home.match: expected at least one, got a list"),
        (
            "pages:\n  home: {match: p/*}\n",
            "2:17 pages.home.match: `p/*` can match no page: a path begins with `/`",
        ),
        (
            "pages:\n  search: {match: ['/s', '/search?q=*']}\n",
            "2:26 pages.search.match.1: `/search?q=*` can match no page:"
            " the part after `?` is not part of a page's path",
        ),
        (
            "pages:\n  content: {match: /**}\n  cart: {match: /cart}\n",
            "3:17 `/cart` can match no page: `/**` takes them all"
            " | put the narrower one first; the first match counts",
        ),
        (
            "pages:\n  content: {match: /c/*/*.html}\n  cart: {match: /c/a/b}\n",
            "3:17 `/c/a/b` can match no page: `/c/*/*.html` takes them all"
            " | put the narrower one first; the first match counts",
        ),
        (
            "pages:\n  content: {match: [/about, /about/]}\n",
            "2:29 `/about/` can match no page: `/about` takes them all"
            " | put the narrower one first; the first match counts",
        ),
        (
            "site: {ignore: /admin/**}\npages:\n  account: {match: /admin/me}\n",
            "3:20 `/admin/me` can match no page: site.ignore leaves them out",
        ),
        (
            "events:\n  liked: {send: custom, alias: liked}\n",
            "2:10 events.liked: `on` is missing"
            " | When: change, click, data_layer, event, load, manual, submit.",
        ),
        (
            "events:\n  liked: {on: {}, send: custom, alias: liked}\n",
            "2:15 events.liked.on: no trigger; known: change, click, data_layer, event, load, manual, submit",
        ),
        (
            "events:\n  liked: {on: {clik: a}, send: custom, alias: liked}\n",
            "2:15 events.liked.on: unknown trigger `clik`; did you mean `click`?",
        ),
        (
            "events:\n  liked: {on: {click: a, submit: b}, send: custom, alias: liked}\n",
            "2:15 events.liked.on: two triggers at once: click and submit | keep one of them",
        ),
        (
            "events:\n  liked: {on: {click: a}, send: custm, alias: liked}\n",
            "2:33 events.liked.send: unknown event `custm`; did you mean `custom`?",
        ),
        (
            "events:\n  liked: {on: {click: a}, send: custom}\n",
            "2:3 custom needs `alias` or `id`",
        ),
        (
            "events:\n  news: {on: {submit: form}, send: newsletter-subscribe, emial: x}\n",
            "2:58 unknown key `emial` in events.news | did you mean `email`?",
        ),
        (
            "events:\n  news: {on: {submit: form}, send: newsletter-subscribe}\n",
            "2:3 newsletter-subscribe needs `email`: The address that was subscribed. | add `email: …`",
        ),
        (
            "events:\n  in: {on: {event: in}, send: login, email: a, contact: {storage: u}}\n",
            "2:38 login has no `email` | it has no fields",
        ),
        (
            "events:\n  liked: {on: {click: a}, send: custom, alias: a, pages: hme}\n"
            "pages: {home: {match: /}}\n",
            "2:58 unknown page `hme` | did you mean `home`?",
        ),
        (
            "contact: shop.user\n",
            "1:10 contact: expected a source that gives an object, such as {storage: shop.user},"
            " got `shop.user`",
        ),
        (
            "contact: {storag: shop.user}\n",
            "1:10 contact: unknown kind of source `storag`; did you mean `storage`?",
        ),
        (
            "contact: {storage: a, cookie: b}\n",
            "1:10 contact: two sources at once: storage and cookie; keep one",
        ),
        (
            "contact: {storage: shop.user, pth: x}\n",
            "1:31 unknown key `pth` in contact | did you mean `path`?",
        ),
        (
            "cart: {storage: c, fields: {cart_id: id, totl_price: t}}\n",
            "1:42 unknown property `totl_price` of cart | did you mean `total_price`?",
        ),
        (
            "cart: {storage: c, fields: {product_basket_item: {path: l, fields: {prise: p}}}}\n",
            "1:69 unknown property `prise` of product_basket_item | did you mean `price`?",
        ),
        (
            "cart: {storage: c, fields: {cart_id: {query: a, b: c}}}\n",
            "1:49 unknown key `b` in cart.fields.cart_id"
            " | known: split, first, nth, map, levels, number, divide, slug, prefix, base, default,"
            " fields, query",
        ),
        (
            "catalog: {source: p.csv, fields: {prodct_id: sku}}\n",
            "1:35 unknown property `prodct_id` of product | did you mean `product_id`?",
        ),
        (
            "catalog: {source: p.csv, fields: {name: {query: q}}}\n",
            "1:41 `query` cannot answer here: the catalogue is read from a file"
            " | use a column's name, `template` or `literal`",
        ),
        (
            "pages: {content: {match: /, page_tag: {query: q}}}\n",
            "1:39 `query` is known in the browser only; cn_page_tag is written at build time"
            " | use a text, `selector` or `meta`",
        ),
        (
            "pages: {content: {match: /, tags: cn_logn}}\n",
            "1:35 pages.content.tags: unknown tag `cn_logn`; did you mean `cn_login`?",
        ),
        (
            "pages: {content: {match: /, tags: cn_banner_placeholder}}\n",
            "1:35 cn_banner_placeholder: banners are out of use since 2021: use inline web content",
        ),
        ("version: 2\n", "1:10 version: expected 1, got the number 2"),
        ("version: '1'\n", "1:10 version: expected 1, got `1` | write it without quotes"),
        (
            "store: {}\n",
            "1:1 duplicate key `store`; the first is in line 1 | keep one of them",
        ),
        (
            "service_worker: {path: sw}\n",
            "1:24 service_worker.path: expected a path such as /service-worker.js, got `sw`",
        ),
        ("site: {root: 5}\n", "1:14 site.root: expected a text, got the number 5 | put it in quotes"),
        ("x: !!python/name:os.system\n", "1:1 unknown key `x` in the plan | known: version, store, …"),
    ],
)
def test_a_mistake_is_said_once_where_it_is(rest: str, said: str) -> None:
    found = [one for one in of(CATALOG_FEED + rest) if "(warning)" not in one]
    found = [f"{int(line) - 1}:{rest}" for line, _, rest in (one.partition(":") for one in found)]
    if said.endswith("…"):
        assert any(one.startswith(said.rstrip("…").rstrip()) for one in found)
    else:
        assert found == [said]


@pytest.mark.parametrize(
    ("store", "said"),
    [
        (
            "id: 3f0c2b7e-5a41-4c9d-9a6e",
            "2:7 store.id: expected a UUID such as 3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11, got"
            " `3f0c2b7e-5a41-4c9d-9a6e` | it is the client id in Store settings › Channels › Web",
        ),
        (
            "environment: ue5",
            "3:16 (warning) unknown environment `ue5` | did you mean `eu5`?",
        ),
        (
            "environment: EU5",
            "3:16 store.environment: expected an environment such as eu5: small letters, digits and hyphens,"
            " got `EU5`",
        ),
        (
            "url: shop.example",
            "4:8 store.url: expected an address such as https://shop.example, got `shop.example`",
        ),
        (
            "url: 'https://[x'",
            "4:8 store.url: expected an address such as https://shop.example, got `https://[x`",
        ),
        (
            "domains: [shop.example]",
            "5:13 store.domains.0: expected an authorised domain such as https://*.shop.example, got"
            " `shop.example` | write it with https://",
        ),
        (
            "domains: ['https://other.example', 'https://*.shop.example']",
            "4:8 https://shop.example lies outside the authorised domains: its visits would be dropped"
            " | add it to store.domains",
        ),
        ("currency: euro", "5:13 store.currency: expected an ISO 4217 code such as EUR, got `euro`"),
    ],
)
def test_a_mistake_in_the_store(store: str, said: str) -> None:
    key = store.partition(":")[0]
    lines = [line for line in STORE.splitlines() if not line.strip().startswith(f"{key}:")]
    order = ["id", "environment", "url", key]
    lines.insert(order.index(key) + 1, f"  {store}")
    assert complaints("\n".join(lines)) == [said]


@pytest.mark.parametrize(
    ("url", "warned"),
    [
        ("https://www.leaf-and-bean.com", True),
        ("https://notshop.example", True),
        ("https://shop.example/en", False),
        ("https://www.shop.example", False),
        ("http://localhost:8000", False),
    ],
)
def test_the_examples_store_id_in_a_plan_of_ones_own_is_a_warning(url: str, warned: bool) -> None:
    found = complaints(STORE.replace("https://shop.example", url) + CATALOG_FEED)
    assert (
        found
        == [
            "2:7 (warning) this is the examples' store id: no store would receive anything"
            " | yours is the client id in Store settings › Channels › Web"
        ]
        * warned
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "store:\n  id: x\n   url: y\n",
            "3:7 mapping values are not allowed in this context | indented deeper than the line above;"
            " the keys of one section begin in the same column",
        ),
        (
            "pages:\n  home:\n     match: /\n    # soon\n    tags: x\n",
            "5:5 did not find expected key, while parsing a block mapping that begins in line 2"
            " | indented by 4, the line above by 5: the keys of one section begin in the same column",
        ),
        (
            "pages:\n  product: {match: */product/*}\n",
            "2:21 did not find expected alphabetic or numeric character"
            " | a text that begins with `*` must stand in quotes",
        ),
        (
            "events: a: b\n",
            "1:10 mapping values are not allowed in this context | put a text that contains `: ` in quotes",
        ),
        (
            'version: "1"\n' + STORE + CATALOG_FEED,
            "1:10 version: expected 1, got `1` | write it without quotes",
        ),
    ],
)
def test_a_slip_of_yaml_is_reported_with_its_cure(text: str, said: str) -> None:
    assert complaints(text) == [said]


def test_a_key_that_lost_its_indentation_is_led_back() -> None:
    found = complaints(STORE.replace("  environment", "environment").replace("  url", "url"))
    assert [one.partition(" ")[2] for one in found if "unknown key" in one] == [
        "unknown key `environment` in the plan | it belongs under `store:`; indent it",
        "unknown key `url` in the plan | it belongs under `store:`; indent it",
    ]
