"""The stand-in client is held to the facts, case by case, in a real browser."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.serving import Running, preview, shop
from tests.tools import ROOT

CASES: list[dict[str, Any]] = json.loads((ROOT / "tests" / "data" / "standin_cases.json").read_text())

PLAN = """
store: {id: 3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11, environment: eu5, url: https://shop.example}
site: {root: public}
pages: {home: {match: /}}
"""

# A page of its own for each case, with nothing in it but what the case puts there.
SET_UP = """
async ([html, title, head]) => {
  localStorage.clear();
  document.head.querySelectorAll("meta[name=keywords]").forEach((one) => one.remove());
  document.head.insertAdjacentHTML("beforeend", head);
  document.body.innerHTML = html;
  document.title = title;
  delete window.connectif;
  delete window.initializeConnectif;
  window.heard = [];
  window.told = [];
  window.thrown = null;
  window.result = undefined;
}
"""

LOAD = """
([source, early]) => new Promise((resolve, reject) => {
  setTimeout(() => reject(new Error("never initialised")), 30000);
  for (const name of ["connectif.loaded", "connectif.managed.initialized", "connectif.initialized"])
    document.addEventListener(name, () => heard.push(name), { once: true });
  document.addEventListener("connectif.initialized", () => setTimeout(resolve, 0), { once: true });
  document.addEventListener("connectif.loaded", () => {
    try { if (early) (0, eval)(early); } catch (error) { window.thrown = String(error.message); }
  }, { once: true });
  const original = window.fetch;
  window.original = window.original || original;
  window.fetch = (address, options) => {
    if (String(address).includes("/collect")) {
      const { body, notes } = JSON.parse(options.body);
      told.push({ body, notes });
    }
    // A late answer would give its tracker to the next case.
    window.pending = (window.pending || 0) + 1;
    const answered = async (response) => {
      const text = await response.text();
      setTimeout(() => (window.pending -= 1), 0);
      return new Response(text, { status: response.status });
    };
    return window.original(address, options).then(answered);
  };
  const script = document.createElement("script");
  script.textContent = source;
  document.body.append(script);
  if (early && early.startsWith("//manual")) setTimeout(resolve, 50);
})
"""


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("standin")
    (folder / "public").mkdir()
    (folder / "public" / "index.html").write_text("<!doctype html><title>x</title><body></body>")
    (folder / "connectif.yaml").write_text(PLAN)
    with preview(folder) as running:
        yield running


@pytest.fixture(scope="module")
def blank(browser: Browser, running: Running) -> Iterator[Page]:
    """A page on the preview's origin that the preview has put nothing into."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{running.base}/blank.txt")
    yield page
    context.close()


@pytest.fixture(scope="module")
def client(running: Running) -> str:
    return running.get(
        f"/__connectif/cdn/{running.token}/eu5/client-script/3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11"
    )


def said(told: list[dict[str, Any]]) -> list[str]:
    return [note["message"] for one in told for note in one["notes"]]


def contains(whole: Any, part: Any) -> bool:
    """Whether every key of `part` is in `whole`; lists and scalars are equal."""
    if isinstance(part, dict) and isinstance(whole, dict):
        return all(key in whole and contains(whole[key], value) for key, value in part.items())
    if isinstance(part, list) and isinstance(whole, list):
        return len(whole) == len(part) and all(map(contains, whole, part))
    return bool(whole == part)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_stand_in_does_what_the_facts_say(case: dict[str, Any], blank: Page, client: str) -> None:
    blank.evaluate(SET_UP, [case.get("html", ""), case.get("title", "t"), case.get("head", "")])
    blank.evaluate("(path) => history.replaceState(null, '', path)", case.get("path", "/blank.txt"))
    blank.evaluate(LOAD, [with_settings(client, case.get("settings", {})), case.get("early", "")])
    if "do" in case:
        blank.evaluate(f"async () => {{ {case['do']} }}")
    if case.get("wait"):
        blank.wait_for_function(case["wait"])
    blank.wait_for_function("!window.pending")
    told = blank.evaluate("told")
    bodies = [one["body"] for one in told if one["body"]]
    if "sent" in case:
        assert contains(bodies, case["sent"]), bodies
    assert not [key for key in case.get("absent", []) for body in bodies if key in body]
    assert not [name for name in case.get("never", []) if f'"{name}"' in json.dumps(bodies)]
    for name in ("result", "heard"):
        assert name not in case or blank.evaluate(f"window.{name}") == case[name]
    assert case.get("thrown", "") in (blank.evaluate("window.thrown") or "")
    notes = said(told)
    assert [words for words in case.get("said", []) if not any(words in note for note in notes)] == [], notes
    assert not (case.get("silent") and notes)


def with_settings(client: str, settings: dict[str, bool]) -> str:
    """The client of a store whose switches stand otherwise."""
    for name, value in settings.items():
        was = {"autoSend": '"autoSend":false', "autoInitialize": '"autoInitialize":true'}[name]
        assert was in client
        client = client.replace(was, f'"{name}":{json.dumps(value)}')
    return client


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 60
    assert len({case["name"] for case in CASES}) == len(CASES)


def test_a_loader_of_another_store_is_named(tmp_path: Path, page: Page) -> None:
    folder = shop(tmp_path)
    other = "11111111-2222-4333-8444-555555555555"
    about = folder / "public" / "about" / "index.html"
    loader = f'<script src="https://cdn.connectif.cloud/eu1/client-script/{other}" async></script>'
    about.write_text(about.read_text().replace("</body>", f"{loader}</body>"))
    with preview(folder) as running:
        with page.expect_response("**/collect*"):
            page.goto(f"{running.base}/about/")
        notes = [note["message"] for record in running.session()["records"] for note in record["notes"]]
    assert any(other in note and "store" in note for note in notes)
    assert any("`eu1`" in note and "environment" in note for note in notes)
