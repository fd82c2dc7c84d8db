"""The shipped pipelines: each is valid where it is used, holds no known weakness, and does what it says."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.tools import ROOT, Cli, Run, run

BIN = Path(sys.executable).parent
ACTION = ROOT / "action.yml"
COMPONENT = ROOT / "templates/pipeline/template.yml"
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))


def tool(name: str, *arguments: str | Path, cwd: Path = ROOT) -> Run:
    return run(BIN / name, *arguments, cwd=cwd)


@pytest.fixture
def shop(tmp_path: Path, cli: Cli) -> Path:
    """The starter, which is clean once it is checked."""
    assert cli("new", "shop").code == 0
    folder = tmp_path / "shop"
    plan = folder / "connectif.yaml"
    text = plan.read_text("utf-8")
    stores = [line for line in text.splitlines() if line.strip().startswith("id:")]
    plan.write_text(text.replace(stores[0], "  id: 7d1f6a52-0b7c-4e0e-8f0a-5a9f0a3c7b02"), "utf-8")
    assert cli("check", cwd=folder).code == 0
    return folder


def broken(shop: Path, name: str = "contact") -> None:
    """One page has a fault that only a person can fix."""
    (shop / f"public/{name}-us.html").write_text(
        '<!doctype html><html><head><title>A</title></head><body><div class="cn_product_visited">'
        '<span class="product_id">a</span></div></body></html>'
    )


def script(text: str, shop: Path, shell: str, env: Mapping[str, str]) -> int:
    """Run a pipeline's script as its runner would, with our command on the path."""
    path = f"{BIN}{os.pathsep}{os.environ['PATH']}"
    command = [shell, "-e", "-c", text]
    return subprocess.run(
        command, cwd=shop, env={**os.environ, "PATH": path, **env}, check=False, capture_output=True
    ).returncode


def steps() -> Iterator[dict[str, Any]]:
    yield from yaml.safe_load(ACTION.read_text("utf-8"))["runs"]["steps"]


def test_schemas_accept_them(tmp_path: Path) -> None:
    """GitHub's and GitLab's own schemas, as they are collected at SchemaStore."""
    _, component = yaml.safe_load_all(COMPONENT.read_text("utf-8"))
    job = tmp_path / "job.yml"
    job.write_text(yaml.safe_dump(component))
    for schema, files in (
        ("vendor.github-actions", [ACTION]),
        ("vendor.github-workflows", WORKFLOWS),
        ("vendor.gitlab-ci", [job]),
    ):
        done = tool("check-jsonschema", "--builtin-schema", schema, *files)
        assert done.code == 0, done.stdout
    assert tool("pre-commit", "validate-manifest", ROOT / ".pre-commit-hooks.yaml").code == 0


def test_linters_find_no_weakness() -> None:
    done = tool(
        "zizmor",
        "--offline",
        "--no-progress",
        "--min-severity",
        "medium",
        "--format",
        "plain",
        ACTION,
        *WORKFLOWS,
    )
    assert done.code == 0, done.stdout
    done = tool("hadolint", ROOT / "Dockerfile")
    assert done.code == 0, done.stdout


def test_a_linter_would_see_one(tmp_path: Path) -> None:
    text = ACTION.read_text("utf-8").replace("@a26af69be951a213d495a4c3e4e4022e16d87065", "@main")
    (tmp_path / "action.yml").write_text(text)
    assert tool("zizmor", "--offline", "--no-progress", tmp_path / "action.yml").code != 0


def test_the_action_reports_what_is_new_since_its_first_run(shop: Path, tmp_path: Path) -> None:
    (runner := tmp_path / "runner").mkdir()
    (runner / "connectif-kit").symlink_to(BIN.parent, target_is_directory=True)
    check = next(step for step in steps() if step.get("id") == "check")
    env = dict.fromkeys(check["env"], "") | {
        "RUNNER_TEMP": str(runner),
        "GITHUB_OUTPUT": str(tmp_path / "output"),
        "BASELINE": "known-baseline.json",
        "REPORT": "connectif.sarif",
        "FOLDER": ".",
    }
    broken(shop)
    assert script(check["run"], shop, "bash", env) == 0
    assert (shop / "known-baseline.json").is_file()
    assert (tmp_path / "output").read_text() == "report=./connectif.sarif\n"
    assert script(check["run"], shop, "bash", env) == 0
    broken(shop, "about")
    assert script(check["run"], shop, "bash", env) == 1
    sarif = json.loads((shop / "connectif.sarif").read_text("utf-8"))
    places = {
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for result in sarif["runs"][0]["results"]
    }
    assert places == {"public/about-us.html"}
    assert script(check["run"], shop, "bash", {**env, "BASELINE": ""}) == 1
    assert script(check["run"], shop, "bash", {**env, "BASELINE": "", "CONFIG": "none.yaml"}) == 2


@pytest.mark.parametrize("site", ["", "public"])
def test_the_component_writes_both_reports_whatever_it_finds(shop: Path, site: str) -> None:
    inputs, component = yaml.safe_load_all(COMPONENT.read_text("utf-8"))
    defaults = {name: each.get("default", "") for name, each in inputs["spec"]["inputs"].items()}
    job = component["connectif-kit"]
    assert set(job["variables"].values()) <= {f"$[[ inputs.{name} ]]" for name in defaults}
    env = {name: str(defaults[name.lower()]) for name in job["variables"]} | {"SITE": site}
    check = job["script"][-1]
    broken(shop)
    assert script(check, shop, "sh", env) == 1
    for file in (*job["artifacts"]["reports"].values(), "codequality.json"):
        assert "contact-us.html" in (shop / file).read_text("utf-8")
    assert script(check, shop, "sh", {**env, "BASELINE": "known-baseline.json"}) == 0
    assert script(check, shop, "sh", {**env, "BASELINE": "known-baseline.json"}) == 0


@pytest.mark.slow
def test_pre_commit_installs_and_runs_the_hooks(shop: Path) -> None:
    def git(*arguments: str) -> None:
        assert run("git", "-c", "user.name=a", "-c", "user.email=a@b.c", *arguments, cwd=shop).code == 0

    git("init", "--quiet")
    git("add", ".")
    hook = ("try-repo", ROOT, "connectif-kit-build", "--all-files")
    env_free = tool("pre-commit", *hook, cwd=shop)
    assert env_free.code == 0, env_free.stdout + env_free.stderr
    (shop / "connectif/loader.html").write_text("mine")
    git("add", ".")
    assert tool("pre-commit", *hook, cwd=shop).code == 1


def test_the_image_copies_all_that_its_installation_needs() -> None:
    """What `.dockerignore` lets through is what the wheel is built from."""
    let_through = {
        line[1:] for line in (ROOT / ".dockerignore").read_text("utf-8").split() if line.startswith("!")
    }
    assert {"connectif_kit", "templates", "pyproject.toml", "README.md", "LICENSE"} == let_through
    assert all((ROOT / name).exists() for name in let_through)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_a_script_of_that_shell(cli: Cli, shell: str) -> None:
    done = cli("completion", shell)
    assert done.code == 0
    assert "_CONNECTIF_KIT_COMPLETE" in done.stdout
    if shutil.which(shell):
        assert run(shell, "-n", "-c", done.stdout, cwd=ROOT).code == 0


@pytest.mark.parametrize(
    ("words", "proposed"),
    [
        ("connectif-kit comp", "completion"),
        ("connectif-kit audit --select decimal-c", "decimal-comma"),
        ("connectif-kit audit --ignore two-products,decimal-c", "two-products,decimal-comma"),
        ("connectif-kit inject --format sar", "sarif"),
        ("connectif-kit explain cn_product_v", "cn_product_visited"),
    ],
)
def test_a_word_that_is_begun_is_completed(cli: Cli, words: str, proposed: str) -> None:
    count = len(words.split()) - 1
    env = {"_CONNECTIF_KIT_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(count)}
    done = run(BIN / "connectif-kit", cwd=cli.cwd, env=env)
    assert f"plain,{proposed}" in done.stdout.splitlines()
