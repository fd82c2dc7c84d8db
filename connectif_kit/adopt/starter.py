"""What `new` writes: the starter shop, or a first plan for a site that is already there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from connectif_kit.adopt.evidence.address import is_real
from connectif_kit.adopt.gather import gather
from connectif_kit.adopt.hosting import addresses
from connectif_kit.adopt.line import Line
from connectif_kit.adopt.plan_text import draw
from connectif_kit.adopt.site import Site
from connectif_kit.adopt.tables import tables
from connectif_kit.core.generators import Proposal, settings
from connectif_kit.core.records import dataclass
from connectif_kit.plan.example import EXAMPLE_HOST, EXAMPLE_ID
from connectif_kit.plan.locate import FILE

if TYPE_CHECKING:
    from connectif_kit.adopt.plan_text import Drawn


@dataclass(frozen=True)
class Answers:
    """What a plan cannot do without; the defaults are the starter shop's own."""

    store_id: str = EXAMPLE_ID
    environment: str = "eu5"
    url: str = f"https://{EXAMPLE_HOST}"
    method: str = "js-events"


def starter_files(root: Path, answers: Answers) -> dict[str, bytes]:
    """The starter shop's files, with the answers in place of its own store."""
    old_host, new_host = (urlsplit(each.url).netloc for each in (Answers(), answers))
    swaps = {
        Answers.store_id: answers.store_id,
        Answers.url: answers.url.rstrip("/"),
        f"*.{old_host}": f"*.{new_host}",
    }
    files = {}
    for path in sorted(p for p in root.rglob("*") if p.is_file()):
        data = path.read_bytes()
        for old, new in swaps.items():
            data = data.replace(old.encode(), new.encode())
        files[path.relative_to(root).as_posix()] = data
    plan = files[FILE].replace(b"environment: eu5", f"environment: {answers.environment}".encode())
    files[FILE] = plan.replace(b"activity: js-events ", f"activity: {answers.method} ".encode())
    return files


def first_plan(answers: Answers, root: str) -> str:
    """A first `connectif.yaml` for a site that nobody has described yet; without `root`, a place for it.

    Raises KitError where an answer is none that a plan takes.
    """
    given = {name: getattr(answers, name) for name in ANSWERED}
    return drawn(Proposal(root), given).text


ANSWERED = {
    "store_id": ("store", "id"),
    "environment": ("store", "environment"),
    "url": ("store", "url"),
    "method": ("integration", "activity"),
}
"""Each answer, and where it stands in the plan."""
_EXAMPLES = {
    "store_id": "an example: put yours here, from Store settings › Channels › Web",
    "environment": "an example: the part of your loader's address before /client-script/",
    "url": "an example: put your shop's address here",
    "method": "or client-tags, or server-tags",
}
_OURS = ("/connectif/**", "/connectif.yaml", "/connectif.schema.json")


def look(folder: Path, found: Proposal) -> Site:
    """What a folder's configuration and its built pages say of the shop."""
    site = gather(folder / found.root, ("connectif/",)) if found.is_built else Site()
    files = tuple(tables(folder, [page.path for page in site.own()]))
    said = settings(folder, found.generator) if found.generator else {}
    published = next((each for each in addresses(folder, found.root) if is_real(each[0])), None)
    if published and not is_real(said.get("url", ("", ""))[0]):
        said["url"] = published
    return replace(
        site, files=files, configured=said, generator=found.generator.name if found.generator else ""
    )


def drawn(found: Proposal, given: Mapping[str, str | None], site: Site | None = None) -> Drawn:
    """The plan that fits a site, with `given` answers; what nobody knows is an example that says so.

    Raises KitError where an answer is none that a plan takes.
    """
    own = [Line(ANSWERED[name], value, _why(name, value)) for name, value in given.items() if value]
    fallback = [Line(at, getattr(Answers, name), _EXAMPLES[name]) for name, at in ANSWERED.items()]
    site = site or Site()
    if not site.pages:
        fallback += [
            Line(("integration", "catalog"), "tags", "products are read from the pages; or feed, or api"),
            Line(("pages", "home"), {"match": "/"}),
            Line(
                ("pages", "product"),
                {"match": "/p/*", "product": "json-ld"},
                "an example: no page is built yet",
            ),
        ]
    return draw(site, found.root, own, fallback, _OURS if found.root == "." else ())


def _why(name: str, value: str) -> str:
    """An answer needs no evidence, unless it is the example's."""
    return _EXAMPLES[name] if name == "method" or (name == "store_id" and value == EXAMPLE_ID) else ""
