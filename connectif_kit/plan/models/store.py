"""The store, the site, and how the one reports to the other."""

from __future__ import annotations

from typing import Annotated, Literal
from urllib.parse import urlsplit

from connectif_kit.plan.models.consent import Consent
from connectif_kit.plan.models.types import (
    Currency,
    Domains,
    Environment,
    Folder,
    Globs,
    LayerName,
    Nonce,
    Origin,
    Texts,
    TimeZone,
    Uuid,
    WorkerPath,
)
from connectif_kit.plan.shapes import (
    BeforeValidator,
    Field,
)
from connectif_kit.plan.source import Flag, Model, complaint, shown

ENVIRONMENTS = (*(f"eu{n}" for n in range(1, 9)), "am1", "cl1", "stage")
"""Environments seen so far; others are accepted with a warning (360014628900)."""


class Store(Model):
    """The store as its settings know it."""

    id: Uuid = Field(description="Public client id of the loader, a UUID.")
    environment: Environment = Field(
        description="The part of the CDN address before `/client-script/`, such as eu5."
    )
    url: Origin = Field(description="Address of the shop, with the folder it lives in, if any.")
    domains: Domains = Field([], description="Authorised domains; default: the shop's own.")
    language: str = Field("", description="Language of the shop, for the reader.")
    currency: Currency = Field("", description="ISO 4217 code, such as EUR.")
    time_zone: TimeZone = Field(
        "", description="Zone of dates without an offset, such as Europe/Madrid; without it they are refused."
    )

    @property
    def base(self) -> str:
        """The folder the shop lives in, `` or `/shop`."""
        return urlsplit(self.url).path.rstrip("/")

    @property
    def allowed(self) -> list[str]:
        """The authorised domains, with the shop's own where none are named."""
        parts = urlsplit(self.url)
        return self.domains or [f"{parts.scheme}://{parts.netloc}"]


def _spa(value: object) -> object:
    """`true` for an app whose routes are its paths; a mapping says more."""
    if isinstance(value, bool):
        return {} if value else None
    if value is None or isinstance(value, dict | Model):
        return value
    raise complaint(f"expected true or false, got {shown(value)}")


class SpaOptions(Model):
    """A single-page app: what makes a view beside the path."""

    query: Texts = Field([], description="Parameters of the address whose change is a new view.")


Spa = Annotated[SpaOptions | None, BeforeValidator(_spa)]


class Integration(Model):
    """How the shop reports to the platform (article 360017857779)."""

    activity: Literal["server-tags", "client-tags", "js-events"] = Field(
        "js-events", description="How visits, carts and purchases are reported."
    )
    catalog: Literal["tags", "feed", "api"] = Field("tags", description="How products reach the platform.")
    spa: Spa = Field(None, description="Pages change without loading: send a visit on each change of route.")
    data_layer_name: LayerName = Field("dataLayer", description="The dataLayer's name on `window`.")
    auto_initialize: Flag = Field(
        True, description="The store setting; false: the dispatcher initialises the client."
    )
    consent: Consent | None = Field(None, description="Nothing loads before it.")
    nonce: Nonce | None = Field(
        None, description="CSP nonce of the inline loader, or your server's placeholder."
    )


class Site(Model):
    """The built site."""

    root: str = Field("public", description="Folder of the built HTML, from the plan's folder.")
    ignore: Globs = Field([], description="Paths that are left alone.")
    assets: Folder = Field("/connectif", description="Folder for our files in the site.")


class ServiceWorker(Model):
    """The worker for web push (article 360014660000)."""

    path: WorkerPath = Field("/service-worker.js", description="The worker's path in the site.")
    import_: Texts = Field([], alias="import", description="Further scripts for the same worker.")
