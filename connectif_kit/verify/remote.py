"""A site that somebody else serves: its pages found by plain requests, on the one host that was named."""

from __future__ import annotations

import contextlib
import os
import shlex
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from connectif_kit.core.diagnostics import KitError, Place
from connectif_kit.core.messages import say
from connectif_kit.core.records import dataclass
from connectif_kit.page.html import decode, parse
from connectif_kit.verify.sample import Sample, sample_at

if TYPE_CHECKING:
    from connectif_kit.plan.loaded import LoadedPlan

MOST_REQUESTS = 60
ENOUGH = 6
"""Pages of one kind that are kept: some products are sold out."""
FOLLOWED = ("home", "category", "content", "search")
"""Kinds of page whose links are followed."""
PATIENCE = 20.0
STARTS = 60.0
"""Seconds in which a command must have its server up."""


@dataclass(frozen=True, slots=True)
class Remote:
    """The site at an origin, with what a staging site asks for."""

    origin: str
    headers: Mapping[str, str] = field(default_factory=dict)
    auth: tuple[str, str] | None = None

    def get(self, path: str) -> bytes | None:
        """What the server answers without JavaScript, on this host only; nothing where it has nothing.

        Raises KitError where the server cannot be reached.
        """
        import httpx2

        at = urljoin(self.origin, path)
        try:
            with httpx2.Client(headers=dict(self.headers), auth=self.auth, timeout=PATIENCE) as client:
                for _ in range(5):
                    if origin_of(at) != self.origin:
                        return None
                    answer = client.get(at)
                    if not answer.is_redirect:
                        return answer.content if answer.status_code == 200 else None
                    at = urljoin(at, answer.headers["location"])
        except httpx2.HTTPError as error:
            raise KitError.at(Place(at), "unreachable-site", str(error) or type(error).__name__) from None
        return None


def origin_of(url: str) -> str:
    """`https://shop.example:8443` of an address; nothing where it is not a web address."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme in ("http", "https") and parts.netloc else ""


def remote_pages(loaded: LoadedPlan, remote: Remote) -> dict[str, list[Sample]]:
    """Pages of each kind of the plan: those it names, and those that they link to."""
    plan = loaded.plan
    found: dict[str, list[Sample]] = {name: [] for name in plan.pages}
    plain = (glob for page in plan.pages.values() for glob in page.match if "*" not in glob)
    waiting = list(dict.fromkeys([f"{plan.store.base}/", *(plan.store.base + glob for glob in plain)]))
    known = {path.rstrip("/") for path in waiting}
    for _ in range(MOST_REQUESTS):
        if not waiting:
            break
        path = waiting.pop(0)
        data = remote.get(path)
        sample = sample_at(loaded, path, remote.origin + path, data) if data is not None else None
        if sample is None or data is None:
            continue
        found[sample.name].append(sample)
        if sample.kind in FOLLOWED:
            waiting += _new(loaded, found, _links(remote, path, data), known)
    return found


def _new(
    loaded: LoadedPlan, found: Mapping[str, list[Sample]], links: Iterator[str], known: set[str]
) -> Iterator[str]:
    """Links to kinds of page of which there are not enough yet."""
    coming: dict[str, int] = {}
    for path in links:
        name = loaded.plan.page_of(path)
        if name is None or path.rstrip("/") in known:
            continue
        coming[name] = coming.get(name, len(found[name])) + 1
        if coming[name] <= ENOUGH:
            known.add(path.rstrip("/"))
            yield path


def _links(remote: Remote, path: str, data: bytes) -> Iterator[str]:
    for node in parse(decode(path, data)).select("a[href]"):
        with contextlib.suppress(ValueError):
            at = urljoin(remote.origin + path, node.attributes["href"].strip())
            if origin_of(at) == remote.origin:
                yield urlsplit(at).path or "/"


@contextlib.contextmanager
def running(command: str, origin: str) -> Iterator[None]:
    """A command that serves the site, until the block ends. Raises KitError where no server comes up."""
    parts = urlsplit(origin)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        process = subprocess.Popen(  # noqa: S603 - it is the user's own command
            shlex.split(command), stdout=subprocess.DEVNULL, start_new_session=True
        )
    except OSError as error:
        raise KitError.at(Place(command), "bad-command", str(error.strerror or error)) from None
    try:
        _await_server(process, parts.hostname or "", port, command)
        yield
    finally:
        _end(process)


def _await_server(process: subprocess.Popen[bytes], host: str, port: int, command: str) -> None:
    end = time.monotonic() + STARTS
    while time.monotonic() < end:
        if process.poll() is not None:
            message = say(
                "the command ended with status {returncode} before its server was up",
                returncode=process.returncode,
            )
            raise KitError.at(Place(command), "bad-command", message)
        with contextlib.suppress(OSError), socket.create_connection((host, port), 1):
            return
        time.sleep(0.1)  # nobody tells when a port opens
    raise KitError.at(
        Place(command), "bad-command", say("no server came up at {host}:{port}", host=host, port=port)
    )


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the command and what it has started."""
    with contextlib.suppress(ProcessLookupError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGTERM)
        else:
            process.terminate()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(5)
        return
    process.kill()
