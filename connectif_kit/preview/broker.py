"""One channel from the server to every open browser: server-sent events."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

from connectif_kit.core.language import ENGLISH, Language

BACKLOG = 500
BEAT = 15.0


class Broker:
    """Sends each message to all listeners, in their language; one that does not read is dropped."""

    def __init__(self, language: Language = ENGLISH) -> None:
        self._language = language
        self._listeners: set[asyncio.Queue[str | None]] = set()
        self._loop: asyncio.AbstractEventLoop | None = None

    def start(self) -> None:
        """Remember the loop, so that other threads can tell."""
        self._loop = asyncio.get_running_loop()

    def tell(self, message: dict[str, Any]) -> None:
        """Send a message; from any thread."""
        if self._loop and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._spread, json.dumps(self._language.all(message)))

    def close(self) -> None:
        """End every stream, so that the server can stop."""
        if self._loop and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._spread, None)

    def _spread(self, text: str | None) -> None:
        for queue in list(self._listeners):
            try:
                queue.put_nowait(text)
            except asyncio.QueueFull:
                self._listeners.discard(queue)

    async def listen(self, first: dict[str, Any]) -> AsyncIterator[bytes]:
        """The stream of one listener, with a comment now and then to notice that it is gone."""
        queue: asyncio.Queue[str | None] = asyncio.Queue(BACKLOG)
        self._listeners.add(queue)
        try:
            yield f"retry: 500\ndata: {json.dumps(self._language.all(first))}\n\n".encode()
            while queue in self._listeners:
                try:
                    text = await asyncio.wait_for(queue.get(), BEAT)
                except TimeoutError:
                    yield b": still here\n\n"
                    continue
                if text is None:
                    return
                yield f"data: {text}\n\n".encode()
        finally:
            self._listeners.discard(queue)
