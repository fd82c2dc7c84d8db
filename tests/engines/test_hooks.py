"""Hooks in real builds: each generator's own command ends with a checked site."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.tools import NODE_MODULES, Cli, Run, run

STORE = "7d1f6a52-0b7c-4e0e-8f0a-5a9f0a3c7b02"
PLAN = """
store: {{id: {id}, environment: eu5, url: "https://shop.example"}}
audit: {{ignore: [unreachable-catalog]}}
site: {{root: {root}}}
pages:
  home: {{match: /}}
  content: {{match: "/**"}}
"""
PAGE = "<!doctype html><html lang=en><title>Mugs</title><body><h1>Mugs</h1></body></html>"
FAULT = '<div class="cn_page_tag">sale</div><div class="cn_product_visited"></div>'


@dataclass(frozen=True, slots=True)
class Build:
    """A site as its generator wants it: files, the built folder, a source that takes a fault, the command."""

    files: dict[str, str]
    root: str
    source: str
    command: tuple[str, ...]
    hook: str = ""


BUILDS = {
    "eleventy": Build(
        {
            "eleventy.config.mjs": (
                'import connectif from "./connectif-hook.mjs";\n'
                "export default (config) => { config.addPlugin(connectif); return {dir: {input: 'src'}}; };\n"
            ),
            "src/index.html": PAGE,
        },
        "_site",
        "src/index.html",
        (str(NODE_MODULES / ".bin/eleventy"), "--quiet"),
        "connectif-hook.mjs",
    ),
    "astro": Build(
        {
            "astro.config.mjs": (
                'import connectif from "./connectif-hook.mjs";\n'
                "export default { integrations: [connectif()] };\n"
            ),
            "package.json": '{"type": "module", "private": true}',
            "src/pages/index.astro": PAGE,
        },
        "dist",
        "src/pages/index.astro",
        (str(NODE_MODULES / ".bin/astro"), "build"),
        "connectif-hook.mjs",
    ),
    "mkdocs": Build(
        {
            "mkdocs.yml": "site_name: Mugs\ntheme: {name: mkdocs}\nplugins: [search, connectif-kit]\n",
            "docs/index.md": "# Mugs\n",
        },
        "site",
        "docs/index.md",
        (sys.executable, "-m", "mkdocs", "build", "--quiet"),
    ),
    "pelican": Build(
        {
            "pelicanconf.py": (
                'SITENAME = "Mugs"\nPATH = "content"\nTIMEZONE = "UTC"\nDEFAULT_LANG = "en"\n'
                'PLUGINS = ["connectif_kit.hooks.pelican_plugin"]\n'
            ),
            "content/mugs.md": "Title: Mugs\nDate: 2026-01-01\n\nBlue ones.\n",
        },
        "output",
        "content/mugs.md",
        (sys.executable, "-m", "pelican", "-s", "pelicanconf.py", "--quiet"),
    ),
}


@pytest.fixture(params=BUILDS)
def made(request: pytest.FixtureRequest, tmp_path: Path, cli: Cli) -> tuple[Build, Path]:
    """A site with its plan and its hook, in a folder of its own."""
    build = BUILDS[request.param]
    for name, text in build.files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    (tmp_path / "connectif.yaml").write_text(PLAN.format(id=STORE, root=build.root), "utf-8")
    if build.hook:
        assert cli("hook", request.param, "-o", build.hook).code == 0
        (tmp_path / "node_modules").symlink_to(NODE_MODULES, target_is_directory=True)
    return build, tmp_path


def built(build: Build, folder: Path, **env: str) -> Run:
    """One run of the generator's own command, with ours on the path."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    own = {"PATH": path, "CI": "", "ASTRO_TELEMETRY_DISABLED": "1", **env}
    return run(*build.command, cwd=folder, env=own)


def test_a_build_with_a_hook_ends_with_a_checked_site(made: tuple[Build, Path]) -> None:
    build, folder = made
    done = built(build, folder)
    assert done.code == 0, done.stdout + done.stderr
    assert STORE in (folder / build.root / "index.html").read_text("utf-8")
    assert (folder / "connectif/checklist.html").is_file()


def test_a_fault_is_shown_and_fails_the_build_in_ci_alone(made: tuple[Build, Path]) -> None:
    build, folder = made
    source = folder / build.source
    text = source.read_text("utf-8")
    source.write_text(
        text.replace("</body>", f"{FAULT}</body>") if "</body>" in text else text + FAULT + "\n"
    )
    done = built(build, folder)
    assert "missing-field" in done.stdout + done.stderr, done.stdout + done.stderr
    assert done.code == 0
    assert built(build, folder, CI="true").code != 0


def test_a_broken_plan_fails_every_build(made: tuple[Build, Path]) -> None:
    build, folder = made
    (folder / "connectif.yaml").write_text("store: {id: 1}\n", "utf-8")
    done = built(build, folder)
    assert done.code != 0
    assert "connectif.yaml" in done.stdout + done.stderr


def test_a_generator_without_a_hook_is_a_usage_error(cli: Cli) -> None:
    done = cli("hook", "hugo")
    assert (done.code, "known: astro, eleventy, mkdocs, pelican" in done.stderr) == (2, True)
    assert "did you mean `eleventy`?" in cli("hook", "eleventi").stderr


@pytest.mark.parametrize("name", ["mkdocs", "pelican"])
def test_a_hook_of_pythons_own_is_a_line_of_configuration(cli: Cli, name: str) -> None:
    done = cli("hook", name)
    assert done.stdout.strip() in "".join(BUILDS[name].files.values())


def test_new_here_names_the_hook_of_the_generator_that_it_finds(tmp_path: Path, cli: Cli) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: Mugs\n")
    done = cli("new", "--here")
    assert "`connectif-kit hook mkdocs`" in done.stderr
