"""Addresses and names by which the platform, and the kit beside it, are known in pages: said once.

The loader and its ids: https://support.connectif.ai/hc/en-us/articles/360014628900; the worker's
script: 360014660000.
"""

HELP = "https://support.connectif.ai/hc/"

CDN_HOST = "cdn.connectif.cloud"
CDN = f"https://{CDN_HOST}"
CLIENT_FOLDER = "/client-script/"
"""What stands between the environment and the store's id in the client's address."""
WORKER_SCRIPT = f"{CDN}/scripts/service-worker.js"

LOADER_ID = "__cn_generic_script__"
"""The beginning of the inline loader's id; the store's id follows."""
CLIENT_ID = "__cn_client_script_"
"""The beginning of the id that the loader gives to the client's script, so that it comes once."""
LEGACY_NAME = "ConnectifObject"
"""A global that only the loader's older form sets."""

DISPATCHER = "connectif-events"
DISPATCHERS = tuple(f"{DISPATCHER}{kind}.js" for kind in ("", ".min", ".dev"))
"""The dispatcher's files: readable, as pages load it, and the build that checks each event."""


def article(number: int, help_centre: str = "en-us") -> str:
    """The address of a help-centre article; its numbers are the same in every language (`es`, `pt-br`)."""
    return f"{HELP}{help_centre}/articles/{number}"


def api_of(environment: str) -> str:
    """Where the client of an environment sends what it records."""
    return f"https://{environment}-api.connectif.cloud"
