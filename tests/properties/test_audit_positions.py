"""A fault put at a known place is reported at that place, whatever stands before it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from connectif_kit.page.html import decode
from tests.audit_pages import KEY, found

TEXTS = st.text(
    st.sampled_from("aé€漢🍵😀\t \n\r<p>&;")
    | st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="<&"),
    max_size=40,
).map(lambda text: text.replace("<", "(").replace("&", "+"))
NEWLINES = st.sampled_from(["\n", "\r\n", "\r"])
ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "utf-16-le", "windows-1252", "shift_jis", "gb18030"])


def line_and_column(text: str) -> tuple[int, int]:
    """Where the next character stands after a text."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return len(lines), len(lines[-1]) + 1


def encoded(text: str, encoding: str) -> tuple[str, bytes]:
    """The text as far as the encoding has its letters, and its bytes with a mark or declaration."""
    declared = {"windows-1252", "shift_jis", "gb18030"}
    head = f'<meta charset="{encoding}">' if encoding in declared else ""
    codec = "cp932" if encoding == "shift_jis" else encoding  # what browsers mean by that label
    plain = (head + text).encode(codec, "ignore").decode(codec)
    bom = b"\xff\xfe" if encoding == "utf-16-le" else b""
    return plain, bom + plain.encode(codec)


@given(before=TEXTS, inside=TEXTS, newline=NEWLINES, encoding=ENCODINGS)
def test_a_tag_is_found_where_it_stands(before: str, inside: str, newline: str, encoding: str) -> None:
    mark = '<div class="cn_cart" hidden>'
    text = f"<body><p>{before}</p>{newline}<i>{inside}</i>{mark}</div>".replace("\n", newline)
    text, data = encoded(text, encoding)
    assert decode("page.html", data).text == text
    at = text.index(mark)
    missing = [finding for finding in found(data, None) if finding.rule == "missing-field"]
    assert missing
    for finding in missing:
        assert (finding.place.line, finding.place.column) == line_and_column(text[:at])
        end = (finding.place.end_line, finding.place.end_column)
        assert end == line_and_column(text[: at + len(mark)])


@given(before=TEXTS, quote=st.sampled_from("\"'"), newline=NEWLINES, encoding=ENCODINGS)
def test_an_attribute_is_fixed_where_it_stands(before: str, quote: str, newline: str, encoding: str) -> None:
    title = before.replace('"', "").replace("'", "")
    held = "<i class=cart_id>1</i><i class=total_price>2</i>"
    tag = f"<div\ttitle={quote}{title}{quote}{newline} class={quote}CN_Cart{quote}>{held}</div>"
    text, data = encoded(f"<body>{newline}<p>{title}</p>{tag}", encoding)
    (wrong,) = [finding for finding in found(data, None) if finding.rule == "wrong-case"]
    (edit,) = wrong.edits
    assert text[edit.start : edit.end] == "CN_Cart"
    assert (edit.start, edit.new) == (text.index("CN_Cart"), "cn_cart")


def test_a_key_in_the_middle_of_a_line_is_found_in_code_points() -> None:
    secret = f"5f1e2d3c4b5a69788796a5b4:{KEY}"
    text = f"<p>\r\n🍵\té <i>apiKey {secret}</i>"
    (finding,) = [each for each in found(text.encode(), None) if each.rule == "secret-in-page"]
    assert (finding.place.line, finding.place.column) == (2, len("🍵\té <i>apiKey ") + 1)
