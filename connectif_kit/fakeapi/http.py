"""Requests and replies as values; errors in the documented form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any

from connectif_kit.core.records import dataclass

TITLES = {
    200: "OK",
    201: "Created",
    204: "No Content",
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    409: "Conflict",
    413: "Payload Too Large",
    415: "Unsupported Media Type",
    422: "Unprocessable entity",
    429: "Too Many Requests",
    500: "Internal Server Error",
}


@dataclass(frozen=True, slots=True)
class Request:
    """What arrived; header names in lower case."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Reply:
    """What goes back: JSON, or a file's bytes, or nothing."""

    status: int
    json: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    file: bytes | None = None


class Refusal(Exception):  # noqa: N818 - it is an answer, not a mistake of ours
    """A documented error on its way out."""

    def __init__(self, reply: Reply) -> None:
        self.reply = reply
        super().__init__(str(reply.status))


def refuse(status: int, detail: str = "", **extra: Any) -> Refusal:
    """An HttpError; 401 and 429 are documented without a body."""
    if status in (401, 429):
        return Refusal(Reply(status))
    return Refusal(Reply(status, {"status": status, "title": TITLES[status], "detail": detail, **extra}))


def invalid(faults: Mapping[str, str]) -> Refusal:
    """An HttpUnprocessableEntityError: path → reason."""
    errors = [{"name": path.rsplit("/", 1)[-1], "path": path, "reason": why} for path, why in faults.items()]
    return refuse(422, "One or more validation error occurred.", validationErrors=errors)
