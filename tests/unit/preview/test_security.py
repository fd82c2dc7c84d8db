"""Every request to the preview is hostile until it shows otherwise."""

from __future__ import annotations

import http.client
import json
import socket
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.serving import Running, preview, shop
from tests.tools import Cli


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("secure")
    (folder / "secret.txt").write_text("the secret")
    made = shop(folder)
    (made / "public" / "out.html").symlink_to(folder / "secret.txt")
    (made / "public" / "outside").symlink_to(folder)
    (made / "public" / "alias.html").symlink_to(made / "public" / "about" / "index.html")
    (made / "public" / ".env").write_text("SECRET=1")
    (made / "public" / "data.bin").write_bytes(bytes(range(100)))
    (made / "public" / "plain.html").write_text("<!doctype html><title>plain</title><p>hello")
    with preview(made) as running:
        yield running


def ask(
    running: Running, path: str, method: str = "GET", body: bytes | None = None, **headers: str
) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", running.port, timeout=30)
    connection.putrequest(method, path, skip_host="host" in headers, skip_accept_encoding=True)
    for name, value in headers.items():
        connection.putheader(name.replace("_", "-"), value)
    if body is not None:
        connection.putheader("content-length", str(len(body)))
    connection.endheaders(body)
    answer = connection.getresponse()
    found = answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()
    connection.close()
    return found


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e%2f%2e%2e%2fsecret.txt",
        "/%252e%252e/secret.txt",
        "/%252e%252e%252fsecret.txt",
        "/..%5csecret.txt",
        "/about/..\\..\\secret.txt",
        "/secret.txt%00.html",
        "/about/%0d%0a",
        "/about/../../secret.txt",
        "/.env",
        "/out.html",
        "/outside/secret.txt",
        "/outside",
        "//etc/passwd",
    ],
)
def test_nothing_outside_the_site_is_given(running: Running, path: str) -> None:
    status, _, body = ask(running, path)
    assert status in (403, 404)
    assert b"the secret" not in body
    assert b"SECRET=1" not in body
    assert b"root:" not in body


def test_a_link_inside_the_site_is_followed(running: Running) -> None:
    assert ask(running, "/alias.html")[0] == 200


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", ""])
def test_another_host_name_is_refused(running: Running, host: str) -> None:
    for path in ("/", "/__connectif/", f"/__connectif/session.json?t={running.token}"):
        assert ask(running, path, host=host)[0] in (400, 403)


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost:1"])
def test_another_origin_is_refused(running: Running, origin: str) -> None:
    for path in (
        "/",
        f"/__connectif/stream?t={running.token}",
        f"/__connectif/session.json?t={running.token}",
    ):
        assert ask(running, path, origin=origin)[0] == 403
    assert ask(running, f"/__connectif/collect?t={running.token}", "POST", b"{}", origin=origin)[0] == 403


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_what_another_site_includes_is_refused(running: Running, site: str) -> None:
    for dest in ("script", "image", "empty", "iframe"):
        mode = "navigate" if dest == "iframe" else "no-cors"
        assert ask(running, "/", sec_fetch_site=site, sec_fetch_mode=mode, sec_fetch_dest=dest)[0] == 403
    assert (
        ask(running, "/", sec_fetch_site=site, sec_fetch_mode="navigate", sec_fetch_dest="document")[0] == 200
    )


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/__connectif/stream"),
        ("GET", "/__connectif/state"),
        ("GET", "/__connectif/session.json?t=wrong"),
        ("POST", "/__connectif/collect?t="),
        ("POST", "/__connectif/page"),
        ("POST", "/__connectif/clear?t=x"),
        ("GET", "/__connectif/assets/wrong/preview.js"),
        ("GET", "/__connectif/cdn/wrong/eu5/client-script/x"),
    ],
)
def test_our_endpoints_want_the_token(running: Running, method: str, path: str) -> None:
    assert ask(running, path, method, b"{}" if method == "POST" else None)[0] == 403


def test_a_refused_request_is_heard_to_its_end(running: Running) -> None:
    """A connection closed over a request that is still coming in would take our answer with it."""
    host = f"Host: 127.0.0.1:{running.port}"
    head = f"POST /__connectif/clear HTTP/1.1\r\n{host}\r\nContent-Length: 300000\r\n\r\n"
    with socket.create_connection(("127.0.0.1", running.port), timeout=0.2) as one:
        one.sendall(head.encode())
        with pytest.raises(TimeoutError):
            one.recv(1)
        one.settimeout(20)
        one.sendall(b"x" * 300_000)
        answer = b"".join(iter(lambda: one.recv(65_536), b""))
    assert answer.startswith(b"HTTP/1.1 403 ")
    assert answer.endswith(b"0\r\n\r\n")


def test_every_answer_is_protected(running: Running) -> None:
    for path in ("/", "/assets/shop.css", "/nowhere", "/__connectif/", "/.env"):
        _, headers, _ = ask(running, path)
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert not [name for name in headers if name.startswith("access-control-")]
        if path != "/.env":
            assert headers["cache-control"] == "no-store"
    assert "frame-ancestors 'none'" in ask(running, "/__connectif/")[1]["content-security-policy"]


def test_a_body_that_is_too_large_is_refused(running: Running) -> None:
    path = f"/__connectif/collect?t={running.token}"
    status, _, _ = ask(running, path, "POST", b"x" * 1_100_000)
    assert status == 413
    assert ask(running, "/")[0] == 200


@pytest.mark.parametrize(
    "body",
    [b"", b"no json", b"[]", b'{"body": 1}', b'{"body": {"events": [1]}}', b"[" * 100_000, b"\xff\xfe"],
)
def test_what_the_stand_in_never_sends_is_refused(running: Running, body: bytes) -> None:
    assert ask(running, f"/__connectif/collect?t={running.token}", "POST", body)[0] == 400
    assert ask(running, f"/__connectif/page?t={running.token}", "POST", body)[0] == 400


def test_hostile_records_are_kept_as_data(running: Running) -> None:
    event = {
        "type": "product-visited",
        "product": {"name": {"a": [1]}, "categories": "x", "unitPrice": "1e999"},
    }
    deep: dict[str, object] = {}
    for _ in range(50):
        deep = {"x": deep}
    body = {
        "events": [event, {"type": ["x"]}, {"type": "custom", "payload": deep}],
        "cart": {"products": "x"},
    }
    given = {"path": "//evil.example", "at": "x", "notes": [1, {"level": "<b>"}], "body": body}
    path = f"/__connectif/collect?t={running.token}"
    assert ask(running, path, "POST", json.dumps(given).encode())[0] == 200
    record = running.session()["records"][-1]
    assert not any(event["valid"] for event in record["events"])
    assert record["notes"] == [{"level": "info", "message": ""}]


@pytest.mark.parametrize("value", [r'"\ud800"', "NaN", "-Infinity", "1e999", r'{"\udfff": 1}'])
def test_what_cannot_be_written_again_does_not_spoil_the_session(running: Running, value: str) -> None:
    event = '{"type": "custom", "payload": %s}' % value  # noqa: UP031  (braces)
    collected = '{"path": %s, "body": {"events": [%s], "cart": {"x": %s}}}' % (value, event, value)  # noqa: UP031  (braces)
    looked = '{"path": "/", "tags": [{"name": %s, "values": [["url", %s]]}]}' % (value, value)  # noqa: UP031  (braces)
    for endpoint, body in (("collect", collected), ("page", looked)):
        assert ask(running, f"/__connectif/{endpoint}?t={running.token}", "POST", body.encode())[0] == 200
    for endpoint in ("state", "session.json"):
        status, _, answer = ask(running, f"/__connectif/{endpoint}?t={running.token}")
        assert status == 200
        json.loads(answer, parse_constant=pytest.fail)


def test_the_visitors_id_is_not_the_token(running: Running) -> None:
    path = f"/__connectif/collect?t={running.token}"
    given = json.loads(ask(running, path, "POST", b'{"path": "/", "body": {}}')[2])["trackerId"]
    assert len(given) == 24
    assert ask(running, f"/__connectif/state?t={given}")[0] == 403


@pytest.mark.parametrize("path", ["/" + "x" * 300, "/" + "x/" * 3000, "/loop", "/loop/", "/%ff", "//[x"])
def test_odd_addresses_are_not_there(running: Running, path: str) -> None:
    loop = running.folder / "public" / "loop"
    if not loop.is_symlink():
        loop.symlink_to(loop)
    assert ask(running, path)[0] in (403, 404)
    body = json.dumps({"path": path, "tags": [], "body": {"events": []}}).encode()
    for endpoint in ("collect", "page"):
        assert ask(running, f"/__connectif/{endpoint}?t={running.token}", "POST", body)[0] == 200


def test_slow_clients_do_not_stop_the_server(running: Running) -> None:
    slow = [socket.create_connection(("127.0.0.1", running.port), timeout=20) for _ in range(50)]
    for one in slow:
        one.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1")
    half = socket.create_connection(("127.0.0.1", running.port), timeout=20)
    head = f"POST /__connectif/collect?t={running.token} HTTP/1.1\r\nHost: 127.0.0.1:{running.port}\r\n"
    half.sendall(f"{head}Content-Length: 1000\r\n\r\nabc".encode())
    assert ask(running, "/")[0] == 200
    assert b" 408 " in half.recv(1000)
    assert slow[0].recv(10) == b""
    for one in (*slow, half):
        one.close()
    assert ask(running, "/")[0] == 200


def test_two_hundred_requests_at_once_are_served(running: Running) -> None:
    statuses: list[int] = []

    def one(number: int) -> None:
        path = "/p/harbour-mug/" if number % 2 else "/assets/shop.css"
        with urllib.request.urlopen(running.base + path, timeout=60) as answer:
            answer.read()
            statuses.append(answer.status)

    threads = [threading.Thread(target=one, args=(number,)) for number in range(200)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [200] * 200


def test_the_site_is_served_as_a_good_host_would(running: Running) -> None:
    assert ask(running, "/about")[1]["location"] == "/about/"
    assert ask(running, "/search?q=mug&p=%C3%A9")[1]["location"] == "/search/?q=mug&p=%C3%A9"
    assert ask(running, "/__connectif")[1]["location"] == "/__connectif/"
    assert ask(running, "/about/index.html")[0] == 200
    assert ask(running, "/plain")[0] == 200
    status, headers, body = ask(running, "/nowhere/at/all")
    assert (status, headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert b"__connectif" in body
    status, headers, body = ask(running, "/data.bin", range="bytes=10-19")
    assert (status, body) == (206, bytes(range(10, 20)))
    assert headers["content-range"] == "bytes 10-19/100"
    assert ask(running, "/assets/shop.js")[1]["content-type"].startswith("text/javascript")
    assert ask(running, "/img/mark.svg")[1]["content-type"] == "image/svg+xml"
    assert ask(running, "/", "HEAD")[2] == b""
    assert ask(running, "/", "DELETE")[0] == 405


def test_pages_are_injected_and_no_file_is_touched(running: Running) -> None:
    file = running.folder / "public" / "p" / "harbour-mug" / "index.html"
    before = file.read_bytes()
    page = running.get("/p/harbour-mug/")
    assert 'class="cn_product_visited"' in page
    assert "cdn.connectif.cloud" not in page
    assert f"/__connectif/cdn/{running.token}" in page
    assert "connectifKit" in running.get("/connectif/connectif-events.dev.js")
    assert f"/__connectif/cdn/{running.token}/scripts/service-worker.js" in running.get("/service-worker.js")
    assert file.read_bytes() == before
    assert not (running.folder / "public" / "connectif").exists()


def test_a_port_that_is_taken_is_passed_over(running: Running, tmp_path: Path) -> None:
    with preview(shop(tmp_path), "--port", str(running.port)) as other:
        assert other.port != running.port


def test_a_wildcard_address_is_reached_by_number_and_by_no_other_name(tmp_path: Path) -> None:
    with preview(shop(tmp_path), "--host", "0.0.0.0") as open_:
        for host, status in (
            (f"192.0.2.7:{open_.port}", 200),
            (f"localhost:{open_.port}", 200),
            (f"192.0.2.7:{open_.port + 1}", 403),
            (f"evil.example:{open_.port}", 403),
            (f"192.0.2.7.evil.example:{open_.port}", 403),
        ):
            assert ask(open_, "/", host=host)[0] == status, host


@pytest.mark.parametrize(
    "address",
    [
        "",
        "http://",
        "http://localhost:99999",
        "http://localhost:x",
        "http://[bad",
        "ftp://localhost",
        "http://ana:secret@localhost:1",
        "http://localhost:1/shop",
        "http://localhost:1?x",
    ],
)
def test_a_proxy_that_cannot_be_is_refused(tmp_path: Path, address: str, cli: Cli) -> None:
    found = cli("serve", "--proxy", address, cwd=shop(tmp_path))
    assert found.code == 2
    assert "--proxy" in found.stderr
    assert "Traceback" not in found.stderr
    assert "secret" not in found.stderr


def test_the_preview_is_no_proxy_of_itself(tmp_path: Path, cli: Cli) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    found = cli("serve", "--port", port, "--proxy", f"http://localhost:{port}", cwd=shop(tmp_path))
    assert (found.code, "own address" in found.stderr) == (2, True)


def test_a_session_is_recorded_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "session.json"
    with preview(shop(tmp_path), "--record", file) as running:
        body = {"path": "/", "body": {"events": [{"type": "page-visit"}]}}
        ask(running, f"/__connectif/collect?t={running.token}", "POST", json.dumps(body).encode())
        live = running.session()
    kept = json.loads(file.read_text())
    assert kept == live
    assert [event["type"] for event in kept["records"][0]["events"]] == ["page-visit"]
    assert kept["records"][0]["page"] == "home"


def test_a_shop_in_a_folder_is_served_there(tmp_path: Path) -> None:
    folder = shop(tmp_path)
    plan = folder / "connectif.yaml"
    plan.write_text(
        plan.read_text().replace("url: https://shop.example\n", "url: https://shop.example/store\n")
    )
    with preview(folder) as running:
        base = running.base.removesuffix("/store")
        with urllib.request.urlopen(f"{base}/", timeout=10) as answer:
            assert answer.url == f"{base}/store/"
            assert "/store/connectif/connectif-events.dev.js" in answer.read().decode()
        with urllib.request.urlopen(f"{base}/store/about/", timeout=10) as answer:
            assert answer.status == 200


def test_a_shop_whose_pages_lie_in_its_folder_is_served_with_what_stands_beside_it(tmp_path: Path) -> None:
    folder = shop(tmp_path)
    plan = folder / "connectif.yaml"
    plan.write_text(
        plan.read_text().replace("url: https://shop.example\n", "url: https://shop.example/store\n")
    )
    (folder / "public").rename(folder / "store")
    (folder / "public").mkdir()
    (folder / "store").rename(folder / "public" / "store")
    (folder / "public" / "site.css").write_text("p {}")
    with preview(folder) as running:
        base = running.base.removesuffix("/store")
        for path in ("/", "/store"):
            with urllib.request.urlopen(base + path, timeout=10) as answer:
                assert answer.url == f"{base}/store/"
        for path in ("/store/about/", "/store/connectif/connectif-events.dev.js", "/site.css"):
            with urllib.request.urlopen(base + path, timeout=10) as answer:
                assert answer.status == 200, path
