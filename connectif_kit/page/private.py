"""What of a page nobody else may read: keys, and what it says of one visitor.

Reports are kept, mailed and shown by CI servers: wherever an excerpt or a message of ours quotes a
page, this is made unreadable first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from connectif_kit.core.mask import headers, settings, veiled, without_private
from connectif_kit.core.messages import Message
from connectif_kit.core.patterns import lazily
from connectif_kit.page.html import Source, Span, parse
from connectif_kit.page.html.hidden import hidden_tags
from connectif_kit.page.integration import Integration
from connectif_kit.page.tags import TagOccurrence, Value
from connectif_kit.vocabulary import TAGS
from connectif_kit.vocabulary.kinds import DECIMAL, INTEGER
from connectif_kit.vocabulary.product import BASKET_ITEM

_PERSONAL = tuple(name for name, tag in TAGS.items() if tag.personal)
_TEXT = lazily(r"(?<=>)[^<>]+(?=<)|(?<==\")[^\"<>]+(?=\")|(?<==')[^'<>]+(?=')")
_CLASS = lazily(r"\s(?:class|id|style|type|data-field-list)\s*=\s*[\"']?$", re.IGNORECASE)
_HIDDEN = 5_000
"""Characters after a tag's start in a comment within which its values are looked for."""
_EXAMPLES = ("ana@example.org", "+34651234567", "ana@shop.example")
"""What messages of ours say of a value that lacks."""
_SHORT = 8
"""Letters of a value that may be a message's own word: it is taken for itself where it stands in quotes."""
_QUOTED = 40
"""Letters of a long value by which a message that cuts it is known."""


def veiled_text(source: Source) -> str:
    """A page's text of the same length with all that is private made unreadable."""
    text = source.text
    if not _may_hold(text):
        return without_private(text)
    page = parse(source)
    try:
        for start, end in private_spans(Integration(page)):
            text = text[:start] + veiled(text[start:end]) + text[end:]
    finally:
        page.release()
    return without_private(text)


def private_texts(there: Integration) -> list[str]:
    """The private values of a page, the longest first."""
    if not _may_hold(there.text):
        return []
    found = {" ".join(there.text[start:end].split()) for start, end in private_spans(there)}
    found |= {value.text for use in there.all_tags for value in _private_values(use)}
    return sorted((text for text in found if text), key=len, reverse=True)


def hidden_in(message: str, private: Sequence[str], page: str = "") -> str:
    """A message about a page without what is private, cut or whole; examples of ours stay."""
    hidden = _hidden(message, private, page)
    if hidden == message or not isinstance(message, Message):
        return hidden if hidden != message else message
    # A value in its place in the message stands between signs; alone it is taken for itself.
    again = message.changed(lambda value: _hidden(f"`{value}`", private, page)[1:-1])
    return again if again == hidden else hidden


def _hidden(text: str, private: Sequence[str], page: str) -> str:
    for each in private:
        if len(each) < _SHORT:
            text = text.replace(f"`{each}`", f"`{veiled(each)}`")
        elif each in text:
            text = text.replace(each, veiled(each))
        elif len(each) > _QUOTED and each[:_QUOTED] in text:
            text = _without_beginning(text, each)
    if not any(sign in text for sign in ("@", "+", "00", "apiKey")):
        return text
    return without_private(text, [each for each in _EXAMPLES if each not in page])


def _without_beginning(text: str, whole: str) -> str:
    start = text.find(whole[:_QUOTED])
    end = start + _QUOTED
    while end < len(text) and end - start < len(whole) and text[end] == whole[end - start]:
        end += 1
    return text[:start] + veiled(text[start:end]) + text[end:]


def _may_hold(text: str) -> bool:
    return any(name in text for name in _PERSONAL) or "apiKey " in text or "connectif_" in text.lower()


def private_spans(there: Integration) -> Iterator[Span]:
    """Where a page's private values stand: keys, and texts and attributes of what it says of a visitor."""
    text = there.text
    yield from (Span(*found.span(1)) for found in headers(text))
    for script in there.all_scripts:
        start, end = script.start_tag, script.end_tag
        if start and end and "connectif_" in script.text.lower():
            yield from (Span(*found.span(1)) for found in settings(text, start.end, end.start))
    for use in there.all_tags:
        if use.tag.personal:
            yield from _spans_of(there, use)
    for hidden in hidden_tags(there.page):
        if hidden.name in _PERSONAL and hidden.where != "template":
            yield from _texts(text, hidden.span.end, _closed(text, hidden.where, hidden.span.end))


def _closed(text: str, where: str, start: int) -> int:
    """Where a comment, or an element that holds only text, ends."""
    end = min(start + _HIDDEN, len(text))
    found = text.find("-->" if where == "comment" else f"</{where}", start, end)
    return end if found < 0 else found


def _spans_of(there: Integration, use: TagOccurrence) -> Iterator[Span]:
    tag = use.node.start_tag
    if use.tag.entity and use.tag.entity.open and tag:
        end = use.node.end_tag
        yield from _texts(there.text, tag.end - 1, end.start + 1 if end else len(there.text))
        return
    for value in _private_values(use):
        start, end = value.node.start_tag, value.node.end_tag
        if start:
            yield from _texts(there.text, start.start, end.start + 1 if end else start.end)


def _private_values(use: TagOccurrence) -> Iterator[Value]:
    """All of a contact; of carts, orders and searches what is neither a product's nor a plain number."""
    if not use.tag.personal or use.tag.entity is None:
        return
    for value in use.values:
        field = value.field
        is_product = value.name in BASKET_ITEM.by_html
        is_plain = field is not None and (field.kind in (DECIMAL, INTEGER) or value.text in field.choices)
        if not is_plain and (use.tag.entity.open or (field is not None and not is_product)):
            yield value


def _texts(text: str, start: int, end: int) -> Iterator[Span]:
    """The texts between tags, and the values of attributes but for those that only say what is what."""
    for found in _TEXT.finditer(text, start, end):
        quoted = text[found.start() - 1] != ">"
        before = text[max(0, found.start() - 30) : found.start()]
        if found[0].strip() and not (quoted and _CLASS.search(before[:-1] + '"')):
            yield Span(*found.span())
