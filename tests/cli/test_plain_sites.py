"""Sites without a generator, shops in a folder, a root and modules that are not there."""

from pathlib import Path

import pytest

from tests.cli.sites import PAGE, PLAN
from tests.tools import Cli

ITEM = """<script type="application/ld+json">{"@context": "https://schema.org", "@type": "Product",
 "sku": "mug", "name": "Mug", "url": "https://shop.example/p/mug.html", "image": "https://shop.example/mug.jpg",
 "offers": {"@type": "Offer", "price": "10.00", "priceCurrency": "EUR",
 "availability": "https://schema.org/InStock"}}</script>"""


@pytest.fixture
def plain(tmp_path: Path, cli: Cli) -> Path:
    """A folder of plain HTML that has its plan, and what `build` makes, right inside it."""
    (tmp_path / "p").mkdir()
    page = PAGE.replace("<html>", '<html lang="en">')
    (tmp_path / "index.html").write_text(page, encoding="utf-8")
    (tmp_path / "p" / "mug.html").write_text(page.replace("</body>", f"{ITEM}</body>"), encoding="utf-8")
    assert cli("new", "--here", cwd=tmp_path).code == 0
    assert cli("build", cwd=tmp_path).code == 0
    return tmp_path


def test_what_build_wrote_into_a_plain_site_is_no_page_of_it(plain: Path, cli: Cli) -> None:
    before = {path: path.read_bytes() for path in plain.rglob("*") if path.is_file()}
    done = cli("inject", ".", cwd=plain)
    assert (done.code, done.stderr.split(" (")[0]) == (0, "2 pages")
    audited = cli("audit", ".", cwd=plain)
    assert audited.code == 0, audited.stdout
    for command in (("build", "--check"), ("inject", ".", "--check"), ("inject", ".", "--remove")):
        done = cli(*command, cwd=plain)
        assert done.code == 0, (command, done)
    assert cli("build", "--check", cwd=plain).code == 0
    assert {path: path.read_bytes() for path in before} == before


def test_inject_renews_what_build_wrote_where_the_pages_load_it(plain: Path, cli: Cli) -> None:
    plan = plain / "connectif.yaml"
    event = "on: {submit: form}, send: newsletter-subscribe, email: {selector: input}"
    with plan.open("a", encoding="utf-8") as stream:
        stream.write(f"\nevents: {{news: {{{event}}}}}\n")
    done = cli("inject", ".", cwd=plain)
    assert done.code == 0
    assert "newsletter" in (plain / "connectif" / "connectif-events.js").read_text(encoding="utf-8")
    assert cli("build", cwd=plain).code == 0
    assert cli("inject", ".", "--check", cwd=plain).code == 0


def test_a_manifest_of_somebody_else_hides_no_page(site: Path, cli: Cli) -> None:
    (site / "public" / "a" / "manifest.json").write_text('{"generator": "vite"}', encoding="utf-8")
    assert "21 pages" in cli("inject", cwd=site).stderr


@pytest.mark.parametrize(("pages", "home"), [("public/shop", "public/shop"), ("public", "public")])
def test_what_pages_of_a_shop_in_a_folder_ask_for_lies_where_they_ask(
    tmp_path: Path, cli: Cli, pages: str, home: str
) -> None:
    worker = "service_worker: {path: /service-worker.js}\n"
    plan = PLAN.replace("shop.example", "shop.example/shop")
    (tmp_path / "connectif.yaml").write_text(plan + worker, encoding="utf-8")
    for name in ("index.html", "a/tea.html"):
        path = tmp_path / pages / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(PAGE.replace("<html>", '<html lang="en">'), encoding="utf-8")
    done = cli("inject", cwd=tmp_path)
    assert "2 pages (1 content, 1 home)" in done.stderr
    assert "/shop/connectif/connectif-events.min.js" in (tmp_path / pages / "index.html").read_text("utf-8")
    written = {p.relative_to(tmp_path).as_posix() for p in (tmp_path / "public").rglob("*.js")}
    names = ("connectif-events.js", "connectif-events.min.js", "connectif-events.dev.js")
    assert written == {f"{home}/service-worker.js", *(f"{home}/connectif/{name}" for name in names)}
    audited = cli("audit", cwd=tmp_path)
    assert audited.code == 0, audited
    assert cli("inject", "--remove", cwd=tmp_path).code == 0
    assert not list((tmp_path / "public").rglob("*.js"))


def test_a_wrong_root_is_named_with_its_line_in_the_plan(site: Path, cli: Cli) -> None:
    (site / "connectif.yaml").write_text(f"{PLAN}site:\n  root: dist\n", encoding="utf-8")
    for command in ("inject", "audit", "serve", "feed"):
        done = cli(command, cwd=site)
        assert done.code == 2
        assert "there is no folder dist (site.root, connectif.yaml:7:3)" in done.stderr


def test_a_module_that_is_not_there_is_reported_at_the_plans_line(site: Path, cli: Cli) -> None:
    (site / "connectif.yaml").write_text(f"{PLAN}contact: {{module: ./who.js}}\n", encoding="utf-8")
    done = cli("build", cwd=site)
    assert done.code == 2
    assert "connectif.yaml:6:1 " in done.stderr
    assert "./who.js: no such file or directory" in done.stderr


def test_one_is_one_page_and_one_file(site: Path, cli: Cli) -> None:
    cli("inject", cwd=site)
    (site / "public" / "index.html").write_text(PAGE, encoding="utf-8")
    assert "): 1 file changed" in cli("inject", cwd=site).stderr
    for path in (site / "public" / "a").iterdir():
        path.unlink()
    assert "1 page (1 home): 0 files changed" in cli("inject", cwd=site).stderr
    cli("build", cwd=site)
    (site / "connectif" / "loader.html").unlink()
    assert (
        "files differs from the plan; `connectif-kit build` fixes it"
        in cli("build", "--check", cwd=site).stderr
    )
