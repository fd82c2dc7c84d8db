"""Pages made to hurt: no exception, no endless work; ten times the page costs about ten times the time."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from tests.audit_pages import found, loaded, page, product

PLANNED = loaded()
PAGES: dict[str, Callable[[int], str]] = {
    "nested divs": lambda n: "<div>" * n,
    "nested tags": lambda n: '<div class="cn_cart">' * n,
    "nested properties": lambda n: '<div class="cn_cart">' + '<b class="cart_id">x' * n,
    "nested items": lambda n: '<div class="cn_cart">' + '<b class="product_basket_item">' * n,
    "unclosed links": lambda n: "<a>" * n,
    "tags beside each other": lambda n: '<div class="cn_page_tag">x</div>' * n,
    "one long line": lambda n: "x" * (n * 100),
    "a million marks": lambda n: "<" * (n * 10),
    "attributes": lambda n: "<div " + " ".join(f"a{i}=1" for i in range(n)) + ">",
    "classes": lambda n: '<div class="cn_cart ' + "cn_x " * n + '">',
    "misspelt classes": lambda n: f'<div class="{" ".join(f"cn_car{i}" for i in range(n))}">',
    "one misspelt class": lambda n: f'<div class="{"cn_carx " * n}">',
    "misspelt elements": lambda n: "".join(f"<i class=cn_car{i}></i>" for i in range(n)),
    "misspelt properties": lambda n: (
        f'<div class="cn_cart"><b class="{" ".join(f"cart_i{i}" for i in range(n))}">'
    ),
    "comments": lambda n: "<!-- connectif-kit-disable missing-field: x -->" * n,
    "comments for the next": lambda n: "<!-- connectif-kit-disable-next missing-field: x --><p>" * n,
    "broken comments": lambda n: "<!-- cn_" * n,
    "scripts": lambda n: "<script>connectif</script>" * n,
    "NUL": lambda n: "\0<div class=cn_cart>\0" * (n // 100) + "\0" * n,
    "templates": lambda n: "<template><div class=cn_cart></div></template>" * n,
    "drawn styles": lambda n: "<svg>" + "<g>" * 200 + "<style>" * n + '</svg><b class="cn_cart">',
    "idle loaders": lambda n: '<script nomodule id="__cn_generic_script__x">1</script>' * n,
    "idle dispatchers": lambda n: "<base href=[>" + "<script type=x src=/connectif-events.js></script>" * n,
    "reports": lambda n: '<script>sendEvents({type: "page-visit"})//"</script>' * n,
    "keys": lambda n: "apiKey " * n,
    "links": lambda n: "<link rel=canonical href=x>" * n,
    "blanks": lambda n: product(1, " " * n + "12" + "\t" * n),
    "digits": lambda n: product(1, "1" * n + ",5"),
    "structured data": lambda n: (
        product() + '<script type="application/ld+json">Product' + "[" * n + "</script>"
    ),
}


def seconds(make: str, size: int) -> float:
    data = page(PAGES[make](size)).encode()
    start = time.process_time()
    found(data, PLANNED)
    return time.process_time() - start


SMALL, LARGE = 4_000, 40_000
GROWTH = 30
"""Ten times the page: in proportion it is 10, by the square it would be 100."""
SHORT = 0.5
"""Seconds of processor time that say more of the machine than of us."""


@pytest.mark.parametrize("make", PAGES)
def test_a_hostile_page_ends_and_costs_time_in_proportion(make: str) -> None:
    large = seconds(make, LARGE)
    if large > SHORT:
        # Once more for both: a busy moment is none of ours.
        large, small = min(large, seconds(make, LARGE)), min(seconds(make, SMALL) for _ in range(2))
        assert large < max(SHORT, GROWTH * small), f"{small:.3f} s, then {large:.3f} s"
