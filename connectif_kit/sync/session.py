"""A sync from its plan to its end, or from where the last one was cut off."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, field
from itertools import chain, count
from pathlib import Path
from typing import Any

from connectif_kit.core.diagnostics import Diagnostic, KitError, Place
from connectif_kit.core.records import dataclass
from connectif_kit.core.state import SPOOL
from connectif_kit.sync import rejected, spool
from connectif_kit.sync.api import Api
from connectif_kit.sync.calls import Caller
from connectif_kit.sync.imports import Importer, form_of
from connectif_kit.sync.items import Reader
from connectif_kit.sync.ledger import PENDING, SENT, Ledger, Run, digest
from connectif_kit.sync.prepare import SHOWN, Plan, Preparation
from connectif_kit.sync.source import Shape, Source
from connectif_kit.sync.subjects import SUBJECTS
from connectif_kit.vocabulary.http_api import MAX_IMPORT_BYTES

Confirm = Callable[[Plan], None]
"""Raises Declined where the plan is not to be carried out."""
Progress = Callable[[int, int], None]
"""Rows that have an answer, rows in all."""


@dataclass(frozen=True, slots=True)
class Job:
    """What is asked for; kept in the ledger, so that another process can end it."""

    subject: str
    source: str
    format: str | None = None
    way: str = "auto"
    coupon_set: str | None = None
    keep_existing: bool = False
    only_empty: bool = False
    trigger: bool = True
    limit: int | None = None
    file_size: int = MAX_IMPORT_BYTES
    fingerprint: str = ""
    fields: str = ""

    @property
    def scope(self) -> str:
        """What has keys of its own: a subject, or one coupon set."""
        return f"{self.subject} {self.coupon_set}" if self.coupon_set else self.subject

    def same_work(self, other: Job) -> bool:
        """Whether an unfinished run is the one that is asked for again."""
        return (self.subject, self.source, self.coupon_set) == (other.subject, other.source, other.coupon_set)

    def same_source(self, other: Job) -> bool:
        """Whether the rows are still those; of pages nobody knows."""
        return bool(self.fingerprint) and self.fingerprint == other.fingerprint

    def differences(self, other: Job) -> list[str]:
        """The options in which an unfinished run is not what is asked for now."""
        return [flag for name, flag in OPTIONS.items() if getattr(self, name) != getattr(other, name)]


OPTIONS = {
    "way": "--via",
    "limit": "--limit",
    "trigger": "--no-trigger",
    "keep_existing": "--keep-existing",
    "only_empty": "--only-empty",
    "file_size": "--file-size",
    "format": "--input",
    "fields": "--field",
}


@dataclass(slots=True)
class Result:
    """How a run ended: counts of rows, complaints about the first rejected ones and about each cause, the
    file with all."""

    counts: dict[str, int]
    complaints: list[Diagnostic] = field(default_factory=list)
    causes: list[Diagnostic] = field(default_factory=list)
    troubles: list[tuple[str, str]] = field(default_factory=list)
    rejected: int = 0
    file: Path | None = None

    @property
    def is_clean(self) -> bool:
        """Whether every row is with the API."""
        return not self.rejected and not self.troubles and not self.counts.get("failed")


class Declined(Exception):  # noqa: N818 - an answer
    """Nothing is to be done: a dry run, or the user said no. Everything is as before."""


def account(base: str, key: str) -> str:
    """What stands for an account of the API in the ledger: no secret, no name."""
    return digest(f"{base} {key.partition(':')[0]}").hex()


@dataclass(slots=True)
class Session:
    """One process's hold on the ledger, and the API that it speaks to."""

    ledger: Ledger
    account: str
    folder: Path
    progress: Progress = lambda *_: None
    shape: Shape | None = None

    def spool_folder(self, run: int) -> Path:
        """Where a run's rows lie on their way."""
        return self.ledger.path.parent / SPOOL / str(run)

    def source(self, job: Job) -> Source:
        """Where the job's rows come from."""
        path = Path(job.source)
        if not path.is_file() and not path.is_dir():
            raise KitError.at(Place(job.source), "no-source", "there is no such file or folder")
        shape = self.shape if job.subject == "products" else None
        return Source(path, shown(job.source), job.format, orders=job.subject == "purchases", shape=shape)

    def prepare(self, job: Job, reader: Reader, per_minute: int, confirm: Confirm) -> tuple[Plan, int]:
        """Plan a job; where it is confirmed, the run is in the ledger, whole. Raises Declined, KitError."""
        source, subject = self.source(job), SUBJECTS[job.subject]
        with self.ledger.transaction():
            run = self.ledger.begin(self.account, job.scope, asdict(job))
            folder = self.spool_folder(run)
            try:
                scope = self.ledger.scope(f"{self.account} {job.scope}")
                writer = spool.Spool(folder, job.file_size)
                work = Preparation(subject, self.ledger, writer, scope, job.way, job.limit)
                plan = work.take(reader.items(source.rows()))
                plan.per_minute = per_minute
                plan.notes += [*source.notes, *_column_notes(reader)]
                self.ledger.set_counts(run, dict(plan.counts))
                confirm(plan)
            except BaseException:
                spool.clear(folder)
                with suppress(OSError):  # another run's rows may be there
                    folder.parent.rmdir()
                raise
        for other in folder.parent.iterdir():
            if other != folder:
                spool.clear(other)
        return plan, run

    def send(self, run: Run, api: Api) -> Result:
        """Send what is left of a run. Raises KitError and Stopped; the same command goes on then."""
        job = Job(**run.job)
        subject = SUBJECTS[job.subject]
        scope = self.ledger.scope(f"{run.account} {job.scope}")
        result = Result({**run.counts})
        total = sum(batch.rows for batch in self.ledger.batches())

        def moved() -> None:
            self.progress(total - self.ledger.count_items(PENDING), total)

        self._importer(run, api, result, moved).send()
        caller = Caller(
            api, self.ledger, subject, run.id, scope, self.spool_folder(run.id), moved, job.trigger
        )
        caller.send()
        result.counts["already"] = caller.already
        return result

    def _importer(self, run: Run, api: Api, result: Result, moved: Callable[[], None]) -> Importer:
        job = job_of(run)
        subject, reported = SUBJECTS[job.subject], result.troubles
        scope = self.ledger.scope(f"{run.account} {job.scope}")
        form = form_of(subject, job.coupon_set, keep_existing=job.keep_existing, only_empty=job.only_empty)
        return Importer(
            api,
            self.ledger,
            subject,
            run.id,
            scope,
            self.spool_folder(run.id),
            form,
            lambda message, hint: reported.append((message, hint)),
            moved,
            api.pace,
        )

    def settle(self, run: Run, api: Api) -> None:
        """Wait for the imports of a run that are under way, and send nothing more of it."""
        self._importer(run, api, Result({}), lambda: None).settle()

    def drop(self, run: Run) -> None:
        """Forget what an unfinished run still had to send."""
        self.ledger.drop(run.id)
        spool.clear(self.spool_folder(run.id).parent)

    def finish(self, run: Run, result: Result, file: Path | None, *, verbose: bool = False) -> Result:
        """Give rejected rows back and close the run."""
        job = Job(**run.job)
        result.rejected = rejected.count(self.ledger)
        if result.rejected:
            table = Path(job.source).suffix.lower() in (".csv", ".tsv", ".tab", ".txt")
            if Path(job.source).exists():
                source = self.source(job)
                table = source.is_table
                if job.fingerprint == source.fingerprint:
                    rejected.recall(self.ledger, source)
            result.complaints = rejected.complaints(self.ledger, SHOWN, shown(job.source))
            result.causes = rejected.causes(self.ledger, shown(job.source), verbose=verbose)
            result.file = free(file or self.ledger.path.parent / f"rejected.{'csv' if table else 'jsonl'}")
            rejected.write(self.ledger, result.file, table=table)
        result.counts |= {"sent": self.ledger.count_items(SENT), "rejected": result.rejected}
        result.counts["failed"] = self.ledger.count_items(PENDING)
        self.ledger.end(run.id, result.counts)
        spool.clear(self.spool_folder(run.id).parent)
        return result


def free(path: Path) -> Path:
    """The path, or `rejected-2.csv` and so on: no file of an earlier run is replaced, nor the source."""
    names = (path.with_stem(f"{path.stem}-{number}") for number in count(2))
    return next(each for each in chain((path,), names) if not each.exists() and not each.is_symlink())


def _column_notes(reader: Reader) -> list[str]:
    notes = []
    if reader.custom:
        notes.append(f"taken as the store's own contact fields: {', '.join(reader.custom)}")
    if reader.aside:
        notes.append(f"left aside, no field of the API: {', '.join(reader.aside)}")
    return notes


def shown(source: str) -> str:
    """A source as messages call it: from here, where it lies below here."""
    try:
        return str(Path(source).relative_to(Path.cwd()))
    except ValueError:
        return source


def job_of(run: Run) -> Job:
    """The job of a run in the ledger."""
    known: dict[str, Any] = run.job
    return Job(**known)
