"""What `new` writes: the starter shop, or a first plan for a site that is already there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from connectif_kit.generators import OUTPUTS, Generator, generator_of, is_built, output_of, signs_of_sources
from connectif_kit.plan import EXAMPLE_HOST, EXAMPLE_ID, FILE

METHODS = ("js-events", "client-tags", "server-tags")


@dataclass(frozen=True)
class Answers:
    """What a plan cannot do without; the defaults are the starter shop's own."""

    store_id: str = EXAMPLE_ID
    environment: str = "eu5"
    url: str = f"https://{EXAMPLE_HOST}"
    method: str = "js-events"


@dataclass(frozen=True, slots=True)
class Proposal:
    """Where a site's built pages lie, or will, and how sure that is.

    `root` is empty where nobody but the user can know; `generator` is the one whose sources the folder
    holds, `why` what shows it.
    """

    root: str
    generator: Generator | None = None
    why: str = ""
    is_built: bool = False


def proposal(folder: Path) -> Proposal:
    """The folder of built pages for a plan in `folder`: never one of sources."""
    if known := generator_of(folder):
        generator, why = known
        root = output_of(folder, generator)
        return Proposal(root, generator, why, bool(root) and is_built(folder / root))
    outputs = (name for name in OUTPUTS if (folder / name).is_dir() and is_built(folder / name))
    signs = list(signs_of_sources(folder))
    if root := next((name for name in outputs if signs or not (folder / "index.html").is_file()), ""):
        return Proposal(root, is_built=True)
    if signs or not is_built(folder):
        return Proposal("", why="; ".join(signs))
    return Proposal(".", is_built=True)


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
    """A first `connectif.yaml` for a site that nobody has described yet; without `root`, a place for it."""
    from connectif_kit.render.templates import environment

    template = environment().get_template("new/connectif.yaml.j2")
    parts = urlsplit(answers.url)
    return template.render(
        store_id=answers.store_id,
        example_id=answers.store_id == Answers.store_id,
        origin=f"{parts.scheme}://{parts.netloc}",
        environment=answers.environment,
        url=answers.url,
        method=answers.method,
        root=root,
    )
