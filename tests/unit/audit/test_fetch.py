"""Pages over HTTP: sitemaps, robots.txt, redirects, sizes, and no host that nobody named."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from connectif_kit.audit.fetch import LONGEST_WAIT, UNSAID_WAIT, Fetched, Fetcher, hosts_of, retry_after
from connectif_kit.core.diagnostics import Diagnostic
from tests.audit_pages import page, product
from tests.tools import Cli

Site = Callable[[Path], str]


def put(folder: Path, **files: str | bytes) -> None:
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_dot_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())


def urlset(*urls: str) -> str:
    return (
        '<?xml version="1.0"?><urlset>'
        + "".join(f"<url><loc> {url} </loc></url>" for url in urls)
        + "</urlset>"
    )


def fetched(url: str, limit: int = 100) -> tuple[list[str], list[str]]:
    """The addresses that were fetched, and the rules of what was said."""
    fetcher = Fetcher(hosts_of([url]), rate=100, timeout=5, limit=limit)
    found = list(fetcher.pages(url))
    fetcher.close()
    told = [one.rule for one in found if isinstance(one, Diagnostic)]
    return [one.url.rpartition("/")[2] for one in found if isinstance(one, Fetched)], told


def test_a_sitemap_index_leads_to_pages_through_packed_sitemaps(site: Site, tmp_path: Path) -> None:
    base = site(tmp_path)
    one, two = urlset(f"{base}/a.html", f"{base}/b.html?x=1&amp;y=2"), urlset(f"{base}/b.html", "c.html")
    index = f"<sitemapindex><sitemap><loc>{base}/one.xml</loc></sitemap><loc>two.xml.gz</loc></sitemapindex>"
    put(tmp_path, one_dot_xml=one, two_dot_xml_dot_gz=gzip.compress(two.encode()), index_dot_xml=index)
    put(tmp_path, a_dot_html="a", b_dot_html="b", c_dot_html="c")
    assert fetched(f"{base}/index.xml") == (["a.html", "b.html?x=1&y=2", "b.html", "c.html"], [])
    assert fetched(f"{base}/index.xml", limit=2) == (["a.html", "b.html?x=1&y=2"], ["limited"])


def test_a_host_that_nobody_named_is_not_visited(site: Site, tmp_path: Path) -> None:
    other = tmp_path / "other"
    put(other, x_dot_html="secret")
    put(tmp_path, map_dot_xml=urlset(f"{site(other)}/x.html", "file:///etc/passwd"))
    assert fetched(f"{site(tmp_path)}/map.xml") == ([], ["unfetched-page"] * 2)


def test_robots_txt_is_kept(site: Site, tmp_path: Path) -> None:
    put(tmp_path, robots_dot_txt="User-agent: *\nDisallow: /private\n", a_dot_html="a", private_dot_html="b")
    base = site(tmp_path)
    put(tmp_path, map_dot_xml=urlset(f"{base}/a.html", f"{base}/private.html"))
    assert fetched(f"{base}/map.xml") == (["a.html"], ["unfetched-page"])


def test_a_missing_page_and_a_dead_server_are_said(site: Site, tmp_path: Path) -> None:
    assert fetched(f"{site(tmp_path)}/nowhere.html") == ([], ["unfetched-page"])
    assert fetched("http://127.0.0.1:9/") == ([], ["unfetched-page"])


def test_a_packed_bomb_is_a_short_sitemap(site: Site, tmp_path: Path) -> None:
    put(tmp_path, map_dot_xml=gzip.compress(b"<urlset>" + b" " * 200_000_000))
    assert fetched(f"{site(tmp_path)}/map.xml") == ([], [])


@pytest.mark.parametrize("given", ["p.html", "map.xml"])
def test_audit_takes_addresses_and_counts_only_the_raw_html(
    cli: Cli, site: Site, tmp_path: Path, given: str
) -> None:
    base = site(tmp_path)
    login = '<div class="cn_login" style="display:none"></div>'
    put(tmp_path, p_dot_html=page(product(1, "1,50") + login), map_dot_xml=urlset(f"{base}/p.html"))
    done = cli("audit", f"{base}/{given}", "--format", "github", "--rate", "100")
    assert done.code == 1
    assert "title=decimal-comma" in done.stdout
    assert "one-shot-tag" not in done.stdout  # a server may have printed it for this visitor
    assert f"file={base.replace(':', '%3A')}/p.html" in done.stdout


Answers = list[tuple[int, dict[str, str]]]


@contextmanager
def busy(answers: Answers) -> Iterator[tuple[str, Answers]]:
    """A server that gives its page once the answers are used up; its address, and what is left of them."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, headers = answers.pop(0) if answers and self.path != "/robots.txt" else (200, {})
            self.send_response_only(status)
            for name, text in headers.items():
                self.send_header(name, text)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"ok")

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/busy/", answers
        server.shutdown()


def patiently(answers: Answers) -> tuple[list[Fetched | Diagnostic], list[float], list[str]]:
    """What is fetched, the pauses that are made for it, and what the user is told."""
    pauses: list[float] = []
    said: list[str] = []
    with busy(answers) as (url, _):
        fetcher = Fetcher(hosts_of([url]), rate=100, say=said.append, pause=pauses.append)
        found = list(fetcher.pages(url))
        fetcher.close()
    return found, pauses, said


def dates(seconds: int) -> dict[str, str]:
    return {
        "Date": "Fri, 27 Nov 2026 10:00:00 GMT",
        "Retry-After": f"Fri, 27 Nov 2026 10:00:{seconds:02} GMT",
    }


@pytest.mark.parametrize(
    ("answers", "pauses"),
    [
        ([(429, {"Retry-After": "1"})], [1]),
        ([(429, {"Retry-After": "1"}), (429, {"Retry-After": "2"})], [1, 2]),
        ([(429, dates(7))], [7]),
        (
            [
                (
                    429,
                    {"Date": "Fri, 27 Nov 2026 10:00:09 GMT", "Retry-After": "Fri, 27 Nov 2026 10:00:00 GMT"},
                )
            ],
            [0],
        ),
        ([(429, {})], [UNSAID_WAIT]),
        ([(429, {"Retry-After": "soon"})], [UNSAID_WAIT]),
        ([(503, {"Retry-After": "3"})], [3]),
    ],
)
def test_a_busy_page_is_asked_again_when_its_server_says(answers: Answers, pauses: list[float]) -> None:
    found, waited, said = patiently(answers)
    assert [each.data for each in found if isinstance(each, Fetched)] == [b"ok"]
    assert waited == pauses
    assert len(said) == len([pause for pause in pauses if pause])
    assert all("answers" in text and "seconds" in text.replace("1 second", "seconds") for text in said)


@pytest.mark.parametrize(
    ("answers", "pauses", "words"),
    [
        ([(429, {"Retry-After": "1"})] * 3, [1, 1], "answers 429"),
        ([(429, {"Retry-After": "3600"})], [], "asks to wait 3,600 seconds"),
        ([(503, {"Retry-After": str(int(LONGEST_WAIT) + 1)})], [], "asks to wait 61 seconds"),
        ([(503, {})], [], "answers 503"),
        ([(404, {"Retry-After": "1"})], [], "answers 404"),
    ],
)
def test_patience_ends(answers: Answers, pauses: list[float], words: str) -> None:
    found, waited, _ = patiently(answers)
    assert waited == pauses
    assert [words in each.message for each in found if isinstance(each, Diagnostic)] == [True]


def test_a_number_beyond_all_clocks_is_no_crash() -> None:
    assert retry_after({"retry-after": "9" * 400}, 429) == 999_999_999
    assert retry_after({"retry-after": "Fri, 99 Nov 2026 10:00:00 GMT"}, 429) == UNSAID_WAIT
