"""What a run of `sync` is asked for."""

from __future__ import annotations

from pathlib import Path

from connectif_kit.core.diagnostics import Misuse
from connectif_kit.core.records import dataclass
from connectif_kit.sync.api import base_url, is_local
from connectif_kit.vocabulary.http_api import CALLS_PER_MINUTE, MAX_IMPORT_BYTES


@dataclass(frozen=True, slots=True)
class Options:
    """The command line's options, named as there; everything has the default that it has there."""

    subject: str | None = None
    source: str | None = None
    config: Path | None = None
    dry_run: bool = False
    diff: bool = False
    yes: bool = False
    resume: bool | None = None
    limit: int | None = None
    rate: int | None = None
    way: str = "auto"
    coupon_set: str | None = None
    keep_existing: bool = False
    only_empty: bool = False
    no_trigger: bool = False
    file_size: int = MAX_IMPORT_BYTES
    field: tuple[str, ...] = ()
    input_format: str | None = None
    rejected: Path | None = None
    api_url: str | None = None
    verbose: bool = False
    history: bool = False
    status: bool = False
    delete_contact: tuple[str, ...] = ()
    delete_purchase: tuple[str, ...] = ()

    @property
    def per_minute(self) -> int:
        """Calls a minute. Raises Misuse for more than the platform allows."""
        rate = self.rate or CALLS_PER_MINUTE
        if rate > CALLS_PER_MINUTE and not is_local(base_url(self.api_url)):
            raise Misuse(f"--rate: the API allows {CALLS_PER_MINUTE} calls a minute")
        return rate

    @property
    def is_listing(self) -> bool:
        """Whether something is only listed, or erased, and nothing synced."""
        return bool(self.history or self.status or self.delete_contact or self.delete_purchase)


def agree(options: Options) -> None:
    """Raise Misuse for options that do not go together."""
    coupons = options.subject == "coupons"
    if coupons != bool(options.coupon_set):
        raise Misuse("coupons need --set ID" if coupons else "--set is for coupons")
    if options.keep_existing and options.only_empty:
        raise Misuse("--keep-existing and --only-empty contradict each other")
    if options.subject == "purchases" and (
        options.way == "import" or options.keep_existing or options.only_empty
    ):
        raise Misuse("purchases cannot be imported: the API takes them one by one")
    if (options.keep_existing or options.only_empty) and options.way == "calls":
        raise Misuse("only imports can keep what is there")
    if coupons and options.way == "calls":
        raise Misuse("coupons can only be imported")


def agree_on_deletion(options: Options) -> None:
    """Nothing else is done beside a deletion. Raises Misuse."""
    others = {
        "a subject": options.subject,
        "--diff": options.diff,
        "--status": options.status,
        "--resume": options.resume,
        "--limit": options.limit,
    }
    if found := [name for name, given in others.items() if given]:
        raise Misuse(f"--delete-contact and --delete-purchase do not go with {', '.join(found)}")
