"""`connectif-kit sync`."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from connectif_kit.cli._shared import check_parser, config_option
from connectif_kit.cli._sync_shown import (
    Progress,
    plan_json,
    print_json,
    result_json,
    show_complaints,
    show_history,
    show_plan,
    show_result,
    show_sets,
)

if TYPE_CHECKING:
    from connectif_kit.plan import Loaded
    from connectif_kit.sync.api import Api
    from connectif_kit.sync.items import Reader
    from connectif_kit.sync.ledger import Ledger, Run
    from connectif_kit.sync.prepare import Plan
    from connectif_kit.sync.run import Job, Session

LARGE_ROWS, LONG_MINUTES = 10_000, 30.0
SUBJECTS = ("contacts", "products", "purchases", "coupons")


@dataclass(frozen=True, slots=True)
class Options:
    """The command line, named as there."""

    subject: str | None
    source: str | None
    config: Path | None
    dry_run: bool
    diff: bool
    yes: bool
    resume: bool | None
    limit: int | None
    rate: int | None
    way: str
    coupon_set: str | None
    keep_existing: bool
    only_empty: bool
    no_trigger: bool
    file_size: int
    field: tuple[str, ...]
    input_format: str | None
    rejected: Path | None
    format: str
    api_url: str | None
    history: bool
    status: bool
    delete_contact: tuple[str, ...]
    delete_purchase: tuple[str, ...]


@click.command()
@click.argument(
    "subject", required=False, type=click.Choice(SUBJECTS), metavar="[contacts|products|purchases|coupons]"
)
@click.argument("source", required=False)
@config_option
@click.option("--dry-run", is_flag=True, help="Plan and show the cost; send nothing.")
@click.option("--diff", is_flag=True, help="Show the first rows that are new or changed since the last sync.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option(
    "--resume/--no-resume", default=None, help="Go on with the unfinished run, or drop it. [default: go on]"
)
@click.option("--limit", type=click.IntRange(min=1), help="Send so many rows at most, the rest another time.")
@click.option("--rate", type=click.IntRange(min=1), help="Calls a minute at most. [default: 100]")
@click.option(
    "--via",
    "way",
    type=click.Choice(["auto", "import", "calls"]),
    default="auto",
    help="Bulk imports or single calls. [default: whichever is cheaper]",
)
@click.option("--set", "coupon_set", metavar="ID", help="The coupon set that codes go into.")
@click.option("--keep-existing", is_flag=True, help="Import only what is new; leave what is there alone.")
@click.option("--only-empty", is_flag=True, help="Of what is there, fill only empty fields.")
@click.option("--no-trigger", is_flag=True, help="Purchases start no `On purchase` workflow.")
@click.option(
    "--file-size",
    type=click.IntRange(1_000, 50_000_000),
    default=50_000_000,
    help="Bytes in one import file. [default: 50000000]",
)
@click.option(
    "--field",
    multiple=True,
    metavar="NAME=COLUMN",
    help="Which column holds a property; may be given several times.",
)
@click.option(
    "--input",
    "input_format",
    metavar="FORMAT",
    help="csv, json, jsonl or yaml. [default: by the file's name]",
)
@click.option(
    "--rejected",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File for bad rows. [default: .connectif/rejected.csv]",
)
@click.option(
    "--format", type=click.Choice(["text", "json"]), default="text", help="How to report. [default: text]"
)
@click.option(
    "--api-url", metavar="URL", help="Another address of the API, such as `connectif-kit fake-api` prints."
)
@click.option("--history", is_flag=True, help="List past syncs.")
@click.option("--status", is_flag=True, help="With coupons: list the sets and how many codes are left.")
@click.option(
    "--delete-contact",
    multiple=True,
    metavar="EMAIL",
    help="Erase a contact (email or external id; `-`: read them from standard input).",
)
@click.option("--delete-purchase", multiple=True, metavar="ID", help="Delete a purchase.")
def command(**given: Any) -> int:
    """Send contacts, products, purchases or coupons through the API.

    SOURCE is a CSV, JSON, JSON Lines or YAML file; for products also a folder of built pages.
    [default for products: catalog.source of the plan, else site.root]

    The plan comes first: rows, calls, files, minutes. What was sent before and has not changed is
    not sent again; what is bad goes to a file with the reason. The key is read from
    CONNECTIF_API_KEY only. Killed at any moment, the same command goes on where it was.
    """
    import sqlite3

    from connectif_kit.diagnostics import KitError
    from connectif_kit.sync.mask import plain

    options = Options(**given)
    loaded, folder = _plan(options)
    with _ledger(folder) as ledger:
        try:
            return _run(options, loaded, folder, ledger)
        except sqlite3.Error as error:
            raise ledger.failure(error) from None
        except KitError as error:  # names and values of the source's and the API's are in it
            raise KitError(
                replace(each, message=plain(each.message), hint=plain(each.hint))
                for each in error.diagnostics
            ) from None


def _run(options: Options, loaded: Loaded | None, folder: Path, ledger: Ledger) -> int:
    if options.history:
        return show_history(ledger, options.format)
    if options.delete_contact or options.delete_purchase:
        return _delete(options, ledger)
    if options.status:
        return _status(options)
    return _sync(options, loaded, folder, ledger)


def _plan(options: Options) -> tuple[Loaded | None, Path]:
    """The plan, where there is one; a key in it is refused."""
    from connectif_kit.cli._shared import load_plan, shown
    from connectif_kit.diagnostics import KitError, Place
    from connectif_kit.plan import find

    path = options.config or find(Path.cwd())
    if path is None:
        return None, Path.cwd()
    loaded, folder = load_plan(options.config)
    secret = os.environ.get("CONNECTIF_API_KEY", "").strip().rpartition(":")[2]
    if secret and secret in path.read_text(encoding="utf-8", errors="replace"):
        hint = "take it out, and make a new key: this one has been in a file"
        raise KitError.at(Place(shown(path)), "api-key-in-plan", "the API key stands in the plan", hint)
    return loaded, folder


@contextmanager
def _ledger(folder: Path) -> Iterator[Ledger]:
    from connectif_kit import state
    from connectif_kit.cli._shared import shown
    from connectif_kit.sync.ledger import Ledger

    for old, new in state.moved(folder):
        click.echo(f"{shown(old)} is now {shown(new)}", err=True)
    path = state.opened(folder) / state.LEDGER
    is_new = not path.exists()
    ledger = Ledger(path)
    try:
        yield ledger
    finally:
        is_unused = is_new and not ledger.runs()
        ledger.close()
        if is_unused:
            path.unlink(missing_ok=True)
            state.closed(folder)


@contextmanager
def _api(options: Options) -> Iterator[Api]:
    """The API, with an interrupt that lets the calls under way come home first."""
    from connectif_kit.sync.api import Api, base_url, is_local, key_from
    from connectif_kit.sync.limiter import Limiter

    base, key = base_url(options.api_url), key_from(os.environ.get("CONNECTIF_API_KEY"))
    limiter = Limiter(_rate(options))
    limiter.tell = partial(click.echo, err=True)
    api = Api(base, key, limiter)
    if is_local(base):
        api.first_pause, api.pace = 0.02, 0.05
    try:
        with _interruptible(limiter.stop):
            yield api
    finally:
        api.close()


def _rate(options: Options) -> int:
    from connectif_kit.sync.api import base_url, is_local
    from connectif_kit.vocabulary.http_api import CALLS_PER_MINUTE

    rate = options.rate or CALLS_PER_MINUTE
    if rate > CALLS_PER_MINUTE and not is_local(base_url(options.api_url)):
        raise click.UsageError(f"--rate: the API allows {CALLS_PER_MINUTE} calls a minute")
    return rate


@contextmanager
def _interruptible(stop: Any) -> Iterator[None]:
    import signal

    def interrupt(*_: object) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()
        click.echo("\nending: what is under way is still noted (again to stop at once)", err=True)

    before = [(number, signal.signal(number, interrupt)) for number in (signal.SIGINT, signal.SIGTERM)]
    try:
        yield
    finally:
        for number, handler in before:
            signal.signal(number, handler)


def _sync(options: Options, loaded: Loaded | None, folder: Path, ledger: Ledger) -> int:
    from connectif_kit.catalog.reading import Reading
    from connectif_kit.sync.run import Session

    shape = Reading.of(loaded).wanted if loaded else None
    session = Session(ledger, _account(options, ledger), Path.cwd(), Progress(), shape)
    job = _job(options, loaded, folder)
    unfinished = ledger.unfinished()
    if unfinished and options.resume is not False and not options.dry_run:
        return _resume(options, loaded, session, unfinished, job)
    if job is None:
        if options.resume:
            click.echo("nothing is unfinished", err=True)
            return 0
        raise click.UsageError("say what to sync: contacts, products, purchases or coupons, and from where")
    return _fresh(options, loaded, session, job)


def _resume(
    options: Options, loaded: Loaded | None, session: Session, unfinished: Run, job: Job | None
) -> int:
    from connectif_kit.diagnostics import KitError, Place
    from connectif_kit.sync.run import job_of

    old = job_of(unfinished)
    what = f"{old.subject} from {old.source}"
    if unfinished.account != session.account:
        hint = "use the key and address that it began with, or --no-resume to drop it"
        raise KitError.at(
            Place(str(session.ledger.path), 0),
            "unfinished",
            f"a sync of {what} with another key is unfinished",
            hint,
        )
    if job and not old.same_work(job):
        hint = "`sync --resume` ends it, --no-resume drops it"
        raise KitError.at(
            Place(str(session.ledger.path), 0), "unfinished", f"a sync of {what} is unfinished", hint
        )
    if job and not old.same_source(job):
        click.echo(f"the source may have changed since {what} was planned: looking at it again", err=True)
        with _api(options) as api:
            session.settle(unfinished, api)
        return _fresh(options, loaded, session, job)
    if job and options.resume is None and (different := old.differences(job)):
        message = f"an unfinished sync of {what} began with other options: {', '.join(different)}"
        hint = "--resume goes on with the options it began with, --no-resume drops it"
        raise KitError.at(Place(str(session.ledger.path), 0), "unfinished", message, hint)
    click.echo(f"going on with the sync of {what}", err=True)
    return _send(options, session, unfinished, None)


def _account(options: Options, ledger: Ledger) -> str:
    """Of the key; without one, a dry run is compared with the last sync."""
    from connectif_kit.sync.api import VARIABLE, base_url, key_from
    from connectif_kit.sync.run import account

    if options.dry_run and not os.environ.get(VARIABLE):
        last = next(iter(ledger.runs()), None)
        return last.account if last else ""
    return account(base_url(options.api_url), key_from(os.environ.get(VARIABLE)))


def _job(options: Options, loaded: Loaded | None, folder: Path) -> Job | None:
    """What the command line asks for. Raises UsageError."""
    from connectif_kit.sync.run import Job

    if options.subject is None:
        return None
    source = options.source or _default_source(options, loaded, folder)
    path = Path(source).resolve()
    if not path.exists():
        raise click.UsageError(f"there is no file or folder {source}")
    if path.is_dir() and options.subject != "products":
        raise click.UsageError(f"{source} is a folder: only products can be read from pages")
    if not path.is_file() and not path.is_dir():
        raise click.UsageError(f"{source} is neither a file nor a folder: save it to a file first")
    if path.is_dir():
        check_parser()
    if options.rejected and options.rejected.resolve() == path:
        raise click.UsageError("--rejected is the source itself: name another file")
    _agree(options)
    found = path.stat()
    return Job(
        options.subject,
        str(path),
        options.input_format,
        "import" if options.keep_existing or options.only_empty else options.way,
        options.coupon_set,
        options.keep_existing,
        options.only_empty,
        not options.no_trigger,
        options.limit,
        options.file_size,
        "" if path.is_dir() else f"{found.st_size}-{found.st_mtime_ns}",
        "\n".join(options.field),
    )


def _default_source(options: Options, loaded: Loaded | None, folder: Path) -> str:
    if options.subject != "products" or loaded is None:
        raise click.UsageError(f"name the file that the {options.subject} are in")
    declared = loaded.plan.catalog.source
    file = folder / declared if declared else None
    return str(file if file and file.is_file() else folder / loaded.plan.site.root)


def _agree(options: Options) -> None:
    """Options that do not go together."""
    coupons = options.subject == "coupons"
    if coupons != bool(options.coupon_set):
        raise click.UsageError("coupons need --set ID" if coupons else "--set is for coupons")
    if options.keep_existing and options.only_empty:
        raise click.UsageError("--keep-existing and --only-empty contradict each other")
    if options.subject == "purchases" and (
        options.way == "import" or options.keep_existing or options.only_empty
    ):
        raise click.UsageError("purchases cannot be imported: the API takes them one by one")
    if (options.keep_existing or options.only_empty) and options.way == "calls":
        raise click.UsageError("only imports can keep what is there")
    if coupons and options.way == "calls":
        raise click.UsageError("coupons can only be imported")


def _fresh(options: Options, loaded: Loaded | None, session: Session, job: Job) -> int:
    from connectif_kit.sync.run import Declined

    seen: list[Plan] = []

    def confirm(plan: Plan) -> None:
        seen.append(plan)
        show_plan(plan, diff=options.diff, as_json=options.format == "json")
        if options.dry_run:
            _show_rejected(options, session, job)
        if options.dry_run or not _agreed(options, plan):
            raise Declined

    try:
        session.prepare(job, _reader(options, loaded, job), _rate(options), confirm)
    except Declined:
        return _declined(options, seen[0])
    run = session.ledger.unfinished()
    return _send(options, session, run, seen[0]) if run else 0


def _declined(options: Options, plan: Plan) -> int:
    if options.dry_run and options.format == "json":
        print_json({"version": 1, "plan": plan_json(plan)})
    if not options.dry_run:
        click.echo("nothing was sent", err=True)
    return 1 if plan.counts["rejected"] and options.dry_run else 0


def _reader(options: Options, loaded: Loaded | None, job: Job) -> Reader:
    """How rows are read: the plan's mapping for products, then the command line's."""
    from connectif_kit.catalog.reading import Reading
    from connectif_kit.plan.queries import authorised
    from connectif_kit.plan.sources import Path as Column
    from connectif_kit.sync.items import Reader
    from connectif_kit.sync.subjects import SUBJECTS as KNOWN

    fields: dict[str, Any] = {}
    subject = KNOWN[job.subject]
    if loaded and job.subject == "products" and not Path(job.source).is_dir():
        fields |= Reading.of(loaded).fields
    names = {each.api: each.html for each in subject.entity.fields}
    for pair in options.field:
        name, equals, column = pair.partition("=")
        if not equals:
            raise click.UsageError(f"--field {pair}: write NAME=COLUMN")
        fields[names.get(name, name)] = Column.model_validate({"path": column})
    if loaded is None:
        return Reader(subject, fields)
    plan = loaded.plan
    context = Reading.of(loaded).context
    return Reader(subject, fields, context, lambda url: authorised(plan, url))


def _agreed(options: Options, plan: Plan) -> bool:
    """Whether a large plan is meant; asked on a terminal only."""
    large = plan.rows > LARGE_ROWS or plan.minutes > LONG_MINUTES
    if options.yes or not large or not sys.stdin.isatty():
        return True
    return click.confirm("This is a large sync. Send it?", err=True)


def _send(options: Options, session: Session, run: Run, plan: Plan | None) -> int:
    from connectif_kit.diagnostics import KitError
    from connectif_kit.sync.limiter import Stopped

    with _api(options) as api:
        try:
            result = session.send(run, api)
        except Stopped:
            left = session.ledger.count_items(0)
            click.echo(f"interrupted: {left:,} rows are left; the same command goes on", err=True)
            return 130
        except KitError:
            if session.ledger.is_untouched():  # nothing to go on with: it must not bar other syncs
                session.drop(run)
            raise
    session.finish(run, result, options.rejected)
    if options.format == "json":
        print_json(
            {"version": 1, **({"plan": plan_json(plan)} if plan else {}), "result": result_json(result)}
        )
    else:
        show_result(result)
    return 0 if result.is_clean else 1


def _show_rejected(options: Options, session: Session, job: Job) -> None:
    from connectif_kit.sync import rejected
    from connectif_kit.sync.prepare import SHOWN
    from connectif_kit.sync.run import shown

    if options.format == "text":
        found = rejected.complaints(session.ledger, SHOWN, shown(job.source))
        show_complaints(found, rejected.count(session.ledger))


def _status(options: Options) -> int:
    from connectif_kit.sync import erase

    if options.subject != "coupons":
        raise click.UsageError("--status is for coupons")
    with _api(options) as api:
        sets = erase.coupon_sets(api)
    if options.format == "json":
        print_json(sets)
        return 0
    show_sets(sets)
    return 0


def _delete(options: Options, ledger: Ledger) -> int:
    """Erase what is named, once it is confirmed."""
    from connectif_kit.sync import erase, mask

    _agree_on_deletion(options)
    contacts = [key for given in options.delete_contact for key in (_lines() if given == "-" else [given])]
    if not all(key.strip() for key in (*contacts, *options.delete_purchase)):
        raise click.UsageError("an empty key names nobody: nothing was deleted")
    what = [*map(mask.masked, contacts), *options.delete_purchase]
    click.echo(f"to be deleted for good: {', '.join(what)}", err=True)
    if contacts:
        click.echo("a contact's purchases stay; delete each with --delete-purchase", err=True)
    if options.dry_run:
        click.echo("a dry run: nothing was deleted", err=True)
        return 0
    if not options.yes:
        if not sys.stdin.isatty():
            raise click.UsageError("deletions are asked about on a terminal; elsewhere say --yes")
        click.confirm("Delete?", abort=True, err=True)
    _no_run(options, ledger)
    account = _account(options, ledger)
    with _api(options) as api:
        for key in contacts:
            gone = erase.contact(api, ledger, account, key)
            click.echo(f"{mask.masked(key)}: {'deleted' if gone else 'was not there'}")
        for key in options.delete_purchase:
            gone = erase.purchase(api, ledger, account, key)
            click.echo(f"{key}: {'deleted' if gone else 'was not there'}")
    return 0


def _no_run(options: Options, ledger: Ledger) -> None:
    """An unfinished run could send again what is erased. Raises KitError, or drops it as asked."""
    from connectif_kit.diagnostics import KitError, Place
    from connectif_kit.sync.run import Session

    run = ledger.unfinished()
    if run and options.resume is False:
        Session(ledger, run.account, Path.cwd()).drop(run)
    elif run:
        message = f"a sync of {run.scope} is unfinished: it could send again what is deleted"
        hint = "`sync --resume` ends it first, --no-resume beside the deletion drops it"
        raise KitError.at(Place(str(ledger.path), 0), "unfinished", message, hint)


def _agree_on_deletion(options: Options) -> None:
    """Nothing else is done beside a deletion. Raises UsageError."""
    others = {
        "a subject": options.subject,
        "--diff": options.diff,
        "--status": options.status,
        "--resume": options.resume,
        "--limit": options.limit,
    }
    if found := [name for name, given in others.items() if given]:
        raise click.UsageError(f"--delete-contact and --delete-purchase do not go with {', '.join(found)}")


def _lines() -> list[str]:
    return [line.strip() for line in sys.stdin if line.strip()]
