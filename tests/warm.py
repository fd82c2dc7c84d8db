"""Loaded once by the process that previews are forked from: libraries, the kit, its templates."""

from __future__ import annotations

import jinja2
import uvicorn.lifespan.on
import uvicorn.loops.asyncio
import uvicorn.protocols.http.h11_impl
import uvicorn.protocols.websockets.websockets_sansio_impl
import watchdog.observers
import yaml

import connectif_kit.build
import connectif_kit.cli.serve
import connectif_kit.plan.load
import connectif_kit.preview.app
import connectif_kit.preview.run
import connectif_kit.preview.watch
from tests.tools import ROOT

LOADED = (jinja2, uvicorn, watchdog, yaml, connectif_kit)

connectif_kit.build.render(
    connectif_kit.plan.load.load("connectif.yaml", (ROOT / "templates/starter/connectif.yaml").read_bytes()),
    str,
)
