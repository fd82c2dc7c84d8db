"""`new`: a shop to try, or the first plan for a site that is there."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

from connectif_kit.adopt import next_steps
from connectif_kit.adopt.evidence.address import EVIDENCE
from connectif_kit.adopt.evidence.hydration import framework
from connectif_kit.adopt.gather import MOST_PAGES
from connectif_kit.adopt.javascript import can_read
from connectif_kit.adopt.plan_text import Drawn
from connectif_kit.adopt.published import nowhere, survey
from connectif_kit.adopt.site import Site
from connectif_kit.adopt.starter import ANSWERED, Answers, drawn, first_plan, look, starter_files
from connectif_kit.audit.fetch import Fetcher, hosts_of
from connectif_kit.core.console import Console
from connectif_kit.core.diagnostics import KitError, Misuse, Place
from connectif_kit.core.files import write
from connectif_kit.core.generators import Proposal, build_command, proposal
from connectif_kit.core.records import dataclass
from connectif_kit.core.templates import BUNDLED
from connectif_kit.core.wording import shown
from connectif_kit.plan.load import load
from connectif_kit.plan.locate import FILE
from connectif_kit.plan.schema import schema

Given: TypeAlias = "dict[str, str | None]"
Ask: TypeAlias = Callable[[str, str], str]
"""A question and its usual answer → the answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What `new` is asked for; the last four are answers about the store."""

    folder: Path | None = None
    here: bool = False
    address: str | None = None
    store_id: str | None = None
    environment: str | None = None
    url: str | None = None
    method: str | None = None

    @property
    def given(self) -> Given:
        """The answers by name; nothing where one was not given."""
        return {name: getattr(self, name) for name in ("store_id", "environment", "url", "method")}


def run(options: Options, console: Console, ask: Ask | None = None) -> int:
    """The exit status. Raises Misuse where a folder is taken, KitError where an answer cannot be meant."""
    answers = Answers(**{name: value for name, value in options.given.items() if value})
    _check(answers)
    if options.here or options.address:
        return _here(options, console, ask)
    return _shop(options.folder or Path("shop"), answers, console)


_OPTIONS = {"store.id": "--store-id", "store.environment": "--environment", "store.url": "--url"}


def _check(answers: Answers) -> None:
    """Raises KitError with each fault under the option that gave it; the plan it is in is not written."""

    try:
        load("the answers", first_plan(answers, "public").encode())
    except KitError as error:
        found = []
        for fault in error.diagnostics:
            key, _, message = fault.message.partition(": ")
            known = key in _OPTIONS
            found.append(replace(fault, place=Place(_OPTIONS[key]), message=message) if known else fault)
        raise KitError(found) from None


_EXAMPLE = {"store_id": Answers.store_id, "environment": Answers.environment, "url": Answers.url}
_QUESTIONS = {
    "store_id": "Client id of the store (Store settings › Channels › Web)",
    "environment": "Environment: the part of the loader's address before /client-script/",
    "url": "Address of the shop",
}


def _asked(plan: Drawn, given: Given, ask: Ask | None) -> Given:
    """The answers, asked for where somebody can answer and neither options nor the site give them."""
    if ask is None:
        return given
    unknown = [name for name in _QUESTIONS if plan.is_example(*ANSWERED[name])]
    return {**given, **{name: ask(_QUESTIONS[name], getattr(Answers, name)) for name in unknown}}


def _shop(folder: Path, answers: Answers, console: Console) -> int:
    if folder.exists() and any(folder.iterdir()):
        raise Misuse(
            f"{shown(folder)} is not empty; name a new folder, or use --here for a plan beside your own site"
        )
    files = starter_files(BUNDLED / "starter", answers)
    for path, data in files.items():
        write(folder / path, data)
    _schema(folder)
    console.say(f"{len(files) + 1} files in {shown(folder)}: a small shop, and connectif.yaml")
    console.say("next:")
    for line in (
        f"cd {shown(folder)}",
        "connectif-kit build",
        "connectif-kit inject public",
        "connectif-kit audit public",
    ):
        console.say(f"  {line}")
    return 0


def _schema(folder: Path) -> None:
    """The schema that the plan's first line names, so that editors know it at once."""
    write(folder / "connectif.schema.json", f"{json.dumps(schema(), indent=2)}\n".encode())


def _here(options: Options, console: Console, ask: Ask | None) -> int:
    folder, given, address = options.folder or Path(), options.given, options.address
    plan = folder / FILE
    if not folder.is_dir() and not address:
        raise Misuse(f"there is no folder {shown(folder)}")
    found = proposal(folder)
    if plan.exists():
        kept = _untouched(plan, folder, found, given)
        if kept is None:
            raise Misuse(f"{shown(plan)} is there already and is left alone")
        given = kept
    site = _published(address, console) if address else look(folder, found)
    if address and not given["url"]:
        given = {**given, "url": _url_of(site, address)}
    first = drawn(found, given, site)
    if (answers := _asked(first, given, ask)) != given:
        first = drawn(found, answers, site)
    write(plan, first.text.encode())
    _schema(folder)
    if site.total > MOST_PAGES:
        console.say(f"looked at {len(site.pages):,} of {site.total:,} pages, evenly from all of the site")
    react = framework(site)
    for line in _said(plan, folder, found, first):
        console.say(line)
    for line in _to_do(folder, found, react):
        console.say(line)
    for line in next_steps.lines(folder, found, in_source=bool(react)):
        console.show(f"  {line}\n")
    return 0


def _untouched(plan: Path, folder: Path, found: Proposal, given: Given) -> Given | None:
    """The answers in a plan that this command wrote before the site was built; None for any other plan."""
    if not found.is_built:
        return None
    before = replace(found, is_built=False)
    site, text = look(folder, before), plan.read_text("utf-8", "replace")
    try:
        store = load(str(plan), text.encode()).plan.store
    except KitError:
        return None
    there = {"store_id": store.id, "environment": store.environment, "url": store.url}
    nothing: Given = {}
    for options in (given, nothing):
        first = drawn(before, options, site)
        open_ones = [name for name in _QUESTIONS if first.is_example(*ANSWERED[name])]
        answers = options | {name: there[name] for name in open_ones if there[name] != _EXAMPLE[name]}
        if text in (first.text, drawn(before, answers, site).text):
            return {**answers, **{name: value for name, value in given.items() if value}}
    return None


def _published(address: str, console: Console) -> Site:
    """A sample of the pages at an address."""
    if not address.startswith(("https://", "http://")):
        raise nowhere(address)
    fetcher = Fetcher(hosts_of([address]), rate=4)
    try:
        site = survey(address, fetcher)
    finally:
        fetcher.close()
    console.say(f"looked at {len(site.pages)} pages and {len(site.scripts)} scripts of {address}")
    return site


def _url_of(site: Site, address: str) -> str | None:
    """The address that was given, unless the pages name another."""
    is_named = any(line.at == ("store", "url") for line in EVIDENCE.conclude(site))
    return None if is_named else address.rstrip("/")


def _said(plan: Path, folder: Path, found: Proposal, first: Drawn) -> Iterator[str]:
    """What was written, for which folder, and what is left to do."""
    generator = found.generator
    kind = generator.name if generator else "plain HTML" if found.root else "a site"
    yield f"{shown(plan)} is written for {kind}; each line says what shows it"
    yield from (f"found: {each}" for each in first.found)
    if not can_read():
        yield "scripts were not read: tree-sitter and tree-sitter-javascript have no wheels for this machine"
    if products := first.sure("pages", "product"):
        yield f"products: {products.why}"
    if open_lines := first.examples():
        yield f"put in what nobody but you can know: {', '.join(open_lines)}"
    if not found.root:
        why = f" ({found.why})" if found.why else ""
        yield f"which folder your pages are built into is not known here{why}"
        yield "put it at `site.root` in the plan: the folder you deploy, not the one with sources"
    elif not found.is_built:
        yield from _unbuilt(plan, folder, found)


def _to_do(folder: Path, found: Proposal, react: str) -> Iterator[str]:
    """What is left to do, up to the lines for the build."""
    yield from next_steps.left_out(folder, found)
    if react:
        yield from next_steps.in_react(folder, react)
        yield "your build is then:"
        return
    yield from next_steps.hook(found)
    after = f" after `{_command(folder, found)}`" if found.generator else ""
    yield f"add these three lines to your build{after}:"


def _unbuilt(plan: Path, folder: Path, found: Proposal) -> Iterator[str]:
    """What is not known before there are pages, and how to make them."""
    command = f" with `{_command(folder, found)}`" if found.generator else ""
    yield f"`{found.root}` is not built yet: build your site first{command}"
    yield f"then run `connectif-kit new --here` again: it reads the pages, and writes {shown(plan)} again"


def _command(folder: Path, found: Proposal) -> str:
    return build_command(folder, found.generator) if found.generator else ""
