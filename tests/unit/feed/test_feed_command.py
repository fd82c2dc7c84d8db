"""`feed` as a command: where it writes, what it reports, when it refuses to take the last one's place."""

from __future__ import annotations

import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from connectif_kit.feed import products_in
from tests.tools import ROOT, Cli, run
from tests.unit.feed.feeds import STORE, G, items, product


def shop(cli: Cli, *lines: str, source: str = "products.csv") -> None:
    (cli.cwd / "connectif.yaml").write_text(STORE.replace("products.csv", source), "utf-8")
    (cli.cwd / "products.csv").write_text(
        "id,name,url,price\n" + "".join(f"{line}\n" for line in lines), "utf-8"
    )


GOOD = "1,Mug,https://shop.example/p/1/,12.50"


def test_the_command_writes_to_standard_output_or_a_file(cli: Cli) -> None:
    shop(cli, GOOD)
    printed = cli("feed")
    assert (printed.code, printed.stdout.count("<item>")) == (0, 1)
    assert cli("feed", "-o", "feed.xml").code == 0
    assert (cli.cwd / "feed.xml").read_text("utf-8") == printed.stdout
    assert cli("feed", "--format", "csv").stdout.splitlines() == [
        "productDetailUrl,productId,name,unitPrice",
        "https://shop.example/p/1/,1,Mug,12.50",
    ]


def test_a_bad_row_is_reported_at_its_line_and_the_others_go_on(cli: Cli) -> None:
    shop(cli, GOOD, '2,Cup,https://shop.example/p/2/,"1,5"', "3,Pot,https://evil.example/p/3/,3.00")
    done = cli("feed")
    assert done.code == 1
    assert done.stdout.count("<item>") == 1
    assert "products.csv:3" in done.stderr
    assert "products.csv:4" in done.stderr
    assert "1 products, 2 left out" in done.stderr


def test_strict_writes_nothing_where_a_product_is_left_out(cli: Cli) -> None:
    shop(cli, GOOD, "2,Cup,https://shop.example/p/2/,x")
    (cli.cwd / "feed.xml").write_text("old", "utf-8")
    assert cli("feed", "--strict", "-o", "feed.xml").code == 1
    assert (cli.cwd / "feed.xml").read_text("utf-8") == "old"
    assert cli("feed", "--strict").stdout == ""
    shop(cli, GOOD)
    assert cli("feed", "--strict").stdout.count("<item>") == 1


def test_milliseconds_are_a_moment_in_the_feed() -> None:
    (item,) = items(product(published_at="1700000000000"))
    assert ("published_at", "2023-11-14T22:13:20Z") in item


def test_a_dash_is_standard_output(cli: Cli) -> None:
    shop(cli, GOOD)
    done = cli("feed", "-o", "-")
    assert (done.code, done.stdout) == (0, cli("feed").stdout)
    assert not (cli.cwd / "-").exists()


@pytest.mark.parametrize("format_", ["rss", "csv"])
def test_a_feed_that_shrinks_by_more_than_a_tenth_is_asked_about(cli: Cli, format_: str) -> None:
    lines = [f"{n},Mug,https://shop.example/p/{n}/,12.50" for n in range(20)]
    shop(cli, *lines)
    write = ("feed", "-o", "out", "--format", format_)
    assert cli(*write).code == 0
    whole = (cli.cwd / "out").read_bytes()
    shop(cli, *lines[:17])
    done = cli(*write)
    assert (done.code, (cli.cwd / "out").read_bytes()) == (1, whole)
    assert "20 products are in it, 17 would be" in done.stderr
    shop(cli, *lines[:18])
    assert cli(*write).code == 0
    assert (cli.cwd / "out").read_bytes() != whole
    shop(cli, GOOD)
    assert cli(*write, "--force").code == 0
    assert products_in(cli.cwd / "out") == 1


def test_products_are_counted_across_the_pieces_that_a_feed_is_read_in(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_bytes(b"<rss>" + b"x" * ((1 << 20) - 8) + b"<item>" + b"<item>" * 3)
    assert products_in(path) == 4
    path.write_bytes(b'id,name\n1,"a\nb"\n2,c\n')
    assert products_in(path) == 2
    path.write_bytes(b"<!doctype html><p>")
    assert products_in(path) == 0


def test_one_cause_in_many_rows_is_one_finding(cli: Cli) -> None:
    foreign = [f"{n},Mug,https://evil.example/p/{n}/,1.00" for n in range(2, 200)]
    shop(cli, GOOD, *foreign, *[f"{n},Cup,https://shop.example/p/{n}/,x" for n in range(200, 500)])
    done = cli("feed")
    assert (done.stderr.count("error unauthorised-url"), done.stderr.count("error bad-product")) == (1, 1)
    assert "(198 rows: lines 3, 4, 5, 6, 7, 8, 9, 10 and 190 more)" in " ".join(done.stderr.split())
    assert "(300 rows: lines 201," in " ".join(done.stderr.split())
    assert "1 products, 498 left out" in done.stderr


def test_rows_that_are_left_out_on_purpose_are_counted(cli: Cli) -> None:
    shop(cli, GOOD, "2,Cup,https://shop.example/p/2/,3.00")
    plan = cli.cwd / "connectif.yaml"
    plan.write_text(
        plan.read_text("utf-8").replace("products.csv}", "products.csv, where: {name: mug}}"), "utf-8"
    )
    done = cli("feed", "-o", "feed.xml")
    assert done.code == 0
    assert done.stderr.splitlines()[-2:] == [
        "not taken: 1 rows that `where` does not want",
        "1 products: in feed.xml",
    ]


def test_an_empty_feed_is_no_success(cli: Cli) -> None:
    shop(cli)
    done = cli("feed")
    assert done.code == 1
    assert "discontinues" in done.stderr


@pytest.mark.parametrize(
    ("content", "code"), [("sku,name,url,price\n" + GOOD, 1), ("id,name,url,price\n", 1), ("", 2)]
)
def test_an_empty_feed_never_takes_a_good_ones_place(cli: Cli, content: str, code: int) -> None:
    shop(cli, GOOD)
    plan = cli.cwd / "connectif.yaml"
    plan.write_text(
        plan.read_text("utf-8").replace("products.csv}", "products.csv, fields: {product_id: id}}"), "utf-8"
    )
    assert cli("feed", "-o", "feed.xml").code == 0
    before = (cli.cwd / "feed.xml").read_bytes()
    (cli.cwd / "products.csv").write_text(content, "utf-8")
    done = cli("feed", "-o", "feed.xml")
    assert (done.code, (cli.cwd / "feed.xml").read_bytes()) == (code, before), done.stderr
    assert "feed.xml stays as it was" in done.stderr
    assert cli("feed", "-o", "new.xml").code == code
    assert not (cli.cwd / "new.xml").exists()


def test_a_product_with_two_faults_is_left_out_once(cli: Cli) -> None:
    shop(cli, GOOD, "2,Cup,nowhere at all,x")
    assert "1 products, 1 left out" in cli("feed").stderr


def test_of_products_with_one_id_the_first_stays_and_one_finding_tells_the_rest(cli: Cli) -> None:
    others = [f"{GOOD[:-5]}{price}" for price in ("13.00", "14.00")]
    shop(cli, "1,Mug,https://evil.example/p/1/,1.00", GOOD, "2,Cup,https://shop.example/p/2/,3.00", *others)
    done = cli("feed")
    assert done.code == 1
    assert [item.findtext(f"{G}price") for item in ElementTree.fromstring(done.stdout).iter("item")] == [
        "12.50 EUR",
        "3.00 EUR",
    ]
    assert done.stderr.count("repeated-product") == 1
    assert "products.csv:5:1" in done.stderr
    assert "the id `1` stands in products.csv:3 already (2 such rows in all)" in " ".join(done.stderr.split())
    assert "2 products, 3 left out" in done.stderr
    assert cli("feed", "--strict").stdout == ""
    assert cli("feed", "--format", "csv").stdout.count("p/1/") == 1


def test_pages_of_one_product_give_it_once(cli: Cli) -> None:
    cli("new", ".", "--store-id", "3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11", "--environment", "eu5")
    plan = cli.cwd / "connectif.yaml"
    text = plan.read_text("utf-8").replace("product: catalog", "product: json-ld")
    plan.write_text(text[: text.index("catalog:\n  source")] + text[text.index("pages:\n") :], "utf-8")
    mug = cli.cwd / "public/p/zz/index.html"
    mug.parent.mkdir()
    mug.write_bytes(next((cli.cwd / "public/p").glob("*/index.html")).read_bytes())
    done = cli("feed")
    assert (done.code, done.stdout.count("<item>")) == (1, 6)
    assert "public/p/zz/index.html:1:1" in done.stderr


def test_a_feed_without_a_currency_is_doubtful(cli: Cli) -> None:
    shop(cli, GOOD)
    plan = cli.cwd / "connectif.yaml"
    plan.write_text(plan.read_text("utf-8").replace("  currency: EUR\n", ""), "utf-8")
    done = cli("feed")
    assert "connectif.yaml:2:1" in done.stderr
    assert "currency" in done.stderr
    assert "currency" not in cli("feed", "--format", "csv").stderr


def test_products_come_from_the_pages_where_the_plan_says_so(cli: Cli) -> None:
    cli("new", ".", "--store-id", "3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11", "--environment", "eu5")
    from_file = cli("feed")
    plan = cli.cwd / "connectif.yaml"
    plan.write_text(plan.read_text("utf-8").replace("product: catalog", "product: json-ld"), "utf-8")
    text = plan.read_text("utf-8")
    plan.write_text(text[: text.index("catalog:\n  source")] + text[text.index("pages:\n") :], "utf-8")
    from_pages = cli("feed")
    assert from_pages.code == 0, from_pages.stderr

    def of(text: str) -> list[tuple[str | None, str | None]]:
        found = ElementTree.fromstring(text.encode()).iterfind("channel/item")
        return sorted((item.findtext(f"{G}link"), item.findtext(f"{G}price")) for item in found)

    assert len(of(from_file.stdout)) == 6
    assert [link for link, _ in of(from_pages.stdout)] == [link for link, _ in of(from_file.stdout)]


@pytest.mark.parametrize("format_", ["rss", "csv"])
def test_memory_does_not_grow_with_the_catalogue(tmp_path: Path, format_: str) -> None:
    (tmp_path / "connectif.yaml").write_text(STORE, "utf-8")
    peak = []
    for number in (100, 40_000):
        lines = (f"{n},Mug {n},https://shop.example/p/{n}/,12.50,{'text ' * 40}\n" for n in range(number))
        (tmp_path / "products.csv").write_text("id,name,url,price,description\n" + "".join(lines), "utf-8")
        program = (
            "import sys; from pathlib import Path; from connectif_kit.cli import run;"
            f"code = run(['feed', '-o', 'out', '--format', '{format_}']);"
            "print(Path('/proc/self/status').read_text().split('VmHWM:')[1].split()[0]); sys.exit(code)"
        )
        done = run(sys.executable, "-c", program, cwd=tmp_path, env={"PYTHONPATH": str(ROOT)})
        assert done.code == 0, done.stderr
        peak.append(int(done.stdout))
    assert peak[1] - peak[0] < 6_000, f"{peak} KB"
