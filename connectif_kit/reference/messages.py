"""The catalogues of translations: what they must hold, what they lack, and how they are renewed.

Texts are found where they are written: `say(…)` and `count(…)` in Python, `t(…)` and `tn(…)` in templates
and in JavaScript, `say(level, …)` and `note(…)` for the preview's notes; beside them titles of rules,
meanings of faults and descriptions of properties, which messages quote. `write` brings new texts into the
`.po` files, takes out what nobody says any more, and compiles the `.mo` files; translating is by hand.
"""

from __future__ import annotations

import ast
import io
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from connectif_kit.audit.page_run import rules
from connectif_kit.core.language import ENGLISH, LANGUAGES, LOCALE
from connectif_kit.core.templates import BUNDLED, environment
from connectif_kit.core.wording import unfolded
from connectif_kit.explain import faults
from connectif_kit.plan.checks import checks
from connectif_kit.plan.schema import required
from connectif_kit.rule_texts import title_of
from connectif_kit.vocabulary import ENTITIES, EVENTS, TAGS, kinds

Text: TypeAlias = "str | tuple[str, str]"
"""A text, or its two English forms."""
PACKAGE = Path(__file__).parent.parent
DOMAINS = ("messages", "browser")
FOR_PROGRAMS = ("feed/", "new/", "parts/", "starter/", "targets/")
"""Folders of templates that say nothing to the people who read our pages."""
PLURALS = {"es": "(n != 1)", "pt-br": "(n > 1)"}
"""Two forms each, the second where this holds: 0 is `0 páginas` in Spanish, `0 página` in Portuguese."""
SPOKEN = [code for code in LANGUAGES if code != ENGLISH.code]


def wanted(domain: str) -> dict[Text, list[str]]:
    """Every text that a catalogue must have, with the files that say it."""
    found: dict[Text, list[str]] = {}
    for text, place in _of_browser() if domain == "browser" else _of_python():
        places = found.setdefault(text, [])
        if place not in places:
            places.append(place)
    return found


def renewed(code: str, domain: str) -> Catalog:
    """The catalogue as it is on the disk, with all texts that are wanted and no others."""
    old, new = read(code, domain), _empty(code)
    for text, places in wanted(domain).items():
        known = old.get(text[0] if isinstance(text, tuple) else text)
        same = known is not None and known.id == text
        string = known.string if known and same else ("", "") if isinstance(text, tuple) else ""
        new.add(text, string, locations=[(place, 0) for place in places])
    return new


def read(code: str, domain: str) -> Catalog:
    """A catalogue from the disk; an empty one where there is none."""
    path = LOCALE / code / f"{domain}.po"
    if not path.is_file():
        return _empty(code)
    with path.open("rb") as stream:
        return read_po(stream, locale=code.replace("-", "_"))


class _Headed(Catalog):
    """A catalogue whose header says what `gettext` needs and nothing that changes by itself."""

    num_plurals = 2

    def _get_mime_headers(self) -> list[tuple[str, str]]:
        return [("Content-Type", "text/plain; charset=utf-8"), ("Plural-Forms", self.plural_forms)]

    mime_headers = property(_get_mime_headers)

    @property
    def plural_expr(self) -> str:
        return PLURALS[str(self.locale).replace("_", "-").lower()]


def _empty(code: str) -> Catalog:
    return _Headed(locale=code.replace("-", "_"), fuzzy=False)


def files() -> dict[Path, bytes]:
    """Every file of the catalogues as it should be: for translators, and compiled."""
    made: dict[Path, bytes] = {}
    for code in SPOKEN:
        for domain in DOMAINS:
            catalogue = renewed(code, domain)
            made[LOCALE / code / f"{domain}.po"] = _po(catalogue, code)
            made[LOCALE / code / f"{domain}.mo"] = compiled(catalogue)
    return made


def compiled(catalogue: Catalog) -> bytes:
    """A catalogue as `gettext` reads it."""
    out = io.BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def _po(catalogue: Catalog, code: str) -> bytes:
    out = io.BytesIO()
    write_po(out, catalogue, width=0, include_lineno=False, omit_header=True)
    locale = LANGUAGES[code].tag.replace("-", "_")
    head = (
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
        f'"Language: {locale}\\n"\n"Plural-Forms: {catalogue.plural_forms}\\n"\n\n'
    )
    return head.encode() + out.getvalue().rstrip() + b"\n"


def _of_python() -> Iterator[tuple[Text, str]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        for text in _said(path.read_text(encoding="utf-8")):
            yield text, path.relative_to(PACKAGE.parent).as_posix()
    yield from _of_templates()
    yield from _described()


def _said(code: str) -> Iterator[Text]:
    """The literal texts of `say` and `count` in a module."""
    for node in ast.walk(ast.parse(code)):
        name = _function(node) if isinstance(node, ast.Call) else ""
        if not isinstance(node, ast.Call) or name not in ("say", "count"):
            continue
        given = [each.value for each in node.args if isinstance(each, ast.Constant)]
        texts = [each for each in given if isinstance(each, str)]
        if name == "say" and len(node.args) == 1 and texts and texts[0]:
            yield texts[0]
        elif name == "count" and len(node.args) == 3 and len(texts) == 2:
            yield texts[0], texts[1]


def _function(call: ast.Call) -> str:
    """The name of a function that is called, or of a language's method."""
    if isinstance(call.func, ast.Attribute):
        return call.func.attr if ast.unparse(call.func.value).endswith("language") else ""
    return call.func.id if isinstance(call.func, ast.Name) else ""


def _of_templates() -> Iterator[tuple[Text, str]]:
    from jinja2.ext import extract_from_ast

    made = environment()
    for name in sorted(made.list_templates(extensions=["j2"])):
        if name.startswith(FOR_PROGRAMS):
            continue
        source = (BUNDLED / name).read_text(encoding="utf-8")
        for _, function, found in extract_from_ast(made.parse(source), ["t", "tn", "forms"]):
            texts = [each for each in (found if isinstance(found, tuple) else [found]) if each]
            if function in ("tn", "forms") and len(texts) == 2:
                yield (texts[0], texts[1]), f"templates/{name}"
            elif function == "t" and texts:
                yield texts[0], f"templates/{name}"


def _of_browser() -> Iterator[tuple[Text, str]]:
    for path in sorted(BUNDLED.rglob("*.js")):
        place = f"templates/{path.relative_to(BUNDLED).as_posix()}"
        if not place.startswith(("templates/preview/", "templates/report/")):
            continue
        keywords = {"t": None, "tn": (2, 3), "say": (2,), "note": None}
        source, options = io.BytesIO(path.read_bytes()), {"parse_template_string": True}
        for _, text, _, _ in extract("javascript", source, keywords, options=options):
            yield text if isinstance(text, str) else (text[0], text[-1]), place


def _described() -> Iterator[tuple[Text, str]]:
    """Texts that messages quote from what describes the platform, and the titles of all that is found."""
    for name, one in {**rules(), **checks()}.items():
        yield from ((text, f"rule {name}") for text in (one.title, unfolded(one.doc)) if text)
    for fault in faults():
        yield from ((text, f"fault {fault.name}") for text in (title_of(fault), fault.doc, fault.remedy))
    yield from ((text, "connectif.yaml") for text in required())
    for entity in {**ENTITIES, **{tag.css_class: tag.entity for tag in TAGS.values() if tag.entity}}.values():
        yield from ((field.doc, f"entity {entity.name}") for field in entity.fields)
    for event in EVENTS.values():
        yield from ((field.doc, f"event {event.type}") for field in event.fields)
    for kind in vars(kinds).values():
        if isinstance(kind, kinds.Kind):
            yield kind.name, f"kind {kind.name}"
    for tag in TAGS.values():
        texts = [tag.doc, tag.retired, tag.label.doc if tag.label else ""]
        yield from ((text, f"tag {tag.css_class}") for text in texts if text)
