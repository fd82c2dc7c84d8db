"""Files that can tell a host to send a policy and that nobody here reads: that they name one is said."""

from __future__ import annotations

from functools import partial

from connectif_kit.core.messages import say
from connectif_kit.page.host_headers import HostFile, Parsed, Unread, lines_of_policy


def parse(name: str, text: str) -> Parsed:
    """A note for the first line that names a policy."""
    why = say("{name} is not read here", name=name)
    return Parsed(unread=tuple(Unread(line, why) for line in lines_of_policy(text)[:1]))


def _unread(name: str) -> HostFile:
    return HostFile(name, name, partial(parse, name))


CADDY = _unread("Caddyfile")
NGINX = _unread("nginx.conf")
IIS = _unread("web.config")
RENDER = _unread("render.yaml")
AMPLIFY = _unread("customHttp.yml")
SERVE = _unread("serve.json")
WORKER = _unread("_worker.js")
LIGHTTPD = _unread("lighttpd.conf")
