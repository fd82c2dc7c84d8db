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
OWN_PUSH = """
self.addEventListener("push", (event) => {
  const { own } = event.data ? event.data.json() : {};
  if (own) event.waitUntil(self.registration.showNotification(own, { tag: "own" }));
});
self.addEventListener("notificationclick", (event) => {
  if (event.notification.tag === "own") event.waitUntil(self.clients.openWindow("/"));
});
"""
"""A site's own messages, beside which the platform's are shown."""

Verified = Callable[..., tuple[list[str], str]]


@pytest.fixture(scope="module")
def own_worker(tmp_path_factory: pytest.TempPathFactory, node_tool: Callable[[str], Path]) -> bytes:
    """A shop's own worker, as Workbox and a bundler make it."""
    folder = tmp_path_factory.mktemp("workbox")
    source = ROOT / "tests/browser/apps/workbox.mjs"
    options = ["--bundle", "--log-level=error", '--define:process.env.NODE_ENV="production"']
    env = {"NODE_PATH": str(ROOT / "tests/node/node_modules")}
    made = run(node_tool("esbuild"), source, *options, "--outfile=own.js", cwd=folder, env=env)
    assert made.code == 0, made.stderr
    return (folder / "own.js").read_bytes()


@pytest.fixture
def verified(cli: Cli, starter: Path, own_worker: bytes) -> Verified:
    """`verified(worker, script)`: rules found and what was proved in a shop whose pages run a script."""

    def make(worker: str, script: str) -> tuple[list[str], str]:
        edit(starter / "connectif.yaml", PLAN, f"service_worker: {worker}")
        for command in (["build"], ["inject", "public"]):
            done = cli(*command, cwd=starter)
            assert done.code == 0, done.stderr + done.stdout
        (starter / "public/own.js").write_bytes(own_worker)
        (starter / "public/OneSignalSDKWorker.js").write_text(ONESIGNAL)
        (starter / "public/push.js").write_text(OWN_PUSH)
        at_end(starter, f"<script>const workers = navigator.serviceWorker; {script}</script>")
        given = ("--only", "home", "--only", "service_worker")
        done = cli("verify", *given, "--format", "json", "--format", "html=verify.html", cwd=starter)
        found = [one["rule"] for one in json.loads(done.stdout)["findings"]]
        return found, done.stderr

    return make


def test_a_worker_of_workbox_keeps_working_when_it_is_imported(verified: Verified) -> None:
    found, said = verified(
        "{path: /service-worker.js, import: /own.js}", "workers.register('/service-worker.js')"
    )
    assert found == []
    assert "imported: 2 files kept" in said


def test_a_worker_of_workbox_keeps_working_beside_one_in_a_folder(verified: Verified) -> None:
    found, said = verified("{path: /push/service-worker.js}", "workers.register('/own.js')")
    assert found == []
    assert "/push/service-worker.js beside /own.js" in said


def test_onesignals_one_line_keeps_working_in_a_scope_of_its_own(verified: Verified) -> None:
    found, said = verified(
        "{path: /service-worker.js}",
        "workers.register('/OneSignalSDKWorker.js', {scope: '/push/onesignal/'})",
    )
    assert found == []
    assert "/service-worker.js beside /OneSignalSDKWorker.js" in said


def test_two_workers_of_one_scope_are_a_conflict(verified: Verified) -> None:
    found, _ = verified("{path: /service-worker.js}", "workers.register('/own.js')")
    assert found == ["worker-conflict"]


def test_a_page_that_registers_another_worker_again_is_a_conflict(verified: Verified) -> None:
    """The plan imports the shop's own, and the shop's page still registers it."""
    found, _ = verified("{path: /service-worker.js, import: /own.js}", "workers.register('/own.js')")
    assert found == ["worker-conflict"]


def test_a_page_that_registers_another_worker_once_ours_is_there_is_a_conflict(verified: Verified) -> None:
    found, _ = verified("{path: /service-worker.js}", "workers.ready.then(() => workers.register('/own.js'))")
    assert found == ["worker-conflict"]


def test_a_page_that_unregisters_all_workers_is_a_conflict(verified: Verified) -> None:
    """What sites keep for years after they have given up a worker of their own."""
    found, said = verified(
        "{path: /service-worker.js}",
        "workers.getRegistrations().then((all) => all.forEach((one) => one.unregister()))",
    )
    assert found == ["worker-conflict"]
    assert "unregisters /service-worker.js" in said


def test_a_page_may_load_itself_again_for_a_new_worker(verified: Verified) -> None:
    found, said = verified(
        "{path: /service-worker.js}", "workers.addEventListener('controllerchange', () => location.reload())"
    )
    assert found == []
    assert "a push to /service-worker.js" in said


@pytest.mark.parametrize(
    "script",
    [
        pytest.param("workers.register('/gone.js').catch(() => {})", id="whose file is gone"),
        pytest.param(
            "workers.register('/service-worker.js').then((made) => made.update())",
            id="that is updated at once",
        ),
    ],
)
def test_a_registration_that_harms_nobody_is_not_a_finding(verified: Verified, script: str) -> None:
    found, said = verified("{path: /service-worker.js}", script)
    assert found == []
    assert "a push to /service-worker.js" in said


def test_a_push_handler_of_the_sites_own_stays_beside_the_platforms(verified: Verified) -> None:
    found, said = verified(
        "{path: /service-worker.js, import: /push.js}", "workers.register('/service-worker.js')"
    )
    assert found == []
    assert "the notification of /service-worker.js" in said
