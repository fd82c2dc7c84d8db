"""Newsletter and login forms and add-to-cart buttons, as selectors that mean one element on a page."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

from connectif_kit.adopt import words
from connectif_kit.adopt.evidence.handmade import by_hand
from connectif_kit.adopt.line import Line, counted
from connectif_kit.adopt.site import Evidence, Site
from connectif_kit.page.html import Node, Page
from connectif_kit.page.integration import Integration

MOST_FORMS = 40
_IDENT = re.compile(r"-?[A-Za-z_][\w-]*")
_PRIVATE = ("password", "card")
_EMAIL = re.compile(r"e-?mail|correo", re.IGNORECASE)


class Form(NamedTuple):
    """A form or a button: what it is for, its selector, that of its address field."""

    use: str
    css: str
    email: str


def look(there: Integration) -> list[Form]:
    """The forms and buttons of a page that a plan may name."""
    page = there.page
    forms = [node for node in page.select("form")[:MOST_FORMS] if not node.in_template]
    found = [form for node in forms if (form := _form(node, page))]
    buttons = page.select("button, input[type=submit], a[class]")[:400]
    carts = [node for node in buttons if words.TO_CART.search(_said(node))]
    if carts and (css := _button(carts[0])):
        found.append(Form("to-cart", css, ""))
    return found


def _form(node: Node, page: Page) -> Form | None:
    inputs = [below for below in node.descendants() if below.tag in ("input", "textarea", "select")]
    mails = [each for each in inputs if _is_email(each)]
    passwords = [each for each in inputs if each.attributes.get("type", "").lower() == "password"]
    css = _unique(node, page)
    if not (mails or passwords) or not css:
        return None
    email = _email_css(mails[0]) if mails else ""
    said = _said(node)
    if passwords:
        is_new = len(passwords) > 1 or words.REGISTER.search(said)
        return Form("register" if is_new else "login", css, email)
    is_short = len([each for each in inputs if _is_shown(each)]) <= 3
    has_text = any(each.tag == "textarea" for each in inputs)
    is_news = mails and not has_text and (words.NEWSLETTER.search(said) or is_short)
    return Form("newsletter", css, email) if is_news else None


def _is_email(node: Node) -> bool:
    kind = node.attributes.get("type", "text").lower()
    named = " ".join(node.attributes.get(name, "") for name in ("name", "id", "placeholder"))
    return kind == "email" or (kind == "text" and bool(_EMAIL.search(named)))


def _email_css(node: Node) -> str:
    if node.attributes.get("type", "").lower() == "email":
        return "input[type=email]"
    name = node.attributes.get("name", "")
    return f'input[name="{name}"]' if name and '"' not in name else "input"


def _is_shown(node: Node) -> bool:
    return node.attributes.get("type", "text").lower() not in ("hidden", "submit", "button", "checkbox")


def _said(node: Node) -> str:
    named = (node.attributes.get(name, "") for name in ("id", "class", "name", "action", "aria-label"))
    return " ".join([*named, node.text[:300]])


def _unique(node: Node, page: Page) -> str:
    """A selector that only this element of the page matches."""
    own = node.attributes
    named = [f"form#{own['id']}"] if _IDENT.fullmatch(own.get("id", "")) else []
    named += [f'form[name="{own["name"]}"]'] if _IDENT.fullmatch(own.get("name", "")) else []
    named += [f"form.{name}" for name in node.classes if _IDENT.fullmatch(name) and "-" not in name[:1]]
    action = own.get("action", "")
    named += [f'form[action="{action}"]'] if action.strip(" #/") and not re.search(r'["\\\n]', action) else []
    near = [each for each in node.near() if each.tag in ("footer", "main", "aside", "section")]
    named += [
        f"{each.tag}#{each.attributes['id']} form"
        for each in near
        if _IDENT.fullmatch(each.attributes.get("id", ""))
    ]
    named += [f"{each.tag} form" for each in near[:1]]
    named.append("form")
    return next((css for css in named if [*page.select(css)] == [node]), "")


def _button(node: Node) -> str:
    """A selector for all buttons of this use: a class, or an attribute, that says so."""
    named = [name for name in node.classes if words.TO_CART.search(name) and _IDENT.fullmatch(name)]
    if named:
        return f".{named[0]}"
    data = [name for name in node.attributes if name.startswith("data-") and words.TO_CART.search(name)]
    return f"[{data[0]}]" if data else ""


def conclude(site: Site) -> Iterator[Line]:
    """A line for each use: the selector that most pages have."""
    uses: dict[str, dict[Form, int]] = defaultdict(lambda: defaultdict(int))
    for _, forms in site.saw(EVIDENCE.name):
        for form in set(forms):
            uses[form.use][form] += 1
    sent = by_hand(site)
    for use, forms in uses.items():
        form = max(forms, key=lambda each: forms[each])
        where = f"on {counted(forms[form], 'page')}"
        line = _LINES[use](form, where)
        hand = sent.get(str(line.value.get("send"))) if isinstance(line.value, dict) else None
        if hand:
            yield Line(line.at, line.value, f"{hand} sends it by hand already", sure=False)
        else:
            yield line


def _newsletter(form: Form, where: str) -> Line:
    value = {
        "on": {"submit": form.css},
        "send": "newsletter-subscribe",
        "email": {"selector": form.email},
    }
    return Line(("events", "newsletter"), value, f"a form {where}")


def _login(form: Form, where: str) -> Line:
    return _access("login", form, where)


def _register(form: Form, where: str) -> Line:
    return _access("register", form, where)


def _access(send: str, form: Form, where: str) -> Line:
    fields = {"primary_key": {"selector": form.email or "input[type=email]"}}
    contact: dict[str, Any] = {"selector": form.css, "fields": fields}
    value = {"on": {"submit": form.css}, "send": send, "contact": contact}
    why = f"a form {where}; a wrong password is sent too: better an event of the page's after it went well"
    return Line(("events", send), value, why, sure=False)


def _to_cart(form: Form, where: str) -> Line:
    why = f"buttons {where}; once `cart:` is planned"
    return Line(("events", "cart-changed"), {"on": {"click": form.css}, "send": "cart"}, why, sure=False)


_LINES = {"newsletter": _newsletter, "login": _login, "register": _register, "to-cart": _to_cart}
EVIDENCE = Evidence("forms", conclude, look, order=60)
