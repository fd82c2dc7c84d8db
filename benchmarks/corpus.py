"""An honest corpus: product pages that share a template and nothing else, two in a hundred with a fault.

Names, classes, texts, prices and addresses differ from page to page, so no page profits from what was kept of
another one. The same arguments give the same bytes.
"""

from __future__ import annotations

import random
import string
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

KEY = "3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11"
HERE = Path(__file__).resolve().parent / "corpus"
#: Kilobytes of a page, by the name of the size.
SIZES = {"small": 8, "middle": 34, "large": 200}
FAULTY = 0.02


@dataclass(frozen=True, slots=True)
class Product:
    """What a page says of its product, in the tag and in JSON-LD alike."""

    number: int
    name: str
    price: str
    category: str


def write_corpus(folder: Path, pages: int, size: str = "middle", seed: int = 20) -> None:
    """A plan and that many pages of about `SIZES[size]` KB beside it, under `public/p/`."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "connectif.yaml").write_text((HERE / "connectif.yaml").read_text("utf-8"), "utf-8")
    for number, text in enumerate(texts(pages, size, seed)):
        path = folder / "public" / "p" / f"item-{number}" / "index.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def texts(pages: int, size: str, seed: int) -> Iterator[str]:
    """The pages, one after the other; every fiftieth on average has one fault."""
    page, card = ((HERE / name).read_text("utf-8") for name in ("page.html", "card.html"))
    for number in range(pages):
        choice = random.Random(f"{seed} {number}")
        words = partial(_words, choice)
        product = _product(choice, number)
        text = page.format(
            key=KEY,
            number=number,
            product=product,
            text=words(12),
            classes=words(3),
            cards=_cards(card, choice, SIZES[size] * 1024 - len(page) - 300),
        )
        yield _with_fault(text, product, choice) if choice.random() < FAULTY else text


def _product(choice: random.Random, number: int) -> Product:
    price = f"{choice.randint(1, 4000)}.{choice.randint(0, 99):02}"
    return Product(
        number, _words(choice, 4).title(), price, f"/{_word(choice).title()}/{_word(choice).title()}"
    )


def _cards(card: str, choice: random.Random, length: int) -> str:
    cards: list[str] = []
    while length > 0:
        words = partial(_words, choice)
        price = f"{choice.randint(1, 900)}.{choice.randint(0, 99):02}"
        made = card.format(
            id=_word(choice) + str(choice.randint(0, 9999)),
            slug=words(3).replace(" ", "-"),
            classes=words(2),
            name=words(4).title(),
            text=words(choice.randint(8, 20)).capitalize(),
            price=price,
        )
        cards.append(made)
        length -= len(made)
    return "".join(cards)


def _words(choice: random.Random, count: int) -> str:
    return " ".join(_word(choice) for _ in range(count))


def _word(choice: random.Random) -> str:
    return "".join(choice.choices(string.ascii_lowercase, k=choice.randint(3, 9)))


def _with_fault(text: str, product: Product, choice: random.Random) -> str:
    tag_price = f'"unit_price">{product.price}<'
    faults = [
        (tag_price, f'"unit_price">{product.price.replace(".", ",")}<'),
        (tag_price, f'"unit_price">{product.price} EUR<'),
        ('<span class="product_id">', '<span class="productId">'),
        ('"__cn_generic_script__', '"__cn_generic_'),
        ('class="cn_product_visited" style="display:none"', 'class="cn_product_visited"'),
        ('<span class="availability">InStock', '<span class="availability">yes'),
    ]
    return text.replace(*choice.choice(faults), 1)
