"""Each thing once: in a copy of the project a new file is all that a new thing of any kind needs.

The files lie in `tests/house/one_file/` under the paths that they have in the project.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.copied import Copied, copied
from tests.tools import NODE_MODULES, ROOT, Run, run

ADDED = ROOT / "tests/house/one_file"

PLAN = """
store:
  {id: 3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11, environment: eu5, url: "https://shop.example", language: tlh}
pages:
  wishlist: {match: /wishes, wishlist: {storage: wishes}}
events:
  hovered: {on: {hover: ".wish"}, send: custom, alias: hovered, payload: {title: {heading: 2}}}
"""
PAGE = """<!doctype html><meta charset="utf-8"><title>Wishes</title>
<h1>WISHES</h1><h2 class="wish">Mug</h2>
<div class="cn_wishlist" style="display:none">
  <span class="wishlist_id">w1</span><span class="worth">12,50</span>
</div>
"""


@dataclass(frozen=True)
class Copy:
    """The project with one more of everything, and a shop that uses it."""

    root: Path
    shop: Path
    python: Copied

    def __call__(self, *args: str) -> Run:
        """A command of the copy, in the shop."""
        return self.python("-m", "connectif_kit", *args)

    def built(self, name: str) -> str:
        """A file of the build."""
        return (self.shop / "connectif" / name).read_text("utf-8")


def minify(root: Path) -> None:
    """What is generated from the parts, renewed as contributors do it."""
    (root / "tests/node").mkdir(parents=True)
    (root / "tests/node/node_modules").symlink_to(NODE_MODULES)
    done = run("node", root / "scripts/minify.mjs", cwd=root)
    assert done.code == 0, done.stderr


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Copy]:
    root, shop = tmp_path_factory.mktemp("project"), tmp_path_factory.mktemp("shop")
    for name in ("connectif_kit", "templates", "docs", "scripts"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    before = {path.relative_to(root) for path in root.rglob("*")}
    shutil.copytree(ADDED, root, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
    assert not before & {path.relative_to(ADDED) for path in ADDED.rglob("*.*")}, "these are to be new files"
    minify(root)
    (shop / "public/wishes").mkdir(parents=True)
    (shop / "public/wishes/index.html").write_text(PAGE)
    (shop / "connectif.yaml").write_text(PLAN)
    with copied(root, shop, tmp_path_factory.mktemp("said")) as python:
        made = Copy(root, shop, python)
        done = made("build", "--target", "curly")
        assert done.code == 1, done.stdout + done.stderr  # the new check warns
        yield made


def test_build_knows_the_tag_the_entity_and_the_event(copy: Copy) -> None:
    assert 'class="cn_wishlist"' in copy.built("tags/wishlist.html")
    assert "interface Wishlist {" in copy.built("connectif-events.d.ts")
    assert "wishlist-changed" in copy.built("connectif-events.js")
    assert "worth=!#" in copy.built("connectif-events.js")


def test_build_takes_the_javascript_of_the_source_and_the_trigger(copy: Copy) -> None:
    text = copy.built("connectif-events.js")
    assert "sources.heading =" in text
    assert "mouseover" in text
    assert '"hover":".wish"' in text
    for name in ("connectif-events.js", "connectif-events.min.js"):
        assert "mouseover" in copy.built(name)
        assert run("node", "--check", copy.shop / "connectif" / name, cwd=copy.shop).code == 0


def test_build_writes_the_template_language(copy: Copy) -> None:
    assert copy.built("curly/wishlist.curly").endswith("{wishlist: cn_wishlist}\n")


def test_the_plan_is_held_against_the_check(copy: Copy) -> None:
    assert "unspoken-language" in copy("build", "--check", "--target", "curly").stdout


def test_audit_knows_the_tag_the_rules_the_source_and_the_format(copy: Copy) -> None:
    done = copy("audit", "public", "--format", "names")
    found = done.stdout.split()
    assert {"shouted-heading", "lonely-site", "decimal-comma"} <= {*found}, done.stdout + done.stderr
    assert not {"misspelt-class", "unknown-field", "dead-tag"} & {*found}


def test_inject_reads_the_source_in_built_pages(copy: Copy) -> None:
    script = (
        "from connectif_kit.catalog.page_sources import texts\n"
        "from connectif_kit.page.html import decode, parse\n"
        "from connectif_kit.plan.load import load\n"
        "plan = load('connectif.yaml', open('connectif.yaml', 'rb').read()).plan\n"
        "page = parse(decode('p.html', open('public/wishes/index.html', 'rb').read()))\n"
        "print(texts(page, plan.events['hovered'].payload['title'], plan, '/wishes/'))\n"
    )
    assert copy.python("-c", script).stdout == "['Mug']\n"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("cn_wishlist", "an HTML tag"),
        ("wishlist-changed", "a JavaScript event"),
        ("worth", "a property of wishlist"),
        ("wishlist", "a kind of page"),
        ("unspoken-language", "a check of connectif.yaml"),
        ("shouted-heading", "a rule of"),
        ("lonely-site", "a rule of"),
        ("names", "a report format"),
        ("curly", "a language of"),
        ("heading", "a source of values"),
        ("hover", "a trigger of events"),
    ],
)
def test_explain_knows_all_of_them(explained: dict[str, list[str]], name: str, said: str) -> None:
    assert any(said in text for text in explained[name])


@pytest.fixture(scope="module")
def explained(copy: Copy) -> dict[str, list[str]]:
    script = "import json; from connectif_kit.explain import explanations; print(json.dumps(explanations()))"
    found: dict[str, list[str]] = json.loads(copy.python("-c", script).stdout)
    return found


def test_the_schema_has_what_a_plan_may_hold(copy: Copy) -> None:
    definitions = json.loads(copy("schema").stdout)["$defs"]
    assert "wishlist-changed" in definitions["Event"]["properties"]["send"]["enum"]
    assert "cn_wishlist" in str(definitions["Page"]["properties"]["tags"])
    assert "hover" in definitions["Trigger"]["properties"]
    assert "heading" in definitions["Heading"]["properties"]


def test_the_stand_in_is_reported_of_the_tag_and_the_event(copy: Copy) -> None:
    script = (
        "import json; from connectif_kit.plan.load import load\n"
        "from connectif_kit.build.client_facts import facts\n"
        "print(json.dumps(facts(load('connectif.yaml', open('connectif.yaml', 'rb').read()).plan)))\n"
    )
    known = json.loads(copy.python("-c", script).stdout)
    assert known["tags"]["cn_wishlist"]["entity"] == "wishlist"
    assert known["events"][-1] == ["cn_wishlist", "wishlist-changed"]


def test_a_command_is_there(copy: Copy) -> None:
    assert copy("wave").stdout == "hello\n"
    assert "wave" in copy("--help").stdout


def test_the_generated_documentation_has_them(copy: Copy) -> None:
    done = copy.python("-m", "connectif_kit.reference", "write")
    assert done.code == 0, done.stderr
    docs = {path.name: path.read_text("utf-8") for path in (copy.root / "docs").rglob("*.md")}
    for page, words in {
        "rules.md": ["shouted-heading", "lonely-site"],
        "checks.md": ["unspoken-language"],
        "commands.md": ["connectif-kit wave"],
        "configuration.md": ["{heading: …}", "`hover`"],
        "events.md": ["wishlist-changed"],
        "tags.md": ["cn_wishlist"],
        "reports.md": ["names"],
        "words.md": ["curly"],
    }.items():
        assert [word for word in words if word not in docs[page]] == [], page
