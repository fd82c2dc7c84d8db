"""Files of the kit's that a generator or a copy has taken into the site."""

from collections.abc import Iterator
from itertools import groupby

from connectif_kit.audit.context import PageContext
from connectif_kit.audit.published import Published, kind_of
from connectif_kit.audit.rule import Finding, SiteExample, site_rule
from connectif_kit.audit.site import Site
from connectif_kit.core.diagnostics import Place, Severity
from connectif_kit.core.messages import say
from connectif_kit.vocabulary.kinds import Json

_PLAN = "store: {id: 3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11, environment: eu5}\npages: {home: {match: /}}\n"
_ROWS = "_email,_name,error\nana@example.org,Ana,_points: expected a whole number\n"
_SAID = {
    "plan": (say("the plan is published"), say("leave it out of the site")),
    "checklist": (say("the checklist of store settings is published"), say("leave it out of the site")),
    "customers' rows": (
        say("rows with customers' data are published"),
        say("delete them there at once, and wherever the site was deployed to"),
    ),
    "sync ledger": (say("the ledger of `sync` is published"), say("delete it there")),
    "audit cache": (say("the cache of `audit` is published"), say("delete it there")),
    "baseline": (say("a baseline of known faults is published"), say("leave it out of the site")),
    "left-over": (
        say("an interrupted run left an unfinished file"),
        say("`connectif-kit inject` removes it"),
    ),
}


def generated_page(context: PageContext) -> Json:
    """What a page is, where the kit has written it for other eyes than visitors'."""
    return kind_of(context.page.source.path, context.text[:1_000].encode("utf-8", "replace"))


@site_rule(
    Severity.ERROR,
    collect=generated_page,
    bad=(
        SiteExample({"/": "<!doctype html>"}, files={"/connectif.yaml": _PLAN}),
        SiteExample({"/": "<!doctype html>"}, files={"/data/rejected.csv": _ROWS}),
        SiteExample({"/": "<!doctype html>"}, files={"/.index.html.4194303.connectif-kit": "<!doc"}),
    ),
    good=SiteExample(
        {"/": "<!doctype html>"},
        files={"/_config.yml": "title: Shop\n", "/data/prices.csv": "sku,price\n1,2\n"},
    ),
)
def published_state(site: Site) -> Iterator[Finding]:
    """A file of the kit's own lies in the site, for everybody to fetch.

    A generator that copies what it does not know, as Jekyll does, takes along the plan, the
    `connectif/` folder with its checklist, and what `sync` leaves: rows with customers' data. Tell
    it to leave them out (`exclude:` in Jekyll's `_config.yml`). Where the site is the plan's own
    folder, its plan and checklist are a notice: deploy without them, or name them in `site.ignore`.
    """
    pages = [Published(page.name, kind) for page, kind in site.facts(generated_page)]
    found = [one for one in (*site.published(), *pages) if not _is_ignored(site, one)]
    for (original, kind), group in groupby(sorted(found, key=_order), key=lambda one: _order(one)[:2]):
        first, *others = group
        said, hint = _SAID[kind]
        more = say(", with {others:,} more", others=len(others)) if others else ""
        yield Finding(
            Place(first.path, 0),
            said + more,
            say("deploy the site without it") if original else hint,
            severity=Severity.NOTICE if original else None,
            element=f"{kind} in the plan's folder" if original else kind,
        )


def _order(one: Published) -> tuple[bool, str, str]:
    """The plan's own files, where the site is its folder, apart from copies and from customers' rows."""
    return one.original and one.kind in ("plan", "checklist", "baseline"), one.kind, one.path


def _is_ignored(site: Site, one: Published) -> bool:
    return bool(one.url_path and site.loaded and site.loaded.plan.ignored(one.url_path))
