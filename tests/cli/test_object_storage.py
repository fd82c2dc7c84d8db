"""`audit` and `feed` on a folder in object storage: a real S3 server on loopback, nothing on disk."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from connectif_kit.core.objects import _store
from tests.tools import Cli

PLAN = """
store:
  id: 7d1f6a52-0b7c-4e0e-8f0a-5a9f0a3c7b02
  environment: eu5
  url: "https://shop.example"
  currency: EUR
pages:
  home: {match: /}
  product: {match: "/p/*", product: json-ld}
site: {ignore: ["/old/**"]}
"""
PAGE = """<!doctype html><html lang="en"><head><title>Mug {name}</title>
<script type="application/ld+json">{{"@context": "https://schema.org", "@type": "Product",
"name": "Mug {name}", "sku": "{name}", "image": "/m.jpg", "category": "/Mugs",
"offers": {{"@type": "Offer", "price": "9.50", "priceCurrency": "EUR",
"availability": "https://schema.org/InStock"}}}}</script></head><body><h1>Mug</h1></body></html>
"""


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def cloud(endpoint: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The environment that names the server and its keys; the name of an empty bucket."""
    import obstore
    from obstore.store import S3Store

    for name, value in {
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_ALLOW_HTTP": "true",
        "AWS_ACCESS_KEY_ID": "key",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_REGION": "us-east-1",
    }.items():
        monkeypatch.setenv(name, value)
    _store.cache_clear()
    import httpx2

    httpx2.put(f"{endpoint}/shop").raise_for_status()
    yield "s3://shop"
    store = S3Store("shop")
    for some in obstore.list(store):
        obstore.delete(store, [each["path"] for each in some])
    _store.cache_clear()


def put(files: dict[str, str | bytes]) -> None:
    import obstore
    from obstore.store import S3Store

    store = S3Store("shop")
    for name, text in files.items():
        obstore.put(store, name, text.encode() if isinstance(text, str) else text)


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    (tmp_path / "connectif.yaml").write_text(PLAN)
    return tmp_path


def on_disk(folder: Path, files: dict[str, str | bytes]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text.encode() if isinstance(text, str) else text)


def shop_files(products: int = 3) -> dict[str, str | bytes]:
    pages: dict[str, str | bytes] = {
        f"site/p/{number}/index.html": PAGE.format(name=number) for number in range(products)
    }
    built = '{"generator": "connectif-kit", "files": []}'
    return {
        **pages,
        "site/index.html": PAGE.format(name="home"),
        "site/logo.png": b"\x89PNG",
        "site/old/a.html": "<p>ignored by the plan",
        "site/connectif/manifest.json": built,
        "site/connectif/checklist.html": "<p>what build wrote",
        "elsewhere/index.html": "<p>another site",
    }


def findings(text: str, root: str) -> list[tuple[str, str, int]]:
    return sorted(
        (each["rule"], each["path"].removeprefix(root), each["line"]) for each in json.loads(text)["findings"]
    )


def test_a_site_in_storage_has_the_findings_that_it_has_on_disk(plan: Path, cli: Cli, cloud: str) -> None:
    files = shop_files()
    put(files)
    on_disk(plan, {name: text for name, text in files.items() if "/connectif/" not in name})
    remote = cli("audit", f"{cloud}/site", "--verbose", "--format", "json", cwd=plan)
    local = cli("audit", "site", "--verbose", "--format", "json", cwd=plan)
    assert (remote.code, json.loads(remote.stdout)["summary"]["pages"]) == (1, 4), remote.stderr
    assert findings(remote.stdout, f"{cloud}/site/") == findings(local.stdout, "site/")
    assert "missing-loader" in remote.stdout


def test_a_feed_from_pages_in_storage_is_the_one_from_disk(plan: Path, cli: Cli, cloud: str) -> None:
    files = shop_files(40)
    put(files)
    on_disk(plan, files)
    remote, local = cli("feed", f"{cloud}/site", cwd=plan), cli("feed", "site", cwd=plan)
    assert remote.stdout.count("<item>") == 40
    assert sorted(remote.stdout.split("<item>")) == sorted(local.stdout.split("<item>"))


def test_what_is_wrong_in_one_object_is_said_of_it(plan: Path, cli: Cli, cloud: str) -> None:
    put({"site/index.html": b"\xff\xfe\x00\x00 not a page", "site/p/1/index.html": PAGE.format(name=1)})
    done = cli("audit", f"{cloud}/site/", "--format", "json", cwd=plan)
    assert f"{cloud}/site/index.html" in done.stdout


@pytest.mark.parametrize("command", ["audit", "feed"])
@pytest.mark.parametrize("place", ["s3://shop/nothing", "s3://none-such/site"])
def test_a_folder_that_is_not_there_is_a_usage_error(
    plan: Path, cli: Cli, cloud: str, command: str, place: str
) -> None:
    assert cloud
    done = cli(command, place, cwd=plan)
    assert done.code == 2
    assert place.removeprefix("s3://").partition("/")[0] in done.stderr
    assert "Traceback" not in done.stderr


def test_a_storage_that_does_not_answer_is_said_in_one_line(plan: Path, cli: Cli, cloud: str) -> None:
    done = cli("audit", f"{cloud}/unreachable", cwd=plan, env={"AWS_ENDPOINT_URL": "http://127.0.0.1:9"})
    assert (done.code, "Traceback" in done.stderr) == (2, False)
    assert f"{cloud}/unreachable cannot be listed" in done.stderr


def test_shards_of_a_site_in_storage_are_the_whole(plan: Path, cli: Cli, cloud: str) -> None:
    put(shop_files(9))
    names = [f"{n}.json" for n in (1, 2, 3)]
    for number, name in enumerate(names, 1):
        done = cli("audit", f"{cloud}/site", "--shard", f"{number}/3", "--format", f"json={name}", cwd=plan)
        assert done.code == 1, done.stderr
    whole = cli("audit", f"{cloud}/site", "--format", "json", cwd=plan)
    joined = cli("audit", "--merge", *names, "--format", "json", cwd=plan)
    assert json.loads(joined.stdout)["summary"] == json.loads(whole.stdout)["summary"]
