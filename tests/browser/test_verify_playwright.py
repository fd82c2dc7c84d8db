"""`playwright.mjs`, which `build` writes: a shop's tests in `@playwright/test` assert what is sent."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from tests.tools import NODE_MODULES, ROOT, Cli, run


def test_a_shops_own_tests_assert_what_is_sent(
    cli: Cli,
    tmp_path: Path,
    site: Callable[[Path], str],
    chromium_path: Path,
    node_tool: Callable[[str], Path],
) -> None:
    assert cli("new", "shop").code == 0
    shop = tmp_path / "shop"
    for command in (["build"], ["inject", "public"]):
        assert cli(*command, cwd=shop).code == 0
    for name in ("shop.spec.mjs", "playwright.config.mjs"):
        shutil.copy(ROOT / "tests/browser/apps" / name, shop / name)
    (shop / "node_modules").symlink_to(NODE_MODULES)
    env = {"SHOP": site(shop / "public"), "CHROMIUM": str(chromium_path)}
    done = run(node_tool("playwright"), "test", "--reporter", "line", cwd=shop, env=env)
    assert done.code == 0, done.stdout + done.stderr
    assert "2 passed" in done.stdout
