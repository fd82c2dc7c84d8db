"""The ASGI application: our endpoints, the site or the proxy, behind the guard."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import field
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import (
    HTMLResponse,
    JSONResponse,
    PlainTextResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import Route, WebSocketRoute

from connectif_kit.build.client_facts import facts
from connectif_kit.core.language import ENGLISH, Language, browser_texts
from connectif_kit.core.messages import say
from connectif_kit.core.records import dataclass
from connectif_kit.core.templates import environment
from connectif_kit.preview import BASE
from connectif_kit.preview.broker import Broker
from connectif_kit.preview.guard import Guard, new_token
from connectif_kit.preview.journal import MAX_IMPORT, MAX_RECORDS, MalformedError
from connectif_kit.preview.kept import kept_back, refused
from connectif_kit.preview.memory import PageMemory, RunCache, causes, visitors
from connectif_kit.preview.notes import NOT_SENT, note
from connectif_kit.preview.page_report import MalformedPageError, page_report
from connectif_kit.preview.paths import RefusedError
from connectif_kit.preview.render_page import digest
from connectif_kit.preview.site_files import SiteFiles
from connectif_kit.preview.state import Preview
from connectif_kit.preview.validation import plan_line
from connectif_kit.vocabulary.platform import CDN_HOST, article

if TYPE_CHECKING:
    from starlette.types import ASGIApp
    from starlette.websockets import WebSocket

    from connectif_kit.build.checklist import Setting
    from connectif_kit.preview.proxy import Proxy
from connectif_kit.build import loader_script
from connectif_kit.build.checklist import settings
from connectif_kit.build.stamp import is_ours
from connectif_kit.preview.answers import Asked, alive, body_of, not_there, nothing, to_overview
from connectif_kit.preview.journeys import journeys
from connectif_kit.preview.plan_map import plan_map


@dataclass(slots=True)
class Server:
    """What the endpoints share."""

    preview: Preview
    hub: Broker
    proxy: Proxy | None = None
    editor: str = ""
    language: Language = ENGLISH
    recorded: Callable[[], None] = lambda: None
    memory: RunCache = field(default_factory=RunCache)
    salt: str = field(default_factory=new_token)
    """From it and a browser's id the visitor's tracker is made."""

    def app(self, hosts: frozenset[str], any_port: int = 0) -> ASGIApp:
        """The application for requests to these hosts, and to every IP address with `any_port`."""
        routes = [
            Route(BASE, to_overview),
            Route(f"{BASE}/", self.overview),
            Route(f"{BASE}/alive", alive),
            Route(f"{BASE}/assets/{{token}}/{{name}}", self.asset),
            Route(f"{BASE}/cdn/{{token}}/{{path:path}}", self.cdn),
            Route(f"{BASE}/kept/{{token}}/{{host}}/{{path:path}}", self.kept, methods=list(_METHODS)),
            Route(f"{BASE}/blocked", self.blocked, methods=["POST"]),
            Route(f"{BASE}/collect", self.collect, methods=["POST"]),
            Route(f"{BASE}/reason", self.reason, methods=["POST"]),
            Route(f"{BASE}/page", self.page, methods=["POST"]),
            Route(f"{BASE}/stream", self.stream),
            Route(f"{BASE}/state", self.state),
            Route(f"{BASE}/session.json", self.session),
            Route(f"{BASE}/session.html", self.session_page),
            Route(f"{BASE}/import", self.take, methods=["POST"]),
            Route(f"{BASE}/clear", self.clear, methods=["POST"]),
            Route(f"{BASE}/{{path:path}}", nothing),
            Route("/{path:path}", self.site, methods=None if self.proxy else ["GET", "HEAD"]),
        ]
        if self.proxy:
            routes.append(WebSocketRoute("/{path:path}", self.socket))  # type: ignore[arg-type]  # Starlette's own type is wider
            # Starlette's plain routes allow GET alone unless methods are named.
            routes[-2] = Route("/{path:path}", self.site, methods=list(_METHODS))
        made = Starlette(routes=routes, lifespan=self._lifespan)
        return Guard(made, hosts, self.preview.token, self.preview.policy, any_port)

    @asynccontextmanager
    async def _lifespan(self, _: Starlette) -> AsyncIterator[None]:
        self.hub.start()
        if self.proxy:
            self.proxy.open()
        yield
        if self.proxy:
            await self.proxy.close()

    # ------------------------------------------------------------ our own pages and scripts

    def settings(self) -> dict[str, Any]:
        """What the browser's side must know."""
        return {
            "base": BASE,
            "token": self.preview.token,
            "load": f"{next(self.preview.loads)}",
            "editor": self.editor,
            "proxied": self.proxy is not None,
            "origins": sorted(self.preview.wardrobe.places.origins),
            "journeys": self.language.all(journeys(self.preview.loaded)),
            "version": self.preview.version,
            **self.texts,
        }

    @property
    def texts(self) -> dict[str, Any]:
        """The language of our own pages, and what our scripts say in it."""
        spoken = self.language
        return {"language": spoken.tag, "help": spoken.help_centre, "texts": browser_texts(spoken.code)}

    def _template(self, name: str, **more: Any) -> str:
        context = {
            "preview": self.settings(),
            "facts": facts(self.preview.loaded.plan),
            "assets": f"{BASE}/assets/{self.preview.token}",
            "folder": self.preview.base,
            "language": self.language,
            "t": self.language.say,
        }
        return environment().get_template(f"preview/{name}").render({**context, **more})

    async def overview(self, _: Request) -> Response:
        """The plan as a map."""
        return HTMLResponse(self._template("overview.html.j2"))

    async def asset(self, request: Request) -> Response:
        """A script or style of ours."""
        name = request.path_params["name"]
        kinds = {"js": "text/javascript", "css": "text/css"}
        if name not in ASSETS:
            return not_there()
        return Response(self._template(name), media_type=kinds[name.rpartition(".")[2]])

    async def cdn(self, request: Request) -> Response:
        """The vendor's CDN as far as pages use it: the client and the worker's script."""
        path = request.path_params["path"]
        parts = path.split("/")
        if len(parts) >= 3 and parts[1] == "client-script":
            return Response(self._template("standin.js"), media_type="text/javascript")
        if path == "scripts/service-worker.js":
            return Response(self._template("push-worker.js"), media_type="text/javascript")
        self._record(kept_back(CDN_HOST, path, request.headers.get("referer", "")))
        return not_there()

    async def kept(self, request: Request) -> Response:
        """A request for another host of the vendor's, which ends here and is shown."""
        host, path = request.path_params["host"], request.path_params["path"]
        self._record(kept_back(host, path, request.headers.get("referer", "")))
        return not_there()

    async def blocked(self, request: Request) -> Response:
        """What the policy has refused a page, as its browser reports it."""
        body = await body_of(request)
        if isinstance(body, Response):
            return body
        try:
            report = refused(body)
        except MalformedError as error:
            return PlainTextResponse(f"malformed: {error}\n", 400)
        if report:
            self._record(report)
        return Response(status_code=204)

    # ------------------------------------------------------------ collector

    async def collect(self, request: Request) -> Response:
        """Keep what the stand-in sends, and tell every open inspector."""
        body = await body_of(request)
        if isinstance(body, Response):
            return body
        try:
            record = self._record(body)
        except MalformedError as error:
            return PlainTextResponse(f"malformed: {error}\n", 400)
        tracker = digest(f"{self.salt} {record['visitor']}".encode(), 12)
        return JSONResponse({"trackerId": tracker, "banners": [], "webContents": []})

    async def reason(self, request: Request) -> Response:
        """Keep why a page has not sent something."""
        body = await body_of(request)
        if isinstance(body, Response):
            return body
        try:
            self._record(body)
        except MalformedError as error:
            return PlainTextResponse(f"malformed: {error}\n", 400)
        return Response(status_code=204)

    def _record(self, body: bytes) -> dict[str, Any]:
        """Keep a request in the journal and send it to every open inspector, with the page's faults."""
        record = self.preview.journal.add(body, self.preview.loaded)
        page = self.memory.take_record(record)
        faults = causes(self.preview.loaded.plan, page) if page else None
        self.hub.tell({"type": "record", "record": record, "faults": faults})
        self.recorded()
        return record

    async def page(self, request: Request) -> Response:
        """What there is to say of the page in view: tags, findings, what is still missing."""
        body = await body_of(request)
        if isinstance(body, Response):
            return body
        try:
            report = await run_in_threadpool(page_report, self.preview, body)
        except MalformedPageError as error:
            return PlainTextResponse(f"malformed: {error}\n", 400)
        plan = self.preview.loaded.plan
        page = self.memory.take_report(report["path"], report["load"], report, late=report["late"])
        if report["late"]:
            self._note_missing(page)
        self.hub.tell({"type": "page"})
        return JSONResponse(self.language.all({**report, "faults": causes(plan, page)}))

    def _note_missing(self, page: PageMemory) -> None:
        """What a page has not sent stays in the history, once for each load."""
        if page.noted or page.report is None:
            return
        page.noted = True
        loaded, sent = self.preview.loaded, page.sent
        missing = [name for name in page.report["expected"] if name not in sent]
        notes = [
            note("missing", say(NOT_SENT.template, name=name, plan=plan_line(loaded, page.name, name)))
            for name in missing
        ]
        if notes:
            self._record(json.dumps({"path": page.path, "load": page.load, "notes": notes}).encode())

    async def stream(self, _: Request) -> Response:
        """Server-sent events: changes, records, problems of the plan."""
        first = {
            "type": "hello",
            "version": self.preview.version,
            "problems": self.preview.overlay(),
        }
        return StreamingResponse(self.hub.listen(first), media_type="text/event-stream")

    async def state(self, _: Request) -> Response:
        """The overview's data."""
        return JSONResponse(self.language.all(await run_in_threadpool(self._state)))

    def _state(self) -> dict[str, Any]:
        preview, loaded = self.preview, self.preview.loaded
        records = preview.journal.session(loaded)["records"]
        listed = settings(loaded.plan, loader_script(loaded))
        return {
            "map": plan_map(loaded, self.memory.pages()),
            "requests": sum(1 for record in records if record["body"]),
            "visitors": visitors(records),
            "store": {"id": loaded.plan.store.id, "url": loaded.plan.store.url},
            "method": loaded.plan.integration.activity,
            "settings": [
                {"title": s.title, "value": s.value, "where": s.where, "why": s.why, "url": self._article(s)}
                for s in listed
            ],
            "problems": preview.overlay(),
            "catalogue": preview.serious(preview.catalogue),
        }

    def _article(self, setting: Setting) -> str:
        return article(setting.article, self.language.help_centre) if setting.article else ""

    async def session(self, request: Request) -> Response:
        """The session as a file; `last` asks for its newest requests alone."""
        last = request.query_params.get("last", "")
        most = max(1, int(last)) if last.isdecimal() else MAX_RECORDS
        session = self.preview.journal.session(self.preview.loaded, most)
        text = json.dumps(session, indent=2, ensure_ascii=False)
        headers = {"content-disposition": 'attachment; filename="connectif-session.json"'}
        return Response(text, media_type="application/json", headers=headers)

    async def session_page(self, _: Request) -> Response:
        """The session as one page that anybody can open."""
        session = self.preview.journal.session(self.preview.loaded)
        text = self._template("session.html.j2", session=self.language.all(session), spoken=self.texts)
        headers = {"content-disposition": 'attachment; filename="connectif-session.html"'}
        return HTMLResponse(text, headers=headers)

    async def take(self, request: Request) -> Response:
        """An exported session in the place of this one."""
        body = await body_of(request, MAX_IMPORT)
        if isinstance(body, Response):
            return body
        try:
            records = await run_in_threadpool(self.preview.journal.take, body, self.preview.loaded)
        except MalformedError as error:
            return PlainTextResponse(f"{self.language.text(error.args[0])}\n", 400)
        self.memory.clear()
        for record in records:
            self.memory.take_record(record)
        self.hub.tell({"type": "imported"})
        self.recorded()
        return JSONResponse({"records": len(records)})

    async def clear(self, _: Request) -> Response:
        """Begin a new session: the browsers forget their visitors, too."""
        self.preview.journal.clear()
        self.memory.clear()
        self.salt = new_token()
        self.hub.tell({"type": "cleared"})
        self.recorded()
        return Response(status_code=204)

    # ------------------------------------------------------------ the site

    async def site(self, request: Request) -> Response:
        """A file of the site, or what the proxied server says."""
        asset = self.preview.wardrobe.assets.get(request.scope["path"])
        if asset is not None and not self._site_has(request.scope["path"]):
            code = self.preview.wardrobe.places.in_code(asset)
            return Response(code, media_type="text/javascript")
        if self.proxy:
            return await self.proxy(request)
        try:
            return await run_in_threadpool(SiteFiles(self.preview, self._absent).answer, Asked.of(request))
        except RefusedError:
            return PlainTextResponse("refused\n", 403)
        except OSError:  # it was gone, or closed to us, by the time it was read
            return await run_in_threadpool(self._absent, Asked.of(request))

    def _site_has(self, path: str) -> bool:
        """Whether somebody else's file stands where ours would: theirs is what will be deployed."""
        root = self.preview.root
        if root is None:
            return False
        file = root / path.removeprefix(self.preview.prefix).lstrip("/")
        if not file.is_file():
            return False
        return not is_ours(path.lstrip("/"), file.read_text("utf-8", "replace"))

    def _absent(self, asked: Asked) -> Response:
        """A page that says so and comes back when there is something to show; a word for scripts."""
        if not (asked.is_route and asked.says_html):
            return not_there()
        root = self.preview.root
        gone = root is not None and not root.is_dir()
        text = self._template("absent.html.j2", path=asked.path, root=str(root), gone=gone)
        return HTMLResponse(text, 503 if gone else 404)

    async def socket(self, socket: WebSocket) -> None:
        """A WebSocket of the proxied server."""
        assert self.proxy is not None  # noqa: S101 - the route exists only then
        await self.proxy.socket(socket)


ASSETS = ("preview.js", "come_back.js", "overview.js", "overview.css", "stream.js")


_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
