"""`new`: the starter, a plan for a site that is there, answers, examples."""

from pathlib import Path

import pytest

from tests.tools import Cli


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


def test_a_wrong_answer_is_reported_under_its_option(cli: Cli) -> None:
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
