"""Start and stop: the port, the watcher, the recording, the server."""

from __future__ import annotations

import contextlib
import json
import signal
import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from connectif_kit.core.diagnostics import Diagnostic, KitError, Place
from connectif_kit.core.files import write
from connectif_kit.core.records import dataclass

if TYPE_CHECKING:
    import uvicorn

    from connectif_kit.preview.app import Server
    from connectif_kit.preview.watch import Change

TRIES = 50
PATIENCE = 10.0


def bound(host: str, port: int) -> socket.socket:
    """A socket on the port, or on the next that is free. Raises KitError where none is."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for number in range(port, port + TRIES) if port else (0,):
        made = socket.socket(family, socket.SOCK_STREAM)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            made.bind((host, number))
            made.listen(512)
        except OverflowError:
            made.close()
            break
        except OSError as error:
            made.close()
            if not isinstance(error, PermissionError) and error.errno != _IN_USE:
                raise KitError.at(Place(f"{host}:{number}"), "bad-address", str(error)) from None
            continue
        return made
    message = f"no port from {port} to {port + TRIES - 1} is free on {host}"
    raise KitError.at(Place(f"{host}:{port}"), "no-port", message, "name another with --port")


_IN_USE = __import__("errno").EADDRINUSE


def hosts(host: str, port: int) -> frozenset[str]:
    """What a `Host` header may say; a name that resolves to us by accident or malice is not among them."""
    names = {"localhost", "127.0.0.1", "[::1]", f"[{host}]" if ":" in host else host}
    return frozenset(f"{name}:{port}" for name in names) | (frozenset(names) if port == 80 else frozenset())


WILDCARDS = ("0.0.0.0", "::")  # noqa: S104  (what the user asks for with --host)


def addresses(host: str) -> list[str]:
    """How others reach a wildcard address: its own, as the system tells; no packet is sent."""
    found = []
    for family, far in ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1")):
        if family == socket.AF_INET6 and host != "::":
            continue
        with contextlib.suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as asked:
            asked.connect((far, 9))
            own = asked.getsockname()[0]
            found.append(f"[{own}]" if ":" in own else own)
    return found


@dataclass(slots=True)
class Recorder:
    """Writes the session to a file a moment after each change, whole or not at all."""

    path: Path
    session: Callable[[], dict[str, Any]]
    timer: threading.Timer | None = None

    def __call__(self) -> None:
        """Something was recorded."""
        if self.timer is None or not self.timer.is_alive():
            self.timer = threading.Timer(0.3, self.write)
            self.timer.daemon = True
            self.timer.start()

    def write(self) -> None:
        """Write now."""
        write(self.path, (json.dumps(self.session(), indent=2, ensure_ascii=False) + "\n").encode())


def on_change(
    server: Server, tell: Callable[[str], None], show: Callable[[Iterable[Diagnostic]], None]
) -> Callable[[Change], None]:
    """What a burst of changes leads to: a new plan or its mistakes, a patch, fresh styles, a reload.

    `tell` says a word in the terminal, `show` the mistakes of the catalogue.
    """

    def changed(change: Change) -> None:
        preview = server.preview
        if change.plan:
            was_broken = bool(preview.problems)
            whole = preview.reload()
            message = {"type": "plan", "version": preview.version, "problems": preview.overlay()}
            good = "the plan is right again" if was_broken else "the plan was read again"
            tell(good if whole else "the plan is broken; the last good one stays up")
            show(preview.catalogue if whole else preview.problems)
            server.hub.tell(message)
        if change.tools:
            server.hub.tell({"type": "reload"})
        if change.other:
            server.hub.tell({"type": "reload"})
        elif change.pages or change.styles:
            server.hub.tell({"type": "files", "pages": change.pages, "styles": change.styles})

    return changed


class Interrupts:
    """SIGINT and SIGTERM end a server, however early they come; the second makes it drop what it does.

    uvicorn listens to signals only while it serves, and what comes before or in between is lost.
    """

    def __init__(self, server: uvicorn.Server) -> None:
        self._server = server
        self._before: dict[int, Any] = {}
        self.caught = 0

    def __enter__(self) -> Interrupts:
        for number in (signal.SIGINT, signal.SIGTERM):
            self._before[number] = signal.signal(number, self._caught)
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _caught(self, number: int, _: object) -> None:
        self._server.force_exit = self._server.should_exit
        self._server.should_exit = True
        self.caught = self.caught or number

    @property
    def status(self) -> int:
        """The exit status that shells expect; 0 where no signal came."""
        return 128 + self.caught if self.caught else 0


def server_for(app: Any, on_exit: Callable[[], None]) -> uvicorn.Server:
    """uvicorn, quiet, that ends open streams when it is told to stop and drops clients that say nothing."""
    import uvicorn
    from uvicorn.protocols.http.h11_impl import H11Protocol

    class Impatient(H11Protocol):
        """A connection that has not asked for anything in a while is closed."""

        def connection_made(self, transport: Any) -> None:
            super().connection_made(transport)
            self.loop.call_later(PATIENCE, self._give_up)

        def _give_up(self) -> None:
            if self.cycle is None and not self.transport.is_closing():
                self.transport.close()

    class Stopping(uvicorn.Server):
        """Leaves signals to `Interrupts`, which hears them from the first word on; open streams end first."""

        @contextlib.contextmanager
        def capture_signals(self) -> Iterator[None]:
            yield

        async def main_loop(self) -> None:
            await super().main_loop()
            on_exit()

    config = uvicorn.Config(
        app,
        log_level="error",
        access_log=False,
        http=Impatient,
        ws="websockets-sansio",
        lifespan="on",
        server_header=False,
        date_header=True,
        proxy_headers=False,
        h11_max_incomplete_event_size=64 * 1024,
        timeout_keep_alive=15,
        timeout_graceful_shutdown=2,
        backlog=512,
    )
    return Stopping(config)
