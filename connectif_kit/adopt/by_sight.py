"""A product as a visitor sees it: a heading, a price beside it, something that puts it into a cart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple

from connectif_kit.adopt.evidence.address import own_bases
from connectif_kit.adopt.words import TO_CART, is_of_products
from connectif_kit.catalog.price import ambiguous, currencies, number
from connectif_kit.page.html import Node, Page
from connectif_kit.vocabulary.currencies import DECIMALS

SIMPLE = re.compile(r"[A-Za-z][\w-]*")
"""A class that a selector takes as it is."""
BY_SIGHT = "heading and price"
_HEADINGS = ("h1", "main h1", "article h1", "h2", "main h2:first-of-type")
_HIDDEN_ID = 'input[name="id" i][value], input[name="sku" i][value], input[name="product_id" i][value]'
_LONG = 40
_AROUND = ("nav", "header", "footer", "aside", "li", "a", "script", "template", "table")
_CARD = frozenset(("h2", "h3", "h4", "h5"))
_WHOLE = ("main", "section", "form", "body")
_MOST_NODES = 4_000
_WAYS = 3
_STYLES = ("point", "comma")
_OLD = re.compile(r"(?:^|[-_])(?:old|was|original|regular|before|compare|list|msrp|rrp)(?:$|[-_])", re.I)
_STRUCK = ("del", "s", "strike")


class Candidate(NamedTuple):
    """A way to read a page's product: a source as plans write it, and what its product is called there.

    `same` where it gives on this page what the way before it gives.
    """

    how: str
    source: dict[str, Any]
    name: str
    identity: str
    same: bool = False


def by_sight(page: Page, path: str) -> Iterator[Candidate]:
    """A few ways to name the heading and the price; which fits most pages, all of them together tell."""
    if not TO_CART.search(page.source.text) and not is_of_products(path):
        return
    name = next(((css, found[0]) for css in _HEADINGS if len(found := _spoken(page, css)) == 1), None)
    if name is None:
        return
    css, heading = name
    text = heading.text.strip()
    for price in islice(dict.fromkeys(_prices(page, heading)), _WAYS):
        shown = page.select(price)[0].text.strip()
        for style in _styles(shown):
            fields: dict[str, Any] = {
                **_identity(page),
                "name": {"selector": css},
                "url": address(page, path),
                "unit_price": {"selector": price, "number": style},
            }
            if page.select('meta[property="og:image"][content]'):
                fields["image_url"] = {"meta": "og:image"}
            source = {"selector": "body", "fields": fields}
            yield Candidate(BY_SIGHT, source, text, text, style != "auto" and bool(number(shown)))


def _styles(text: str) -> Iterator[str]:
    """The ways to read a price, `auto` first: `$1,299` is clear only beside what other pages write.

    A reading with three decimals is none, where the currency beside it has fewer.
    """
    meant = currencies(text)
    yield "auto"
    for style in _STYLES:
        found = number(text, style)
        is_three = len(found.partition(".")[2]) == 3 and any(DECIMALS.get(code, 2) < 3 for code in meant)
        if found and not is_three and (ambiguous(text) or found == number(text)):
            yield style


def _spoken(page: Page, css: str) -> list[Node]:
    return [node for node in page.select(css) if node.text.strip() and not node.in_template]


def address(page: Page, path: str) -> dict[str, str]:
    """The source of a product's address: the canonical one where it is the page's own, of a real host."""
    css = 'link[rel="canonical"]'
    found = page.select(f"{css}[href]")
    is_own = bool(found) and any(own_bases(path, (found[0].attributes["href"].strip(),)))
    return {"selector": css, "attribute": "href"} if is_own else {"page": "path"}


def _identity(page: Page) -> dict[str, Any]:
    for key in ("data-product-id", "data-sku", "data-id", "data-product"):
        if len({node.attributes[key] for node in page.select(f"[{key}]")}) == 1:
            return {"product_id": {"selector": f"[{key}]", "attribute": key}}
    if len(page.select(_HIDDEN_ID)) == 1:
        name = page.select(_HIDDEN_ID)[0].attributes["name"]
        return {"product_id": {"selector": f'input[name="{name}"]', "attribute": "value"}}
    return {"product_id": {"page": "path"}}


# ------------------------------------------------------------ the price


def _prices(page: Page, heading: Node) -> Iterator[str]:
    """Selectors of the product's price: by a class that says so, else of the first text that is a price."""
    named = [node for node in page.select('[class*="price" i]') if _is_price(node)]
    # One price is sooner meant than `$9.00 $12.00` around it, and today's sooner than the one before.
    named.sort(key=lambda node: (_is_old(node), not _is_amount(node.text.strip())))
    yield from (css for node in named[:1] for css in _by_class(node, page))
    node = next((each for each in _amounts(page) if not _is_of_a_list(each, heading)), None)
    if node is not None:
        yield from _by_place(node, page)


def _is_price(node: Node) -> bool:
    text = node.text.strip()
    has_digit = any(char.isdecimal() for char in text)
    if not has_digit or len(text) >= _LONG or node.in_template or node.tag in ("form", "input"):
        return False
    return not any(above.tag in ("nav", "header", "footer", "aside", "li") for above in node.near())


def _is_old(node: Node) -> bool:
    """Whether a price is struck out, or called the one before."""
    return any(
        each.tag in _STRUCK or any(name.endswith("line-through") or _names_old(name) for name in each.classes)
        for each in islice((node, *node.near()), 3)
    )


def _names_old(name: str) -> bool:
    found = _OLD.search(name)
    return found is not None and ("price" in name.lower() or found[0] == name)


def _is_amount(text: str) -> bool:
    return any(number(text, style) for style in ("auto", *_STYLES))


def _by_class(node: Node, page: Page) -> Iterator[str]:
    """Selectors of a class of its own: the only such element, or the first of many with one text."""
    for name in node.classes:
        if "price" in name.lower() and SIMPLE.fullmatch(name) and _means(f".{name}", node, page):
            yield f".{name}"


def _amounts(page: Page) -> Iterator[Node]:
    """The elements whose whole text is one price with its currency: `$34.99`, `12,50 €`."""
    for node in islice(page.body.descendants() if page.body else (), _MOST_NODES):
        text = node.text.strip() if not node.children else ""
        is_amount = bool(text) and len(text) < _LONG and bool(currencies(text)) and _is_amount(text)
        around = any(each.tag in _AROUND for each in node.near())
        if is_amount and not (node.in_template or around or _is_old(node)):
            yield node


def _is_of_a_list(price: Node, heading: Node) -> bool:
    """Whether a price stands on a card of a list: in what has a heading and a link of its own."""
    around = {id(each) for each in heading.near()}
    for above in price.near():
        if id(above) in around or above.tag in _WHOLE:
            return False
        tags = {below.tag for below in above.descendants() if below is not price}
        if above.tag in ("li", "a") or ("a" in tags and not _CARD.isdisjoint(tags)):
            return True
    return False


def _by_place(node: Node, page: Page) -> Iterator[str]:
    """Selectors of an element by its classes, and by those of what is around it."""
    own = [name for name in node.classes if SIMPLE.fullmatch(name)]
    alone = [f"{node.tag}.{name}" for name in own] + ([f"{node.tag}.{'.'.join(own)}"] if own else [])
    yield from (css for css in alone if _means(css, node, page))
    last = alone[-1] if alone else node.tag
    for above in islice(node.near(), 4):
        named = [name for name in above.classes if SIMPLE.fullmatch(name)]
        step = f"#{above.attributes['id']}" if SIMPLE.fullmatch(above.attributes.get("id", "")) else ""
        step = step or (f"{above.tag}.{'.'.join(named)}" if named else above.tag)
        last = f"{step} > {last}"
        if _means(last, node, page):
            yield last


def _means(css: str, node: Node, page: Page) -> bool:
    """Whether a selector finds an element first, and others only of its text or beside it: its variants."""
    found = page.select(css)
    if not found or found[0] is not node:
        return False
    return len({each.text.strip() for each in found}) == 1 or all(e.parent is node.parent for e in found)
