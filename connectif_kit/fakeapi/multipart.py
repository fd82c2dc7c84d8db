"""`multipart/form-data`, as much of it as an import needs."""

from __future__ import annotations

import re

from connectif_kit.fakeapi.http import refuse

_NAME = re.compile(r'name="([^"]*)"')


def parts(content_type: str, body: bytes) -> dict[str, tuple[str, bytes]]:
    """Name → content type and bytes of each part. Refuses with 415 or 400 as documented."""
    found = re.match(r"multipart/form-data;.*boundary=\"?([^\";]+)", content_type)
    if not found:
        raise refuse(415, "Content type must be multipart/form-data.")
    sections = body.split(b"--" + found[1].encode())
    if len(sections) < 3 or not sections[-1].startswith(b"--"):
        raise refuse(400, "Malformed multipart body.")
    out = {}
    for section in sections[1:-1]:
        head, _, content = section.partition(b"\r\n\r\n")
        header = head.decode("latin-1")
        name = _NAME.search(header)
        kind = re.search(r"(?im)^content-type:\s*(\S+)", header)
        if name:
            out[name[1]] = (kind[1] if kind else "", content.removesuffix(b"\r\n"))
    return out
