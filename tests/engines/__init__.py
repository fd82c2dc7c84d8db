"""The template languages' real engines. Each takes files and cases and says what it makes of them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, TypedDict

from tests.tools import run

HERE = Path(__file__).parent


class Case(TypedDict):
    """A file and the variables that it is rendered with."""

    file: str
    data: Mapping[str, Any]


Files = Mapping[str, str]
Made = list[dict[str, str]]
"""For each case: the way of running the engine → HTML."""

Engine = Callable[[Files, Sequence[Case], Path], Made]


def _process(*command: str) -> Engine:
    """An engine behind a small program that reads JSON from a file and prints JSON."""

    def engine(files: Files, cases: Sequence[Case], folder: Path) -> Made:
        path = shutil.which(command[0])
        assert path, f"no {command[0]}: run scripts/test as root, which installs it, or install it yourself"
        given = folder / "cases.json"
        given.write_text(json.dumps({"files": files, "cases": cases}), "utf-8")
        done = run(path, HERE / command[1], given, cwd=folder)
        assert done.code == 0, done.stderr
        made: Made = json.loads(done.stdout)
        return made

    return engine


def _dates(value: Any) -> Any:
    """The data with moments in the place of `{"$date": "…"}`, as every program here puts them."""
    if isinstance(value, Mapping):
        moment = value.get("$date")
        return datetime.fromisoformat(moment) if moment else {name: _dates(v) for name, v in value.items()}
    return [_dates(each) for each in value] if isinstance(value, list) else value


def _undated(value: Any) -> Any:
    """The same for an engine whose data is JSON, where a date is a text."""
    if isinstance(value, Mapping):
        return value.get("$date") or {name: _undated(each) for name, each in value.items()}
    return [_undated(each) for each in value] if isinstance(value, list) else value


def _jinja2(files: Files, cases: Sequence[Case], folder: Path) -> Made:  # noqa: ARG001 - needs no folder
    from jinja2 import DictLoader, Environment, StrictUndefined, Undefined
    from jinja2.sandbox import SandboxedEnvironment

    loader = DictLoader(dict(files))
    modes = {
        "escaping": Environment(loader=loader, autoescape=True, undefined=StrictUndefined),
        "plain": Environment(loader=loader, autoescape=False, undefined=Undefined),
        "trimming": SandboxedEnvironment(
            loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True
        ),
    }
    return [
        {
            name: engine.get_template(case["file"]).render(_dates(case["data"]))
            for name, engine in modes.items()
        }
        for case in cases
    ]


def _hugo(files: Files, cases: Sequence[Case], folder: Path) -> Made:
    path = shutil.which("hugo")
    assert path, "no Hugo: run scripts/test as root, which installs it, or install it yourself"
    written = {
        "config.json": json.dumps(
            {
                "baseURL": "https://shop.example/",
                "disableKinds": ["taxonomy", "term", "RSS", "sitemap", "404"],
            }
        ),
        "layouts/index.html": (HERE / "hugo.html").read_text("utf-8"),
        "data/cases.json": json.dumps({"all": _undated(list(cases))}),
        **{f"layouts/partials/connectif/{name}": text for name, text in files.items()},
    }
    for name, text in written.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    done = run(path, "--quiet", cwd=folder)
    assert done.code == 0, done.stderr + done.stdout
    page = (folder / "public/index.html").read_text("utf-8")
    return [{"hugo": html} for html in page.split("@@@\n")[1:]]


def _html(files: Files, cases: Sequence[Case], folder: Path) -> Made:  # noqa: ARG001 - it has no variables
    return [{"html": files[case["file"]]} for case in cases]


ENGINES: dict[str, list[Engine]] = {
    "html": [_html],
    "jinja2": [_jinja2],
    "nunjucks": [_process("node", "nunjucks.mjs")],
    "liquid": [_process("ruby", "liquid.rb"), _process("node", "liquidjs.mjs")],
    "hugo": [_hugo],
    "twig": [_process("php", "twig.php")],
    "erb": [_process("ruby", "erb.rb")],
    "php": [_process("php", "php.php")],
    "astro": [_process("node", "astro.mjs")],
    "ejs": [_process("node", "ejs.mjs")],
    "jsx": [_process("node", "jsx.mjs")],
}
"""Target → its engines; a target without one fails the test that asks for it."""
