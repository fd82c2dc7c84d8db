"""Fixtures for every test. A tool that is missing fails the test that needs it; nothing is skipped."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tests.tools import NODE_MODULES, Cli, find_chromium, find_shell, serve

if TYPE_CHECKING:
    from connectif_kit.fakeapi.server import FakeApi


# A shared machine may pause any example; CI asks for the same ones each time, developers for new ones.
settings.register_profile("kit", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("kit")


@pytest.fixture(scope="session")
def chromium_path() -> Path:
    """The browser; `scripts/test` installs one."""
    path = find_chromium()
    assert path, "no Chromium: run scripts/test, which installs it"
    return path


@pytest.fixture(scope="session")
def shell_path() -> Path:
    """The browser for what needs no window: its headless shell, where there is one."""
    path = find_shell()
    assert path, "no Chromium: run scripts/test, which installs it"
    return path


@pytest.fixture(scope="session")
def hugo_path() -> Path:
    """Hugo; `scripts/test` installs it."""
    path = shutil.which("hugo")
    assert path, "no Hugo: run scripts/test as root, which installs it, or install it yourself"
    return Path(path)


@pytest.fixture(scope="session")
def node_tool() -> Callable[[str], Path]:
    """`node_tool("tsc")`: the path of a command that tests/node brings."""

    def find(name: str) -> Path:
        path = NODE_MODULES / ".bin" / name
        assert path.exists(), f"no {name}: run scripts/test, which installs tests/node"
        return path

    return find


@pytest.fixture
def site() -> Iterator[Callable[[Path], str]]:
    """`site(folder)` serves the folder on loopback until the test ends and gives its base URL."""
    with ExitStack() as servers:
        yield lambda folder: servers.enter_context(serve(folder))


@pytest.fixture
def cli(tmp_path: Path) -> Cli:
    """`cli("audit", "public")` in the test's own folder → exit code, standard output and error."""
    return Cli(tmp_path)


@pytest.fixture
def fake_api() -> Iterator[Callable[..., FakeApi]]:
    """`fake_api(limit=…, faults=…)` runs an account of the local API until the test ends."""
    from connectif_kit.fakeapi.server import new, running

    with ExitStack() as servers:
        yield lambda **given: servers.enter_context(running(new(**{"limit": 10**6, **given})))
