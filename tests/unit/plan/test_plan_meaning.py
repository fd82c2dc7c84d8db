"""Parts of a plan that do not work together, and what may be meant."""

from __future__ import annotations

import pytest

from connectif_kit.core.diagnostics import KitError
from tests.unit.plan.plans import CATALOG_FEED, STORE, of, read

# --- what does not work together -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("rest", "said"),
    [
        (
            "pages: {product: {match: /p/*}}\n",
            "catalog: tags, but nothing renders cn_product_visited into the raw HTML of these pages:"
            " the platform's verifier fetches the page and runs no script",
        ),
        (
            "pages: {product: {match: /p/*, product: {storage: p}}}\n",
            "catalog: tags, but nothing renders cn_product_visited into the raw HTML of these pages:"
            " the platform's verifier fetches the page and runs no script",
        ),
        (
            "pages: {product: {match: /p/*, product: catalog}}\n",
            "`product: catalog`, but `catalog.source` names no file",
        ),
        ("integration: {catalog: feed}\n", "catalog: feed, but nothing says where the products are"),
        (
            "integration: {activity: server-tags, spa: true, catalog: api}\n",
            "server-tags reads tags once per page load: routes of a single-page app would be lost",
        ),
        (
            "integration: {catalog: api}\n"
            "pages: {confirmation: {match: /done, purchase: {storage: o}}}\n"
            "events: {bought: {on: {load: true}, send: purchase, purchase: {storage: o}}}\n",
            "purchase would be reported twice on `confirmation` pages:"
            " by this event and by pages.confirmation",
        ),
        (
            "integration: {catalog: api, activity: client-tags}\n"
            "pages: {search: {match: /s, search_text: {query: q}, tags: cn_search}}\n",
            "search would be reported twice: by the tag cn_search and by the dispatcher",
        ),
        (
            "integration: {catalog: api}\nevents: {seen: {on: {load: true}, send: page-visit}}\n",
            "page-visit is sent by itself on every page: this event would count each visit twice",
        ),
        (
            "integration: {catalog: api}\nevents: {in: {on: {event: in}, send: login}}\n",
            "login identifies nobody: no contact is planned",
        ),
        (
            "integration: {catalog: api}\nevents: {c: {on: {event: c}, send: cart}}\n",
            "`send: cart`, but no cart is planned",
        ),
        (
            "integration: {catalog: api}\n"
            "events: {n: {on: {load: true}, send: newsletter-subscribe, email: 'input[type=email]'}}\n",
            "email: expected an address such as ana@example.org, got `input[type=email]`",
        ),
        (
            "integration: {catalog: api}\n"
            "pages: {done: {match: /d, kind: content, purchase: {storage: o, fields: {"
            "purchase_id: id, total_quantity: q, total_price: {literal: dear}}}}}\n",
            "total_price: expected a number such as 1234.50, got `dear`",
        ),
        ("integration: {catalog: api}\ncart: {path: x}\n", "`path` maps an object, and there is none here"),
        (
            "integration: {catalog: api}\ncart: {detail: x}\n",
            "`detail` needs an event that happened; this is read without one",
        ),
    ],
)
def test_a_plan_whose_parts_do_not_work_together_is_refused_with_the_reason(rest: str, said: str) -> None:
    with pytest.raises(KitError) as refused:
        read(STORE + rest)
    assert [d.message for d in refused.value.diagnostics] == [said]


@pytest.mark.parametrize(
    ("rest", "said"),
    [
        ("pages: {home: {match: /}}\n", "catalog: tags, but no page of kind product is planned"),
        (
            "integration: {catalog: api}\n"
            "pages: {confirmation: {match: /done, purchase: {data_layer: purchase}}}\n",
            "GA4 items have no address",
        ),
    ],
)
def test_what_may_be_meant_is_a_warning(rest: str, said: str) -> None:
    assert [note.message.startswith(said) for note in read(STORE + rest).notes] == [True]


@pytest.mark.parametrize(
    ("rest", "said"),
    [
        (
            "cart: {storage: leaf, fields: {cart_id: ref}}\n",
            "`total_quantity` and `total_price` are not mapped: unless the object has them, as"
            " `totalQuantity` and `totalPrice` or by those names, no cart is ever sent | add them under"
            " `fields`, or map the lines as `product_basket_item`: the totals are their sums",
        ),
        (
            "contact: {storage: user, fields: {_name: first}}\n",
            "`primary_key` is not mapped: unless the object has it, as `primaryKey` or by that name,"
            " no contact is ever sent | add it under `fields`",
        ),
        (
            "pages: {done: {match: /d, kind: content, purchase: {selector: .order,"
            " fields: {total_quantity: n, total_price: sum}}}}\n",
            "`purchase_id` is not mapped: unless the element has it, in elements of that class,"
            " no purchase is ever sent | add it under `fields`",
        ),
    ],
)
def test_a_map_that_may_never_be_sent_is_a_warning(rest: str, said: str) -> None:
    assert [one.partition("(warning) ")[2] for one in of(CATALOG_FEED + rest)] == [said]


@pytest.mark.parametrize(
    "rest",
    [
        "cart: {storage: leaf, fields: {cart_id: ref, product_basket_item: {path: lines}}}\n",
        "cart: {storage: leaf}\n",
        "catalog: {url: '/p/{product_id}/'}\nevents: {seen: {on: {load: true}, send: product-visited,"
        " product: {global: p, fields: {product_id: id, name: n, unit_price: u}}}}\n",
    ],
)
def test_a_map_whose_rest_is_found_is_good(rest: str) -> None:
    assert of(CATALOG_FEED + rest) == []


@pytest.mark.parametrize(
    ("catalog", "said"),
    [
        (
            'url: "/p/{sku}/"',
            "2:16 `{sku}` is not a property of a product | did you mean `{product_id}`?",
        ),
        (
            'url: "/p/{produt_id}/"',
            "2:16 `{produt_id}` is not a property of a product | did you mean `product_id`?",
        ),
        (
            'url: "/p/{slug}/", source: p.csv',
            "2:16 `{slug}` is not a property of a product | did you mean `{product_id}`?;"
            ' a column\'s name goes under `fields:`, `url: {template: "/p/{slug}/"}`',
        ),
        ("url: /p/", '2:16 `/p/` gives every product the same address | write `url: "/p/{product_id}/"`'),
    ],
)
def test_an_address_template_that_cannot_give_addresses(catalog: str, said: str) -> None:
    assert of(f"{CATALOG_FEED}catalog: {{{catalog}}}\n") == [said]


def test_the_hint_for_a_missing_address_can_be_copied() -> None:
    ga4 = f"{CATALOG_FEED}cart: {{data_layer: add_to_cart}}\n"
    [said] = of(ga4)
    assert of(f"{ga4}catalog:\n  {said.split('`')[3]}\n") == []
    assert of(ga4.replace("add_to_cart", "shop_state")) == []


@pytest.mark.parametrize(
    ("rest", "count"),
    [
        ('pages: {content: {match: ["/shop/*", /shop, /shopping]}}\n', 2),
        ("catalog: {url: '/shop/p/{product_id}/'}\n", 1),
        ("pages: {content: {match: /a/shop}}\ncatalog: {url: '/p/{product_id}/'}\n", 0),
    ],
)
def test_paths_that_name_the_folder_of_the_shop_again_are_warned_of(rest: str, count: int) -> None:
    store = STORE.replace("https://shop.example", "https://shop.example/shop")
    notes = read(store + CATALOG_FEED + rest).notes
    said = [note for note in notes if note.message.startswith("paths start after store.url's `/shop`")]
    assert len(said) == count


@pytest.mark.parametrize("text", ["h1", "title", ".x", "#x", "[x]", "a > b", "div.price span", "*.new"])
def test_a_text_that_looks_like_a_selector_is_a_warning_with_the_selector(text: str) -> None:
    written = text if text.isalnum() else f'"{text}"'
    assert of(f"{CATALOG_FEED}pages: {{home: {{match: /, page_category: '{text}'}}}}\n") == [
        f"2:41 (warning) `{text}` is sent as it stands, and looks like a selector"
        f" | did you mean `{{selector: {written}}}`?"
    ]


@pytest.mark.parametrize("text", ["Kitchen > Mugs", "/a/b", "main", "header footer", "Offers, 50 %", "v1.2"])
def test_a_text_that_may_be_a_name_is_sent_without_a_word(text: str) -> None:
    assert of(f"{CATALOG_FEED}pages: {{home: {{match: /, page_category: '{text}'}}}}\n") == []


def test_a_text_where_a_selector_was_meant_is_fixed_by_its_hint() -> None:
    event = "{on: {load: true}, send: newsletter-subscribe, email: 'input[type=email]'}"
    [said] = of(f"{CATALOG_FEED}events: {{n: {event}}}\n")
    hint = said.partition(" | ")[2]
    assert hint == '{selector: "input[type=email]"}'
    mended = event.replace("'input[type=email]'", hint)
    assert of(f"{CATALOG_FEED}events: {{n: {mended}}}\n") == []
