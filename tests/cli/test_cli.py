"""The command line's contract: exit status, where things are said, what a hurt process leaves."""

import os
import random
import re
import resource
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from connectif_kit.core.templates import BUNDLED
from connectif_kit.explain import explanations
from connectif_kit.plan.locate import FILE
from connectif_kit.plan.models import PAGE_DATA
from connectif_kit.plan.schema import schema
from tests.tools import ROOT, Cli, run

PLAN = """\
store: {id: 3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11, environment: eu5, url: "https://shop.example"}
pages:
  home: {match: /}
  content: {match: "/a/*"}
integration: {catalog: api}
"""
PAGE = "<!doctype html><html><head><title>x</title></head><body><h1>Mug</h1></body></html>"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A plan and a site of a home page and twenty others."""
    (tmp_path / "connectif.yaml").write_text(PLAN, encoding="utf-8")
    for name in ("index.html", *(f"a/{n}.html" for n in range(20))):
        path = tmp_path / "public" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(PAGE, encoding="utf-8")
    return tmp_path


def test_help_names_every_command_and_loads_nothing_heavy(cli: Cli) -> None:
    """0.15 s is the bar, which benchmarks/small.py measures; what would break it is a library."""
    shown = cli.process("--help")
    assert shown.code == 0
    for name in ("new", "build", "inject", "audit", "check", "doctor", "explain", "schema", "demo"):
        assert f"  {name} " in shown.stdout
    look = (
        "import sys; from connectif_kit.cli import run; run(['--help']); print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    heavy = {
        "pydantic",
        "yaml",
        "jinja2",
        "turbohtml",
        "bs4",
        "rich",
        "starlette",
        "uvicorn",
        "httpx2",
        "asyncio",
    }
    assert not heavy & set(done.stderr.split())


def test_an_unknown_command_gets_the_nearest_one(cli: Cli) -> None:
    done = cli("biuld")
    assert done.code == 2
    assert "did you mean `build`?" in done.stderr


def test_without_a_plan_the_way_to_one_is_named(cli: Cli) -> None:
    done = cli("build")
    assert (done.code, done.stdout) == (2, "")
    assert "connectif-kit new" in done.stderr


def test_a_mistake_in_the_plan_is_told_at_its_place_without_a_traceback(site: Path, cli: Cli) -> None:
    (site / "connectif.yaml").write_text(PLAN.replace("match: /}", "mach: /}"), encoding="utf-8")
    done = cli("build", cwd=site)
    assert done.code == 2
    assert "connectif.yaml:3:10" in done.stderr
    assert "did you mean `match`?" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_plan_is_found_from_a_folder_below(site: Path, cli: Cli) -> None:
    assert cli("inject", cwd=site / "public" / "a").code == 0
    assert "connectif-events" in (site / "public" / "index.html").read_text(encoding="utf-8")


def test_audit_says_findings_on_standard_output_and_ends_with_one(site: Path, cli: Cli) -> None:
    done = cli("audit", "public", cwd=site)
    assert done.code == 1
    assert "missing-loader" in done.stdout
    assert "missing-loader" not in done.stderr


def test_inject_then_audit_is_clean_and_remove_gives_all_back(site: Path, cli: Cli) -> None:
    before = {p: p.read_bytes() for p in (site / "public").rglob("*") if p.is_file()}
    assert cli("inject", cwd=site).code == 0
    assert cli("audit", cwd=site).code == 0
    assert cli("inject", "--check", cwd=site).code == 0
    assert cli("inject", "--remove", cwd=site).code == 0
    assert {p: p.read_bytes() for p in (site / "public").rglob("*") if p.is_file()} == before


def test_a_dry_run_and_a_check_name_pages_and_write_nothing(site: Path, cli: Cli) -> None:
    before = {p: p.read_bytes() for p in (site / "public").rglob("*") if p.is_file()}
    dry = cli("inject", "--dry-run", cwd=site)
    assert dry.code == 0
    assert "public/index.html" in dry.stdout
    assert cli("inject", "--check", cwd=site).code == 1
    assert {p: p.read_bytes() for p in (site / "public").rglob("*") if p.is_file()} == before


def test_one_page_comes_from_standard_input(site: Path, cli: Cli) -> None:
    done = cli("audit", "-", "--as", "/a/1.html", cwd=site, stdin=PAGE)
    assert done.code == 1
    assert "<stdin>:1:" in done.stdout


def test_json_is_json_alone(site: Path, cli: Cli) -> None:
    import json

    done = cli("audit", "public", "--format", "json", cwd=site)
    report = json.loads(done.stdout)
    assert report["summary"]["pages"] == 21
    assert {f["rule"] for f in report["findings"]} >= {"missing-loader"}


def test_a_linked_page_that_leads_out_is_refused_by_name(site: Path, tmp_path: Path, cli: Cli) -> None:
    outside = tmp_path / "outside.html"
    outside.write_text(PAGE, encoding="utf-8")
    (site / "public" / "link.html").symlink_to(outside)
    (site / "public" / "inside.html").symlink_to("index.html")
    done = cli("inject", cwd=site)
    assert "public/link.html" in done.stdout
    assert "leads out of the site" in done.stdout
    assert outside.read_text(encoding="utf-8") == PAGE
    assert (site / "public" / "inside.html").is_symlink()


def test_what_is_no_file_is_named_and_not_waited_for(site: Path, cli: Cli) -> None:
    os.mkfifo(site / "public" / "pipe.html")
    (site / "public" / "kept.src").write_text(PAGE, encoding="utf-8")
    (site / "public" / "kept.html").symlink_to("kept.src")
    done = cli("inject", cwd=site)
    assert "public/pipe.html" in done.stdout
    assert "kept.src, which does not end as a page does" in done.stdout
    assert (site / "public" / "kept.src").read_text(encoding="utf-8") == PAGE
    assert "public/pipe.html" in cli("audit", cwd=site).stdout


def test_a_read_only_page_is_named_and_the_others_go_on(site: Path, cli: Cli) -> None:
    page = site / "public" / "a" / "3.html"
    page.chmod(0o444)
    done = cli("inject", cwd=site)
    assert done.code == 2
    assert "public/a/3.html" in done.stdout
    assert page.read_text(encoding="utf-8") == PAGE
    assert "connectif-events" in (site / "public" / "a" / "4.html").read_text(encoding="utf-8")


def test_a_foreign_worker_is_left_alone_and_the_line_to_add_is_printed(site: Path, cli: Cli) -> None:
    with (site / "connectif.yaml").open("a", encoding="utf-8") as plan:
        plan.write("service_worker: {path: /service-worker.js}\n")
    worker = site / "public" / "service-worker.js"
    worker.write_text("self.onfetch = () => {};\n", encoding="utf-8")
    done = cli("inject", cwd=site)
    assert done.code == 1
    assert "importScripts(" in done.stdout
    assert worker.read_text(encoding="utf-8") == "self.onfetch = () => {};\n"
    line = 'importScripts("https://cdn.connectif.cloud/scripts/service-worker.js");\n'
    worker.write_text(f"// {line}", encoding="utf-8")
    assert cli("inject", cwd=site).code == 1, "a line in a comment joins nothing"
    worker.write_text(line, encoding="utf-8")
    assert cli("inject", cwd=site).code == 0


def test_a_link_of_the_users_is_neither_replaced_nor_written_through(
    site: Path, tmp_path: Path, cli: Cli
) -> None:
    with (site / "connectif.yaml").open("a", encoding="utf-8") as plan:
        plan.write("service_worker: {path: /service-worker.js}\n")
    worker = site / "public" / "service-worker.js"
    worker.symlink_to("../dist/sw.js")
    outside = tmp_path / "elsewhere"
    outside.mkdir()
    (site / "public" / "connectif").symlink_to(outside)
    done = cli("inject", cwd=site)
    assert done.code == 1
    assert "public/service-worker.js" in done.stdout
    assert cli("inject", "--remove", cwd=site).code == 0
    assert worker.is_symlink()
    assert list(outside.iterdir()) == []


def test_a_full_disk_leaves_every_file_whole(site: Path) -> None:
    """No file may grow beyond a limit below the size of an injected page."""

    def small_files_only() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (300, 300))

    done = subprocess.run(
        [sys.executable, "-m", "connectif_kit", "inject"],
        cwd=site,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=small_files_only,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )
    assert done.returncode == 2
    assert "file too large" in done.stdout
    assert {p.read_text(encoding="utf-8") for p in (site / "public").rglob("*.html")} == {PAGE}
    assert not list((site / "public").rglob(".*")), "no temporary file stays"


def test_killed_at_any_moment_every_page_is_the_old_or_the_new_one(site: Path, cli: Cli) -> None:
    for n in range(400):
        (site / "public" / "a" / f"more-{n}.html").write_text(PAGE, encoding="utf-8")
    chance, kills = random.Random(7), 0
    for _ in range(6):
        process = subprocess.Popen(
            [sys.executable, "-m", "connectif_kit", "inject"], cwd=site, stderr=subprocess.PIPE
        )
        first = site / "public" / "a" / "0.html"
        while process.poll() is None and first.read_text(encoding="utf-8") == PAGE:
            pass
        time.sleep(chance.random() * 0.05)
        process.kill()
        process.communicate(timeout=30)  # ends when the last of its processes has let go of the pipe
        kills += process.returncode == -signal.SIGKILL
        texts = {p.read_text(encoding="utf-8") for p in (site / "public").rglob("*.html")}
        assert all(text == PAGE or text.count("connectif-kit:end") == 2 for text in texts)
        cli("inject", "--remove", cwd=site)
        assert {p.read_text(encoding="utf-8") for p in (site / "public").rglob("*.html")} == {PAGE}
    assert kills >= 1, "none was at work any more"


def test_an_interrupt_ends_with_130_and_whole_files(site: Path) -> None:
    for n in range(3000):
        (site / "public" / "a" / f"more-{n}.html").write_text(PAGE, encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "connectif_kit", "inject"], cwd=site, stderr=subprocess.PIPE, text=True
    )
    first = site / "public" / "a" / "0.html"
    while first.read_text(encoding="utf-8") == PAGE:
        assert process.poll() is None
    process.send_signal(signal.SIGINT)
    _, said = process.communicate()
    assert process.returncode == 130
    assert "interrupted" in said
    assert "Traceback" not in said


def test_a_reader_that_leaves_early_is_no_crash(site: Path) -> None:
    piped = f"{sys.executable} -m connectif_kit audit public | head -n 1"
    done = subprocess.run(piped, shell=True, cwd=site, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr


@pytest.mark.parametrize(
    ("redirection", "code", "said"),
    [
        (">/dev/full", 2, "no space left on device"),
        (">&-", 0, ""),
        (">&- 2>&-", 0, ""),
    ],
)
def test_an_output_that_takes_nothing_is_told(tmp_path: Path, redirection: str, code: int, said: str) -> None:
    command = f"{shlex.quote(sys.executable)} -m connectif_kit explain missing-loader {redirection}"
    done = run("sh", "-c", command, cwd=tmp_path, env={"PYTHONPATH": str(ROOT)})
    assert (done.code, done.stdout) == (code, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_new_refuses_a_folder_that_is_not_empty(site: Path, cli: Cli) -> None:
    done = cli("new", "public", cwd=site)
    assert done.code == 2
    assert "not empty" in done.stderr


@pytest.mark.parametrize(
    ("file", "name", "output"),
    [
        ("hugo.toml", "Hugo", "public"),
        ("eleventy.config.js", "Eleventy", "_site"),
        ("astro.config.mjs", "Astro", "dist"),
        ("_config.yml", "Jekyll", "_site"),
        ("pelicanconf.py", "Pelican", "output"),
        ("mkdocs.yml", "MkDocs", "site"),
    ],
)
def test_new_here_knows_the_generator_and_writes_a_valid_plan_only(
    tmp_path: Path, cli: Cli, file: str, name: str, output: str
) -> None:
    (tmp_path / file).write_text("", encoding="utf-8")
    done = cli("new", "--here")
    assert done.code == 0
    assert name in done.stderr
    assert done.stdout.split() == [
        "connectif-kit",
        "build",
        "connectif-kit",
        "inject",
        output,
        "connectif-kit",
        "audit",
        output,
    ]
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(
        [file, "connectif.yaml", "connectif.schema.json"]
    )
    assert cli("build").code == 0
    assert cli("new", "--here").code == 2, "a plan that is there is left alone"


def test_new_takes_the_stores_own_answers(tmp_path: Path, cli: Cli) -> None:
    key = "11111111-2222-4333-8444-555555555555"
    done = cli("new", "mine", "--store-id", key, "--environment", "am1", "--url", "https://mugs.example")
    assert done.code == 0
    plan = (tmp_path / "mine" / "connectif.yaml").read_text(encoding="utf-8")
    assert key in plan
    assert "environment: am1" in plan
    assert "shop.example" not in plan
    assert cli("build", cwd=tmp_path / "mine").code == 0
    assert cli("new", "bad", "--store-id", "nonsense").code == 2


def test_a_wrong_answer_is_told_under_its_option(cli: Cli) -> None:
    done = cli("new", "--here", "--store-id", "abc", "--url", "nope")
    assert done.code == 2
    assert "--store-id" in done.stderr
    assert "--url" in done.stderr
    assert "the answers" not in done.stderr


def test_a_first_plan_says_what_is_an_example_in_it(cli: Cli) -> None:
    assert cli("new", "--here", "--url", "https://x.example/shop").code == 0
    text = (cli.cwd / "connectif.yaml").read_text("utf-8")
    assert 'domains: ["https://x.example"]' in text
    assert "# an example: put yours here" in text
    (cli.cwd / "connectif.yaml").unlink()
    assert cli("new", "--here", "--store-id", "12345678-1234-4234-8234-123456789abc").code == 0
    text = (cli.cwd / "connectif.yaml").read_text("utf-8")
    assert "  id: 12345678-1234-4234-8234-123456789abc\n" in text, "what was answered is not an example"
    assert "url: https://shop.example     # an example" in text, "what was not, is one"


def test_explain_knows_every_word_and_hints_at_near_ones(cli: Cli) -> None:
    assert "360014651660" in cli("explain", "cn_cart").stdout
    assert "Bad:" in cli("explain", "missing-field").stdout
    unknown = cli("explain", "cn_carts")
    assert unknown.code == 2
    assert "did you mean `cn_cart`?" in unknown.stderr


def _names(node: object) -> Iterator[str]:
    """Every key that a JSON Schema describes."""
    inner = list(node.values()) if isinstance(node, dict) else node if isinstance(node, list) else []
    if isinstance(node, dict) and isinstance(node.get("properties"), dict):
        yield from node["properties"]
    for one in inner:
        yield from _names(one)


def test_every_key_and_word_of_the_plan_is_explained() -> None:
    known = explanations()
    assert set(_names(schema())) - set(known) == set()
    listed = [
        (BUNDLED / "starter" / FILE).read_text("utf-8"),
        (BUNDLED / "new" / f"{FILE}.j2").read_text("utf-8"),
    ]
    words = {word for text in listed for word in re.findall(r"[{, ]([a-z_]+): ", text)}
    columns = {"sku", "lines", "mend", "has", "mugs", "example", "counts"}
    assert {word for word in words if word not in known} - columns == set()
    assert set(PAGE_DATA) <= {
        name for name, texts in known.items() if "pages.<name>.product" in "".join(texts)
    }


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("match", ["pages.<name>.match"]),
        ("pages.match", ["pages.<name>.match"]),
        ("fields", ["catalog.fields", "{<source>: …, fields: …}"]),
        ("catalog", ["integration.catalog", "a section", "a value of pages.<name>.product", "source: data/"]),
        ("cart", ["a kind of page", "a section", "product_basket_item", "storage: shop.cart"]),
        ("import", ["service_worker.import"]),
        ("comma", ["a value of number"]),
        ("newsletter", ["a name of the shop's own"]),
    ],
)
def test_all_meanings_of_a_word_are_shown(cli: Cli, word: str, said: list[str]) -> None:
    done = cli("explain", word)
    assert done.code == 0
    assert [part for part in said if part not in done.stdout] == []


@pytest.mark.parametrize(
    "word",
    [
        *("consent", "integration.consent.withdrawn", "google", "ad_storage", "event", "path", "value"),
        *("module", "context", "mirror", "view_item", "add_to_cart", "item_id", "sign_up", "transaction_id"),
        *("nunjucks", "jsx", "hugo", "target", "targets", "preset", "presets", "woocommerce", "variants"),
        *("split", "first", "nth", "map", "levels", "number", "slug", "prefix", "base", "default"),
        *("error", "warning", "notice", "baseline", "shard", "sarif", "gitlab", "connectif-kit-disable"),
        *("productDetailUrl", "primaryKey", "dispatcher", "checklist", "stand-in", "mark", "suppression"),
    ],
)
def test_words_that_are_printed_or_written_are_explained(word: str) -> None:
    assert word in explanations()


def test_the_demo_runs_through(cli: Cli, tmp_path: Path) -> None:
    done = cli("demo", "--keep", str(tmp_path / "here"), env={"CONNECTIF_KIT_BROWSER": "no-browser-here"})
    assert done.code == 0, done.stderr
    assert "the demo ends before `verify`" in done.stderr
    assert "no findings" in done.stdout
    assert "What to do next" in done.stderr


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


def test_a_module_that_is_not_there_is_told_at_the_plans_line(site: Path, cli: Cli) -> None:
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
