"""`playwright.mjs`, which `build` writes: a shop's tests in `@playwright/test` assert what is sent."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from tests.tools import NODE_MODULES, ROOT, run


def test_a_shops_own_tests_assert_what_is_sent(
    starter: Path,
    site: Callable[[Path], str],
    shell_path: Path,
    node_tool: Callable[[str], Path],
) -> None:
    for name in ("shop.spec.mjs", "playwright.config.mjs"):
        shutil.copy(ROOT / "tests/browser/apps" / name, starter / name)
    (starter / "node_modules").symlink_to(NODE_MODULES)
    env = {"SHOP": site(starter / "public"), "CHROMIUM": str(shell_path)}
    done = run(node_tool("playwright"), "test", "--reporter", "line", cwd=starter, env=env)
    assert done.code == 0, done.stdout + done.stderr
    assert "2 passed" in done.stdout
