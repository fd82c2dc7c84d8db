"""`sync --delete-contact` and `--delete-purchase`: erase what is named, once it is confirmed."""

from __future__ import annotations

import sys
from pathlib import Path

from connectif_kit.core import mask
from connectif_kit.core.console import Console
from connectif_kit.core.diagnostics import KitError, Misuse, Place
from connectif_kit.sync import erase
from connectif_kit.sync.ledger import Ledger
from connectif_kit.sync.opening import account_of, api_of
from connectif_kit.sync.options import Options, agree_on_deletion
from connectif_kit.sync.session import Session


def delete(options: Options, ledger: Ledger, console: Console) -> int:
    """Erase what is named, once it is confirmed."""
    agree_on_deletion(options)
    contacts = [key for given in options.delete_contact for key in (_lines() if given == "-" else [given])]
    if not all(key.strip() for key in (*contacts, *options.delete_purchase)):
        raise Misuse("an empty key names nobody: nothing was deleted")
    what = [*map(mask.masked, contacts), *options.delete_purchase]
    console.say(f"to be deleted for good: {', '.join(what)}")
    if contacts:
        console.say("a contact's purchases stay; delete each with --delete-purchase")
    if options.dry_run:
        console.say("a dry run: nothing was deleted")
        return 0
    if not options.yes:
        if console.ask is None:
            raise Misuse("deletions are asked about on a terminal; elsewhere say --yes")
        if not console.ask("Delete?"):
            raise KeyboardInterrupt
    _no_run(options, ledger)
    account = account_of(options, ledger)
    with api_of(options, console) as api:
        for key in contacts:
            gone = erase.contact(api, ledger, account, key)
            console.show(f"{mask.masked(key)}: {'deleted' if gone else 'was not there'}\n")
        for key in options.delete_purchase:
            gone = erase.purchase(api, ledger, account, key)
            console.show(f"{key}: {'deleted' if gone else 'was not there'}\n")
    return 0


def _no_run(options: Options, ledger: Ledger) -> None:
    """An unfinished run could send again what is erased. Raises KitError, or drops it as asked."""
    run = ledger.unfinished()
    if run and options.resume is False:
        Session(ledger, run.account, Path.cwd()).drop(run)
    elif run:
        message = f"a sync of {run.scope} is unfinished: it could send again what is deleted"
        hint = "`sync --resume` ends it first, --no-resume beside the deletion drops it"
        raise KitError.at(Place(str(ledger.path), 0), "unfinished", message, hint)


def _lines() -> list[str]:
    return [line.strip() for line in sys.stdin if line.strip()]
