"""Several plans for one site: what they share, and how they are taken together."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin
from urllib.request import urlopen

import pytest

from connectif_kit import cli
from connectif_kit.core.diagnostics import KitError
from connectif_kit.plan.load import load
from connectif_kit.plan.loaded import LoadedPlan
from connectif_kit.plan.locate import content, others

IDS = {"es": "3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11", "fr": "7d1f6a52-0b7c-4e0e-8f0a-5a9f0a3c7b02"}
SHARED = """
store: {environment: eu5, currency: EUR}
catalog: {fields: {product_id: sku, unit_price: {path: price, number: auto}}, url: "/p/{product_id}/"}
pages:
  home: {match: /}
  product: {match: "/p/*", product: catalog}
  search: {match: /search, search_text: {query: q}}
"""
PAGE = "<!doctype html><html><head><meta charset=utf-8><title>x</title></head><body><h1>x</h1></body></html>"


def read(folder: Path, name: str) -> LoadedPlan:
    return load(str(folder / name), (folder / name).read_bytes(), folder)


def plan_of(language: str, more: str = "") -> str:
    return (
        f"extends: shared.yaml\nstore: {{id: {IDS[language]}, url: 'https://shop.example/{language}'}}\n"
        f"site: {{root: public/{language}}}\ncatalog: {{source: {language}.csv}}\npages: {{search: }}\n{more}"
    )


@dataclass(frozen=True, slots=True)
class Done:
    status: int
    out: str
    err: str


Kit = Callable[..., Done]


@pytest.fixture
def kit(capsys: pytest.CaptureFixture[str]) -> Kit:
    """`connectif-kit` in this process."""

    def called(*arguments: str) -> Done:
        capsys.readouterr()
        status = cli.run(list(arguments))
        return Done(status, *capsys.readouterr())

    return called


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "shared.yaml").write_text(SHARED)
    for language, price in (("es", "12.50"), ("fr", "13.00")):
        (tmp_path / f"connectif.{language}.yaml").write_text(plan_of(language))
        (tmp_path / f"{language}.csv").write_text(f"sku,name,price\nmug,Mug {language},{price}\n")
        (tmp_path / f"public/{language}/p/mug").mkdir(parents=True)
        for page in ("index.html", "p/mug/index.html"):
            (tmp_path / f"public/{language}/{page}").write_text(PAGE)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_plan_has_what_it_extends(site: Path) -> None:
    (site / "connectif.es.yaml").write_text(
        plan_of("es").replace("es.csv}", "es.csv, fields: {unit_price: {path: precio}}}")
    )
    loaded = read(site, "connectif.es.yaml")
    fields = loaded.plan.catalog.fields
    assert (fields["unit_price"].path, fields["unit_price"].number) == ("precio", None)  # type: ignore[attr-defined]  # a path
    assert list(loaded.plan.pages) == ["home", "product"]
    assert loaded.plan.store.currency == "EUR"
    assert str(loaded.place("pages", "home")) == f"{site}/shared.yaml:5:3"
    assert str(loaded.place("catalog", "source")) == f"{site}/connectif.es.yaml:4:11"


def test_mistakes_are_named_in_the_file_that_makes_them(site: Path) -> None:
    (site / "shared.yaml").write_text(SHARED.replace("environment: eu5", "environment: eu5, colour: red"))
    with pytest.raises(KitError) as raised:
        read(site, "connectif.es.yaml")
    assert [str(d.place) for d in raised.value.diagnostics] == [f"{site}/shared.yaml:2:27"]


@pytest.mark.parametrize(
    ("shared", "said"),
    [
        (None, "there is no plan"),
        ("extends: connectif.es.yaml\n", "in a circle"),
        ("- a list\n", "shared.yaml is not a plan"),
        ("store: [", "expected"),
    ],
)
def test_what_cannot_be_extended(site: Path, shared: str | None, said: str) -> None:
    (site / "shared.yaml").unlink() if shared is None else (site / "shared.yaml").write_text(shared)
    with pytest.raises(KitError) as raised:
        read(site, "connectif.es.yaml")
    assert any(said in d.message for d in raised.value.diagnostics)


def test_a_shared_plan_is_no_store_and_part_of_each(site: Path) -> None:
    (site / "shared.yaml").rename(site / "connectif.shared.yaml")
    for language in IDS:
        path = site / f"connectif.{language}.yaml"
        path.write_text(path.read_text().replace("shared.yaml", "connectif.shared.yaml"))
    assert [path.name for path in others(site)] == ["connectif.es.yaml", "connectif.fr.yaml"]
    assert b"environment" in content(site / "connectif.es.yaml")


def test_inject_gives_each_page_its_own_store(site: Path, kit: Kit) -> None:
    (site / "public/index.html").write_text(PAGE)
    done = kit("inject")
    assert done.status == 0
    for language, other, price in (("es", "fr", "12.50"), ("fr", "es", "13.00")):
        page = (site / f"public/{language}/p/mug/index.html").read_text()
        assert IDS[language] in page
        assert IDS[other] not in page
        assert f'unit_price">{price}' in page
        assert f"https://shop.example/{language}/p/mug/" in page
    assert (site / "public/index.html").read_text() == PAGE
    assert "1 page of no store: public/index.html" in done.out
    assert kit("inject", "--check").status == 0


def test_audit_is_one_report_of_all_stores(site: Path, kit: Kit) -> None:
    (site / "public/index.html").write_text(PAGE)
    kit("inject")
    page = site / "public/fr/p/mug/index.html"
    page.write_text(page.read_text().replace(IDS["fr"], IDS["es"]))
    done = kit("audit", "--format", "json")
    report = json.loads(done.out)
    assert done.status == 1
    assert report["summary"]["pages"] == 4
    found = {finding["rule"]: finding["path"] for finding in report["findings"]}
    assert found["wrong-store"] == "public/fr/p/mug/index.html"
    assert found["page-of-no-store"] == "public/index.html"


def test_a_shared_plan_that_changes_is_seen_in_spite_of_the_cache(site: Path, kit: Kit) -> None:
    kit("inject")
    assert kit("audit", "-c", "connectif.es.yaml").status == 0
    assert kit("audit", "-c", "connectif.es.yaml").status == 0
    (site / "shared.yaml").write_text(SHARED.replace("eu5", "eu4"))
    assert kit("audit", "-c", "connectif.es.yaml").status == 1


def test_parts_that_overlap_are_refused_before_anything_is_written(site: Path, kit: Kit) -> None:
    plan = (site / "connectif.es.yaml").read_text().replace("public/es", "public")
    (site / "connectif.es.yaml").write_text(plan)
    done = kit("inject")
    assert done.status == 2
    assert "belongs to connectif.es.yaml and connectif.fr.yaml" in done.err
    assert 'ignore: ["/fr/**"]' in done.err
    assert (site / "public/fr/index.html").read_text() == PAGE
    (site / "connectif.es.yaml").write_text(
        plan.replace("root: public}", 'root: public, ignore: ["/fr/**"]}').replace(
            "pages: {search: }", "pages: {}"
        )
    )
    assert "belongs to" not in kit("inject").err


def test_one_id_for_two_stores_is_refused(site: Path, kit: Kit) -> None:
    plan = site / "connectif.fr.yaml"
    plan.write_text(plan.read_text().replace(IDS["fr"], IDS["es"]))
    done = kit("audit")
    assert (done.status, "has this store id too" in done.err) == (2, True)


def test_commands_for_one_store_say_which_there_are(site: Path, kit: Kit) -> None:
    done = kit("feed")
    assert (done.status, "-c connectif.es.yaml or -c connectif.fr.yaml" in done.err) == (2, True)
    assert "<g:price>13.00 EUR</g:price>" in kit("feed", "-c", "connectif.fr.yaml").out
    assert kit("build", "-c", "connectif.es.yaml").status == 0
    assert (site / "connectif-es/checklist.html").is_file()


@pytest.mark.parametrize(
    "arguments", [["inject", "public"], ["audit", "public"], ["audit", "--shard", "1/2"]]
)
def test_what_goes_with_one_plan_only_is_refused(site: Path, kit: Kit, arguments: list[str]) -> None:
    assert site.is_dir()
    assert kit(*arguments).status == 2


def test_a_plan_of_its_own_comes_before_those_of_stores(site: Path, kit: Kit) -> None:
    (site / "connectif.yaml").write_text(plan_of("es"))
    kit("inject")
    assert IDS["fr"] not in (site / "public/fr/index.html").read_text()


ONE = (
    SHARED
    + "stores:\n"
    + "".join(
        f"  {language}: {{store: {{id: {IDS[language]}, url: 'https://shop.example/{language}'}},"
        f" site: {{root: public/{language}}}, catalog: {{source: {language}.csv}}, pages: {{search: }}}}\n"
        for language in IDS
    )
)


@pytest.fixture
def one_plan(site: Path) -> Path:
    for language in IDS:
        (site / f"connectif.{language}.yaml").unlink()
    (site / "connectif.yaml").write_text(ONE)
    return site


def test_the_stores_of_one_plan_are_taken_together(one_plan: Path, kit: Kit) -> None:
    (one_plan / "public/index.html").write_text(PAGE)
    assert kit("inject").status == 0
    for language, other, price in (("es", "fr", "12.50"), ("fr", "es", "13.00")):
        page = (one_plan / f"public/{language}/p/mug/index.html").read_text()
        assert IDS[language] in page
        assert IDS[other] not in page
        assert f'unit_price">{price}' in page
    done = kit("audit", "--format", "json")
    report = json.loads(done.out)
    assert report["summary"]["pages"] == 4
    assert [finding["rule"] for finding in report["findings"]] == ["page-of-no-store"]
    assert kit("inject", "--check", "-c", "connectif.yaml#fr").status == 0


def test_check_takes_the_stores_of_one_plan_in_one_report(one_plan: Path, kit: Kit) -> None:
    done = kit("check", "--format", "json")
    report = json.loads(done.out)
    for language, other in (("es", "fr"), ("fr", "es")):
        assert (one_plan / f"connectif-{language}/checklist.html").is_file()
        page = (one_plan / f"public/{language}/p/mug/index.html").read_text()
        assert (IDS[language] in page, IDS[other] in page) == (True, False)
    assert done.status == 0, report["findings"]
    (one_plan / "es.csv").write_text("sku,name,price\nmug,Mug,12.5O\n")
    wrong = kit("check", "--format", "json")
    assert wrong.status == 1
    assert "es.csv" in wrong.out
    assert kit("check", "-c", "connectif.yaml#fr").status == 0


def test_serve_shows_the_stores_of_one_plan_side_by_side(one_plan: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "connectif_kit", "serve", "--port", "0"],
        cwd=one_plan,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        assert process.stderr
        lines = (line for line in process.stderr if line.startswith("preview:"))
        started = [next(lines).split()[1] for _ in IDS]
        pages = [urlopen(urljoin(base, "p/mug/"), timeout=20).read().decode() for base in started]
        os.killpg(process.pid, signal.SIGINT)
    found = sorted(language for page in pages for language in IDS if IDS[language] in page)
    assert found == ["es", "fr"]


def test_one_store_of_a_plan_is_named_behind_it(one_plan: Path, kit: Kit) -> None:
    assert "<g:price>13.00 EUR</g:price>" in kit("feed", "-c", "connectif.yaml#fr").out
    assert kit("build", "-c", "connectif.yaml#es").status == 0
    assert (one_plan / "connectif-es/checklist.html").is_file()
    done = kit("feed")
    assert (done.status, "-c connectif.yaml#es or connectif.yaml#fr" in done.err) == (2, True)
    assert "no store `it`" in kit("feed", "-c", "connectif.yaml#it").err


def test_a_mistake_in_one_store_is_named_at_its_line(one_plan: Path, kit: Kit) -> None:
    (one_plan / "connectif.yaml").write_text(ONE.replace("root: public/fr", "rooot: public/fr"))
    done = kit("audit")
    line = ONE[: ONE.index("root: public/fr")].count("\n") + 1
    assert (done.status, f"connectif.yaml:{line}:" in done.err) == (2, True)
    assert kit("inject", "-c", "connectif.yaml#es").status == 0


def test_two_stores_of_a_plan_keep_their_caches_apart(one_plan: Path, kit: Kit) -> None:
    kit("inject")
    page = one_plan / "public/fr/p/mug/index.html"
    for _ in range(2):
        assert kit("audit", "-c", "connectif.yaml#es").status == 0
        assert kit("audit", "-c", "connectif.yaml#fr").status == 0
    page.write_text(page.read_text().replace(IDS["fr"], IDS["es"]))
    assert kit("audit", "-c", "connectif.yaml#fr").status == 1
