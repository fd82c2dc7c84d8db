"""One run of `sync`: a job from the command line, the unfinished one that goes on, and what is said of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import field, replace
from pathlib import Path
from typing import Any, NoReturn

from connectif_kit.catalog import reading_of
from connectif_kit.catalog.reading import Reading
from connectif_kit.core.console import Console
from connectif_kit.core.diagnostics import Diagnostic, KitError, Misuse, Place, Severity
from connectif_kit.core.mask import plain
from connectif_kit.core.records import dataclass
from connectif_kit.page.excerpt import line_of
from connectif_kit.page.html.engine import notice
from connectif_kit.plan.loaded import LoadedPlan
from connectif_kit.plan.queries import authorised
from connectif_kit.plan.sources.path import Path as Column
from connectif_kit.reports import Outcome, Report
from connectif_kit.sync import erase, rejected
from connectif_kit.sync.deleting import delete
from connectif_kit.sync.items import Reader
from connectif_kit.sync.ledger import PENDING, Ledger, Run
from connectif_kit.sync.limiter import Stopped
from connectif_kit.sync.opening import account_of, api_of, ledger_in, plan_of
from connectif_kit.sync.options import Options, agree
from connectif_kit.sync.prepare import Plan
from connectif_kit.sync.session import Declined, Job, Progress, Result, Session, job_of, shown
from connectif_kit.sync.shown import plan_json, result_json, show_history, show_plan, show_result, show_sets
from connectif_kit.sync.subjects import SUBJECTS

LARGE_ROWS, LONG_MINUTES = 10_000, 30.0
INTERRUPTED = 130


def run(options: Options, console: Console, progress: Progress) -> Outcome:
    """Plan and send, or go on with what is unfinished. Raises KitError, and Misuse."""
    loaded, folder = plan_of(options)
    with ledger_in(folder, console) as ledger, _legible(ledger):
        return _Sync(options, loaded, folder, ledger, console, progress).run()


def listing(options: Options, console: Console, formats: tuple[str, ...]) -> int:
    """What needs no run: past syncs, coupon sets, erasure. Raises KitError, and Misuse."""
    if set(formats) - {"text", "json"}:
        raise Misuse("what is only listed or deleted takes --format text or json")
    as_json = "json" in formats
    _, folder = plan_of(options)
    with ledger_in(folder, console) as ledger, _legible(ledger):
        if options.history:
            show_history(ledger, console, as_json=as_json)
        elif options.delete_contact or options.delete_purchase:
            delete(options, ledger, console)
        elif options.subject != "coupons":
            raise Misuse("--status is for coupons")
        else:
            with api_of(options, console) as api:
                show_sets(erase.coupon_sets(api), console, as_json=as_json)
    return 0


@contextmanager
def _legible(ledger: Ledger) -> Iterator[None]:
    """Errors of the ledger's are the user's; names and values of the source's and the API's are masked."""
    try:
        yield
    except sqlite3.Error as error:
        raise ledger.failure(error) from None
    except KitError as error:
        raise KitError(map(_plain, error.diagnostics)) from None


def _plain(found: Diagnostic) -> Diagnostic:
    return replace(found, message=plain(found.message), hint=plain(found.hint))


@dataclass(slots=True)
class _Sync:
    """What a run works with, and what it has found."""

    options: Options
    loaded: LoadedPlan | None
    folder: Path
    ledger: Ledger
    console: Console
    progress: Progress
    plan: Plan | None = None
    result: Result | None = None
    rejections: list[Diagnostic] = field(default_factory=list)

    def run(self) -> Outcome:
        """The job that is asked for, after the rules for one that is unfinished."""
        status = self._synced()
        report = self._report()
        return Outcome(report, status or report.status)

    def _report(self) -> Report:
        notes = self.loaded.notes if self.loaded else ()
        plans = {note.place.path for note in notes}
        more: dict[str, Any] = {"plan": plan_json(self.plan)} if self.plan else {}
        more |= {"result": result_json(self.result)} if self.result else {}
        # A row's text is somebody's data; only the plan's lines are shown.
        return Report(
            (*notes, *map(_plain, (*self.rejections, *self._troubles()))),
            line_of=lambda place: line_of(place) if place.path in plans else "",
            more=more,
        )

    def _troubles(self) -> Iterator[Diagnostic]:
        """Imports that came to no good end."""
        for message, hint in self.result.troubles if self.result else ():
            yield Diagnostic("import-failed", Severity.ERROR, message, Place(str(self.ledger.path)), hint)

    def _synced(self) -> int:
        shape = reading_of(self.loaded, self.folder).wanted if self.loaded else None
        account = account_of(self.options, self.ledger)
        session = Session(self.ledger, account, Path.cwd(), self.progress, shape)
        job = _job(self.options, self.loaded, self.folder, self.console)
        unfinished = self.ledger.unfinished()
        if unfinished and self.options.resume is not False and not self.options.dry_run:
            return self._resume(session, unfinished, job)
        if job is not None:
            return self._fresh(session, job)
        if not self.options.resume:
            raise Misuse("say what to sync: contacts, products, purchases or coupons, and from where")
        self.console.say("nothing is unfinished")
        return 0

    def _resume(self, session: Session, unfinished: Run, job: Job | None) -> int:
        """Go on with an unfinished run, where it is the one that is asked for."""
        old = job_of(unfinished)
        what = f"{old.subject} from {old.source}"
        if unfinished.account != session.account:
            hint = "use the key and address that it began with, or --no-resume to drop it"
            self._refuse(f"a sync of {what} with another key is unfinished", hint)
        if job and not old.same_work(job):
            self._refuse(f"a sync of {what} is unfinished", "`sync --resume` ends it, --no-resume drops it")
        if job and not old.same_source(job):
            said = f"the source may have changed since {what} was planned: looking at it again"
            self.console.say(said)
            with api_of(self.options, self.console) as api:
                session.settle(unfinished, api)
            return self._fresh(session, job)
        if job and self.options.resume is None and (different := old.differences(job)):
            message = f"an unfinished sync of {what} began with other options: {', '.join(different)}"
            self._refuse(message, "--resume goes on with the options it began with, --no-resume drops it")
        self.console.say(f"going on with the sync of {what}")
        return self._send(session, unfinished)

    def _refuse(self, message: str, hint: str) -> NoReturn:
        raise KitError.at(Place(str(self.ledger.path), 0), "unfinished", message, hint)

    def _fresh(self, session: Session, job: Job) -> int:
        def confirm(plan: Plan) -> None:
            self.plan = plan
            show_plan(plan, self.console, diff=self.options.diff)
            if self.options.dry_run:
                verbose = self.options.verbose
                self.rejections = rejected.causes(self.ledger, shown(job.source), verbose=verbose)
            if self.options.dry_run or not self._is_agreed(plan):
                raise Declined

        try:
            reader = _reader(self.options, self.loaded, job)
            session.prepare(job, reader, self.options.per_minute, confirm)
        except Declined:
            if not self.options.dry_run:
                self.console.say("nothing was sent")
            return 0
        run = self.ledger.unfinished()
        return self._send(session, run) if run else 0

    def _is_agreed(self, plan: Plan) -> bool:
        """Whether a large plan is meant; asked on a terminal only."""
        large = plan.rows > LARGE_ROWS or plan.minutes > LONG_MINUTES
        if self.options.yes or not large or self.console.ask is None:
            return True
        return self.console.ask("This is a large sync. Send it?")

    def _send(self, session: Session, run: Run) -> int:
        with api_of(self.options, self.console) as api:
            try:
                result = session.send(run, api)
            except Stopped:
                left = self.ledger.count_items(PENDING)
                self.console.say(f"interrupted: {left:,} rows are left; the same command goes on")
                return INTERRUPTED
            except KitError:
                if self.ledger.is_untouched():  # nothing to go on with: it must not bar other syncs
                    session.drop(run)
                raise
        options = self.options
        self.result = session.finish(run, result, options.rejected, verbose=options.verbose)
        self.rejections = result.causes
        show_result(result, self.console)
        return 0 if result.is_clean else 1


def _job(options: Options, loaded: LoadedPlan | None, folder: Path, console: Console) -> Job | None:
    """What the command line asks for. Raises Misuse."""
    if options.subject is None:
        return None
    source = options.source or _default_source(options, loaded, folder)
    path = Path(source).resolve()
    if not path.exists():
        raise Misuse(f"there is no file or folder {source}")
    if path.is_dir() and options.subject != "products":
        raise Misuse(f"{source} is a folder: only products can be read from pages")
    if not path.is_file() and not path.is_dir():
        raise Misuse(f"{source} is neither a file nor a folder: save it to a file first")
    if path.is_dir() and (message := notice()):
        console.say(message)
    if options.rejected and options.rejected.resolve() == path:
        raise Misuse("--rejected is the source itself: name another file")
    agree(options)
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


def _default_source(options: Options, loaded: LoadedPlan | None, folder: Path) -> str:
    if options.subject != "products" or loaded is None:
        raise Misuse(f"name the file that the {options.subject} are in")
    declared = loaded.plan.catalog.source
    file = folder / declared if declared else None
    return str(file if file and file.is_file() else folder / loaded.plan.site.root)


def _reader(options: Options, loaded: LoadedPlan | None, job: Job) -> Reader:
    """How rows are read: the plan's mapping for products, then the command line's."""
    fields: dict[str, Any] = {}
    subject = SUBJECTS[job.subject]
    if loaded and job.subject == "products" and not Path(job.source).is_dir():
        fields |= Reading.of(loaded).fields
    names = {each.api: each.html for each in subject.entity.fields}
    for pair in options.field:
        name, equals, column = pair.partition("=")
        if not equals:
            raise Misuse(f"--field {pair}: write NAME=COLUMN")
        fields[names.get(name, name)] = Column.model_validate({"path": column})
    if loaded is None:
        return Reader(subject, fields)
    plan = loaded.plan
    context = Reading.of(loaded).context
    return Reader(subject, fields, context, lambda url: authorised(plan, url))
