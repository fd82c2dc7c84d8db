"""The documentation says only what works: plans load and build, commands run or exist, no link is dead."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import pytest

from connectif_kit.audit.page_run import rules
from connectif_kit.cli import app
from connectif_kit.core.diagnostics import Diagnostic, KitError, Place, Severity
from connectif_kit.core.links import DOCS as DOCS_ADDRESS
from connectif_kit.explain import explanations, faults
from connectif_kit.plan.checks import checks
from connectif_kit.plan.load import load
from connectif_kit.plan.loaded import LoadedPlan
from connectif_kit.plan.yaml12 import read
from connectif_kit.reference import pages
from connectif_kit.rule_texts import rule_texts
from tests.tools import ROOT, Cli, Run, run

DOCS = ROOT / "docs"
GENERATED = {DOCS / name for name in pages()}
WRITTEN = [path for path in sorted(DOCS.rglob("*.md")) if path not in GENERATED]
PAGES = [*WRITTEN, ROOT / "README.md"]

FENCE = re.compile(
    r"^(?P<indent> *)```(?P<language>\w+)(?P<info>[^\n]*)\n(?P<text>.*?)^(?P=indent)```$",
    re.MULTILINE | re.DOTALL,
)
OTHERS = {"pip", "pipx", "uv", "hugo", "npm", "npx", "bundle", "cd", "sed", "echo", "{", "}"}
"""Programs that are not ours and that a reader has, or is told to get."""


@dataclass(frozen=True)
class Block:
    """A fenced block of a page; `above` is the paragraph before it."""

    path: Path
    line: int
    language: str
    info: str
    text: str
    above: str

    def __str__(self) -> str:
        return f"{self.path.relative_to(ROOT)}:{self.line}"


def blocks(*languages: str, among: list[Path] = PAGES) -> list[Block]:
    """The pages' blocks in some languages."""
    found = []
    for path in among:
        text = path.read_text("utf-8")
        for block in FENCE.finditer(text):
            before = text[: block.start()].rstrip()
            above = before.rpartition("\n\n")[2]
            line = text.count("\n", 0, block.start()) + 1
            found.append(Block(path, line, block["language"], block["info"], block["text"], above))
    return [block for block in found if block.language in languages]


STORE = {"id": "7d1f6a52-0b7c-4e0e-8f0a-5a9f0a3c7b02", "environment": "eu5", "url": "https://shop.example"}
BASE: dict[str, Any] = {
    "store": {**STORE, "currency": "EUR"},
    "pages": {"product": {"match": "/p/*", "product": "json-ld"}},
    "contact": {"storage": "user", "fields": {"primary_key": "email"}},
    "cart": {"storage": "cart", "fields": {"cart_id": "id", "product_basket_item": "lines"}},
}
MODULE = "export default function (context) {\n  return context;\n}\n"


def plans() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every block that is a plan or a part of one, made whole; consents that are listed, one by one."""
    for block in blocks("yaml"):
        if "title=" in block.info or block.path.name == "stores.md" or "extends:" in block.text:
            continue
        parts = [block.text]
        if len(re.findall(r"^consent:", block.text, re.MULTILINE)) > 1:
            parts = block.text.splitlines()
        for number, part in enumerate(parts):
            given: dict[str, Any] = read(str(block), part).data  # type: ignore[assignment]  # a plan is one
            if "consent" in given:
                given = {"integration": given}
            merged = {**BASE, **given}
            merged["store"] = {**BASE["store"], **given.get("store", {})}
            yield f"{block}+{number}", merged


PLANS = list(plans())


@pytest.mark.parametrize(("where", "data"), PLANS, ids=[where for where, _ in PLANS])
def test_a_plan_in_the_docs_is_valid_and_builds(where: str, data: dict[str, Any]) -> None:
    from connectif_kit.build import render

    try:
        loaded: LoadedPlan = load(where, json.dumps(data).encode())
    except KitError as error:
        pytest.fail(str(error))
    assert [note for note in loaded.notes if note.severity is not Severity.NOTICE] == []
    assert render(loaded, lambda _: MODULE)["connectif-events.min.js"]


def commands() -> Iterator[tuple[str, str]]:
    """Each command of a console block, and each that a sentence names; with its place."""
    for block in blocks("console"):
        for line in re.findall(r"^\$ (.*)$", block.text, re.MULTILINE):
            yield str(block), line
    for path in [*PAGES, *sorted(GENERATED)]:
        text = FENCE.sub("", path.read_text("utf-8"))
        for line in re.findall(r"`(connectif-kit [^`]*)`", text):
            yield str(path.relative_to(ROOT)), line
    for block in blocks("yaml"):
        for line in re.findall(r"(?:- run:|^ +-) ([a-z-]+ .*)$", block.text, re.MULTILINE):
            if "title=" in block.info and not re.match(r"[\w-]+: ", line):
                yield str(block), line


COMMANDS = sorted(set(commands()))


@pytest.mark.parametrize(("where", "line"), COMMANDS)
def test_a_command_in_the_docs_exists(where: str, line: str) -> None:
    line = line.partition(" #")[0]
    for words in simple_commands(line):
        if words[0] == "connectif-kit":
            check_ours(words[1:])
        elif words[0].startswith("scripts/"):
            assert os.access(ROOT / words[0], os.X_OK)
        else:
            assert words[0] in OTHERS, f"{where}: {words[0]}"


def simple_commands(line: str) -> Iterator[list[str]]:
    """The commands that `&&`, `||`, `;` and braces join; variables before a command are left out."""
    words: list[str] = []
    for word in [*shlex.split(line.replace(";", " ; ")), ";"]:
        if word in ("&&", "||", ";", "{", "}"):
            if words:
                yield words
            words = []
        elif words or not re.match(r"[A-Z_]+=", word):
            words.append(word)


def check_ours(words: list[str]) -> None:
    """The command and its options exist and take such values; paths need not be there."""
    root = click.Context(app, info_name="connectif-kit")
    if not words or words[0].startswith("-"):
        app.make_parser(root).parse_args(words)
        return
    command = app.get_command(root, words[0])
    assert command, f"there is no command {words[0]}"
    context = click.Context(command, info_name=words[0], parent=root)
    given, rest, _ = command.make_parser(context).parse_args(words[1:])
    assert not rest
    for parameter in command.params:
        value = given.get(parameter.name or "")
        if isinstance(value, str | list) and not isinstance(parameter.type, click.Path):
            parameter.type_cast_value(context, value)
    if words[0] == "explain" and words[1].islower():
        assert words[1] in explanations()


PARSE = """
import { SourceTextModule } from "node:vm";
import { readFileSync } from "node:fs";
for (const [name, text] of JSON.parse(readFileSync(0, "utf8")))
  try { new SourceTextModule(text); } catch (error) { console.log(`${name}: ${error}`); }
"""


def test_scripts_in_the_docs_parse(tmp_path: Path) -> None:
    given = json.dumps([[str(block), block.text] for block in blocks("js")])
    options = ("--experimental-vm-modules", "--no-warnings", "--input-type=module", "-e", PARSE)
    done = run("node", *options, cwd=tmp_path, stdin=given)
    assert (done.code, done.stdout) == (0, ""), done.stderr


@pytest.mark.parametrize("block", blocks("js"), ids=str)
def test_a_module_in_the_docs_can_be_built(block: Block) -> None:
    from connectif_kit.build.modules import module_expression
    from connectif_kit.core.diagnostics import Place

    if "export default function (" in block.text or "export default async" in block.text:
        assert module_expression(block.text, Place("docs"), "cart.js")


@pytest.mark.parametrize("block", blocks("json", "toml", "python", among=[*PAGES, *GENERATED]), ids=str)
def test_data_and_python_in_the_docs_parse(block: Block) -> None:
    readers: dict[str, Callable[[str], object]] = {
        "json": json.loads,
        "toml": tomllib.loads,
        "python": compile_python,
    }
    assert readers[block.language](block.text) is not None


def compile_python(text: str) -> object:
    return compile(text, "docs", "exec")


def tour(name: str) -> list[tuple[str, list[str]]]:
    """A tutorial's lines, each with what is shown below it; the preview, which stays, is left out."""
    found = [block.text for block in blocks("console", among=[DOCS / name]) if "serve" not in block.text]
    parts = [part.rstrip().split("\n") for text in found for part in re.split(r"(?m)^\$ ", text)[1:]]
    return [(line, shown) for line, *shown in parts]


def test_the_tutorial_runs_as_printed(tmp_path: Path) -> None:
    where = tmp_path
    for line, shown in tour("tutorial.md"):
        if line.startswith("cd "):
            where /= line.removeprefix("cd ")
            continue
        done = tried(line, where)
        assert done.code == 0, f"{line}: {done.stdout}{done.stderr}"
        printed = done.stdout + done.stderr
        assert [text for text in shown if text not in printed] == [], f"{line}: {printed}"


TRANSLATED = [path for language in ("es", "pt-br") for path in sorted((DOCS / language).rglob("*.md"))]
LINK = re.compile(r"\]\((?:\.\./)*([^)]+)\)")
LANGUAGES = re.compile(r"(?m)^\*\[Español\].*\n\n")


def shape(path: Path) -> tuple[list[tuple[str, str]], list[str], list[str]]:
    """What a translation keeps of its page: code, headings' levels, addresses whatever the folder."""
    text = LANGUAGES.sub("", path.read_text("utf-8"))
    code = [(block["info"], block["text"]) for block in FENCE.finditer(text)]
    addresses = [link.rpartition("guides/")[2] for link in LINK.findall(text)]
    return code, re.findall(r"(?m)^#+ ", text), addresses


@pytest.mark.parametrize("path", TRANSLATED, ids=lambda path: "/".join(path.relative_to(DOCS).parts))
def test_a_translation_has_its_pages_code_sections_and_links(path: Path) -> None:
    original = DOCS / Path(*path.relative_to(DOCS).parts[1:])
    assert shape(path) == shape(original)


TOLERANT = ' || echo "exit status $?"'


def tried(line: str, where: Path) -> Run:
    """A line of the tutorial: ours in this process, as the shell would run it; others by the shell."""
    ours, tolerant, _ = line.partition(TOLERANT)
    if not ours.startswith("connectif-kit "):
        return run("sh", "-c", line, cwd=where)
    done = Cli(where)(*shlex.split(ours)[1:])
    if not tolerant or done.code == 0:
        return done
    return Run(0, f"{done.stdout}exit status {done.code}\n", done.stderr)


def test_the_example_of_the_python_api_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from connectif_kit.reference.python import EXAMPLE

    assert Cli(tmp_path)("new", "shop").code == 0
    for words in (("build",), ("inject", "public")):
        assert Cli(tmp_path / "shop")(*words).code == 0
    monkeypatch.chdir(tmp_path / "shop")
    capsys.readouterr()
    exec(compile(EXAMPLE, "docs", "exec"), {})
    assert capsys.readouterr().out == ""


def built(folder: Path) -> subprocess.CompletedProcess[str]:
    """The site, built strictly from the pages in a folder that has a copy of all it needs."""
    zensical = [sys.executable, "-m", "zensical", "build", "--strict"]
    return subprocess.run(zensical, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """What the site is made of, in a folder of its own."""
    shutil.copytree(DOCS, tmp_path / "docs")
    for name in ("zensical.toml", "SECURITY.md"):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def test_the_site_builds_and_no_link_is_dead(project: Path) -> None:
    done = built(project)
    assert done.returncode == 0, done.stdout + done.stderr
    home = (project / "site/index.html").read_text("utf-8")
    assert 'data-md-component="search"' in home
    assert home.count("data-md-color-scheme=") >= 2, "light and dark"
    assert json.loads((project / "site/search.json").read_text("utf-8"))
    _every_id_has_its_section(project / "site")


def _every_id_has_its_section(site: Path) -> None:
    """Each address that reports give for a rule, a check or another id leads to an anchor of the site."""
    ids = [*rules(), *checks(), *(fault.name for fault in faults())]
    found = rule_texts(Diagnostic(name, Severity.NOTICE, "", Place("x")) for name in ids)
    assert found.keys() == set(ids)
    pages: dict[str, str] = {}
    for text in found.values():
        path, _, anchor = text.link.removeprefix(DOCS_ADDRESS).partition("/#")
        page = pages.setdefault(path, (site / path / "index.html").read_text("utf-8"))
        assert f'id="{anchor}"' in page, text.link


def test_the_documentations_address_is_said_alike_everywhere() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        assert tomllib.load(file)["project"]["urls"]["Documentation"] == DOCS_ADDRESS
    with (ROOT / "zensical.toml").open("rb") as file:
        assert tomllib.load(file)["project"]["site_url"] == DOCS_ADDRESS


def test_a_dead_anchor_ends_the_build(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/index.md").write_text("# Start\n\n[dead](#no-such-place)\n", "utf-8")
    (tmp_path / "zensical.toml").write_text('[project]\nsite_name = "small"\n', "utf-8")
    done = built(tmp_path)
    assert done.returncode != 0
    assert "anchor does not exist" in done.stdout + done.stderr


def test_every_page_is_in_the_navigation() -> None:
    with (ROOT / "zensical.toml").open("rb") as file:
        config = tomllib.load(file)
    named = set(re.findall(r"'([\w/.-]+\.md)'", str(config["project"]["nav"])))
    assert named == {path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md")}
