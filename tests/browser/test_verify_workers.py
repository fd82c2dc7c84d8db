"""Service workers that the site has already: both work beside the platform's, or the finding says why not."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.broken_shops import at_end, edit
from tests.tools import ROOT, Cli, run

PLAN = "service_worker: {path: /service-worker.js}"
ONESIGNAL = 'importScripts("https://cdn.onesignal.com/sdks/web/v16/OneSignalSDK.sw.js");\n'

Verified = Callable[..., tuple[list[str], str]]


@pytest.fixture
def verified(cli: Cli, tmp_path: Path, node_tool: Callable[[str], Path]) -> Verified:
    """`verified(worker, register)`: rules found and what was proved in a shop that registers a worker."""

    def make(worker: str, register: str) -> tuple[list[str], str]:
        assert cli("new", "shop").code == 0
        shop = tmp_path / "shop"
        edit(shop / "connectif.yaml", PLAN, f"service_worker: {worker}")
        for command in (["build"], ["inject", "public"]):
            done = cli(*command, cwd=shop)
            assert done.code == 0, done.stderr + done.stdout
        source = ROOT / "tests/browser/apps/workbox.mjs"
        options = ["--bundle", "--log-level=error", '--define:process.env.NODE_ENV="production"']
        env = {"NODE_PATH": str(ROOT / "tests/node/node_modules")}
        made = run(
            node_tool("esbuild"), source, *options, f"--outfile={shop}/public/own.js", cwd=shop, env=env
        )
        assert made.code == 0, made.stderr
        (shop / "public/OneSignalSDKWorker.js").write_text(ONESIGNAL)
        at_end(shop, f"<script>navigator.serviceWorker.register({register})</script>")
        given = ("--only", "home", "--only", "service_worker")
        done = cli("verify", *given, "--format", "json", "--format", "html=verify.html", cwd=shop)
        found = [one["rule"] for one in json.loads(done.stdout)["findings"]]
        return found, done.stderr

    return make


def test_a_worker_of_workbox_keeps_working_when_it_is_imported(verified: Verified) -> None:
    found, said = verified("{path: /service-worker.js, import: /own.js}", "'/service-worker.js'")
    assert found == []
    assert "imported: 2 files kept" in said


def test_a_worker_of_workbox_keeps_working_beside_one_in_a_folder(verified: Verified) -> None:
    found, said = verified("{path: /push/service-worker.js}", "'/own.js'")
    assert found == []
    assert "/push/service-worker.js beside /own.js" in said


def test_onesignals_one_line_keeps_working_in_a_scope_of_its_own(verified: Verified) -> None:
    found, said = verified(
        "{path: /service-worker.js}", "'/OneSignalSDKWorker.js', {scope: '/push/onesignal/'}"
    )
    assert found == []
    assert "/service-worker.js beside /OneSignalSDKWorker.js" in said


def test_two_workers_of_one_scope_are_a_conflict(verified: Verified) -> None:
    found, _ = verified("{path: /service-worker.js}", "'/own.js'")
    assert found == ["worker-conflict"]


def test_a_page_that_registers_another_worker_again_is_a_conflict(verified: Verified) -> None:
    """The plan imports the shop's own, and the shop's page still registers it."""
    found, _ = verified("{path: /service-worker.js, import: /own.js}", "'/own.js'")
    assert found == ["worker-conflict"]
