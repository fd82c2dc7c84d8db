"""Files that look like pages and take no integration: redirect stubs, AMP, proofs of ownership, pieces,
reports of our own.

Such a file is left alone by `inject`, nothing is missing in it for `audit`, and both count it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from connectif_kit.core.messages import Message, count, joined, say
from connectif_kit.core.patterns import lazily
from connectif_kit.page.html import Node, Page, is_code, without_comments

REDIRECT, AMP, VERIFICATION, FRAGMENT = "redirect", "amp", "verification", "fragment"
REPORT = "report"
CALLED: Mapping[str, Callable[[int], Message]] = {
    REDIRECT: lambda number: count(number, "{n:,} redirect page", "{n:,} redirect pages"),
    AMP: lambda number: count(number, "{n:,} AMP page", "{n:,} AMP pages"),
    VERIFICATION: lambda number: count(
        number, "{n:,} site verification file", "{n:,} site verification files"
    ),
    FRAGMENT: lambda number: count(number, "{n:,} fragment", "{n:,} fragments"),
    REPORT: lambda number: count(number, "{n:,} report", "{n:,} reports"),
}
"""How many of each kind of such a file there are."""

_REPORT = '<meta name="generator" content="connectif-kit report">'
_BEGINNING = 300
"""Characters in which a report names itself."""
SHORT_STUB = 6_000
"""Characters of a file: what is longer than this is not a stub, whatever its scripts do."""
FEW_WORDS = 400
"""Characters that a stub may show, such as `Click here if you are not redirected.`"""
AT_ONCE = 1.0
"""Seconds: a page that is left so soon is read by nobody."""

_LIGHTNING = "\N{HIGH VOLTAGE SIGN}"
_AMP = lazily(rf"(?:amp|{_LIGHTNING}\ufe0f?)(?:4ads|4email)?", re.IGNORECASE)
_REFRESH = lazily(
    r"\s*(?:(\d+)(?:\.[\d.]*)?|\.[\d.]*)\s*[;,\s]\s*(?!url\s*=\s*[\"']?\s*[\"']?\s*$)(?:url\s*=\s*)?(?P<quote>[\"']?)(?P<url>[^\s\"'][^\"']*)",
    re.IGNORECASE,
)
_PLACE = r"(?:(?:window|document|self|top|parent)\s*\.\s*)*location"
_LEAVES = r"(?:\s*\.\s*(?:href|pathname)\s*=(?!=)|\s*=(?!=)|\s*\.\s*(?:replace|assign)\s*\()"
_GOES = lazily(rf"(?<![\w.$])(?:{_PLACE}){_LEAVES}")
_ALIAS = lazily(rf"\b(?:var|let|const|,)\s+([A-Za-z_$][\w$]*)\s*=\s*{_PLACE}\s*[;,\n]")
# What decides whether the visitor stays, or waits for something that he does.
_STAYS = lazily(
    r"location\s*\.\s*protocol|addEventListener\(\s*[\"'`](?!load|DOMContentLoaded|pageshow)|\.on(?:click|submit|change)\b"
)
_SHOWN = {
    *("html", "head", "body", "title", "meta", "link", "base", "script", "noscript", "style"),
    *("a", "p", "br", "hr", "h1", "h2", "h3", "div", "span", "main", "section", "center"),
    *("strong", "b", "em", "i", "code", "small"),
}
_TEMPLATE = lazily(r"\{[{%#]|<%")
_PROVES = lazily(
    r"[\w.-]*verif[\w.-]*\s*[:=]\s*[\w.:/-]+|[\w-]*(?:verification|domain|token)[\w-]*\s*[:=]\s*\S+",
    re.IGNORECASE,
)
_NAMES = lazily(
    r"(?:google[0-9a-f]{12,20}|yandex_[0-9a-f]{12,20}|baidu_verify_[\w-]+|naver[0-9a-f]{24,40}|mywot[0-9a-f]{16,40}"
    r"|pinterest-[0-9a-z]{4,40}|nortonsw_[\w-]+|mailru-verification[0-9a-f]+|verifyforzoho|loaderio-[0-9a-f]+"
    r"|detectify-[\w-]+|bingsiteauth|sogousiteverification|wmail_[0-9a-f]+)\.html?",
    re.IGNORECASE,
)


def special(page: Page, url_path: str = "") -> str:
    """The kind of file that takes no integration; empty for a page that does.

    `url_path` is the file's address in the site; without it a proof of ownership is known by what it
    says alone.
    """
    text = page.source.text
    if _REPORT in text[:_BEGINNING]:
        return REPORT
    if _is_verification(page, text, url_path):
        return VERIFICATION
    if _is_amp(page):
        return AMP
    if _is_redirect(page, text):
        return REDIRECT
    return FRAGMENT if _is_fragment(page, text) else ""


def counted(numbers: Mapping[str, int]) -> Message:
    """`2 redirect pages, 1 AMP page left alone`; empty where there are none."""
    named = [called(numbers[kind]) for kind, called in CALLED.items() if numbers.get(kind)]
    return say("{files} left alone", files=joined(named)) if named else say("")


# ------------------------------------------------------------ redirects


def _is_redirect(page: Page, text: str) -> bool:
    """By `<meta http-equiv=refresh>`, or by a script in a page that holds nothing else."""
    stub = len(text) <= SHORT_STUB
    for seconds in _refreshes(page):
        if seconds <= AT_ONCE or (stub and _says_little(page)):
            return True
    return stub and "location" in text and _is_left_by_script(page)


def _refreshes(page: Page) -> Iterable[float]:
    """The seconds after which each `refresh` leads to another address; a bare one only loads again."""
    for node in page.called(("meta",)):
        given = node.attributes
        if given.get("http-equiv", "").strip().lower() != "refresh" or node.in_template:
            continue
        if found := _REFRESH.match(given.get("content", "")):
            yield float(found[1] or 0)


def _is_left_by_script(page: Page) -> bool:
    scripts = [node for node in page.called(("script",)) if not node.in_template]
    if any("src" in node.attributes for node in scripts) or not _says_little(page):
        return False
    code = without_comments("\n;".join(node.text for node in scripts if is_code(node)))
    return not _STAYS.search(code) and (bool(_GOES.search(code)) or _leaves_by_alias(code))


def _leaves_by_alias(code: str) -> bool:
    """`var l = window.location; l.replace(…)`, as single-page shells on static hosts do it."""
    names = _ALIAS.findall(code)
    return any(re.search(rf"(?<![\w.$]){re.escape(name)}{_LEAVES}", code) for name in names)


def _says_little(page: Page) -> bool:
    """Whether nothing is to be seen but a few words and links."""
    if any(node.tag not in _SHOWN for node in page.elements()):
        return False
    if page.body is None:
        return True
    inside = [node for node in page.body.descendants() if node.tag in ("script", "style")]
    shown = len(" ".join(page.body.text.split())) - sum(len(" ".join(node.text.split())) for node in inside)
    return shown <= FEW_WORDS


# ------------------------------------------------------------ AMP, proofs, pieces


def _is_amp(page: Page) -> bool:
    root = page.html
    return root is not None and any(_AMP.fullmatch(name) for name in root.attributes)


def _is_verification(page: Page, text: str, url_path: str) -> bool:
    """A file that proves to a search engine whose site it is, or any other short text without markup."""
    if len(text) > SHORT_STUB:
        return False
    if _NAMES.fullmatch(url_path.rpartition("/")[2]):
        return True
    body = page.body
    words = " ".join(body.text.split()) if body else ""
    if not words or "\0" in text or len(words) > FEW_WORDS:
        return False
    if "<" not in text:
        return _TEMPLATE.search(text) is None
    return bool(_PROVES.fullmatch(words)) and _says_little(page) and not _links(body)


def _links(body: Node | None) -> bool:
    return body is not None and any(node.tag in ("a", "script") for node in body.descendants())


def _is_fragment(page: Page, text: str) -> bool:
    """A piece of a page: markup, and neither doctype nor `<html>`, `<head>` or `<body>`."""
    if page.has_doctype or not text.strip() or "\0" in text or page.body is None:
        return False
    return not any(node is not None and node.start_tag for node in (page.html, page.head, page.body))
