"""How a command line ends: its exit status, and a message for every error."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable, Sequence

import click

from connectif_kit.cli._terminal import show
from connectif_kit.core import interrupts
from connectif_kit.core.diagnostics import KitError, Misuse

CLEAN, FAILED, INTERRUPTED = 0, 2, interrupts.STATUS


def ended(run: Callable[[], object], arguments: Sequence[str]) -> int:
    """The exit status of a command, which is run now; `arguments` say in which language to complain."""
    try:
        interrupts.unwind()
        status = _status(run, arguments)
        interrupts.settle()
    except KeyboardInterrupt:
        click.echo(interrupts.SAID, err=True)
        return INTERRUPTED
    return status


def _status(run: Callable[[], object], arguments: Sequence[str]) -> int:
    try:
        status = _uninterrupted(run)
        sys.stdout.flush()
    except Misuse as error:
        click.UsageError(str(error)).show()
        return FAILED
    except click.ClickException as error:
        error.show()
        return FAILED
    except click.Abort:
        click.echo(interrupts.SAID, err=True)
        return INTERRUPTED
    except BrokenPipeError:
        sys.stdout = None
        return CLEAN
    except KitError as error:
        _complain(error, arguments)
        return FAILED
    except OSError as error:
        from connectif_kit.core.files import reason

        stuck = _is_stuck()
        _complain(reason(error, "standard output" if stuck else ""), arguments)
        if stuck:
            sys.stdout = None  # what could not be written now will not be at the end
        return FAILED
    except Exception:  # the last line of defence: a crash of ours has its own exit status
        return _crashed()
    return status if isinstance(status, int) else CLEAN


def _uninterrupted(run: Callable[[], object]) -> object:
    """What a command gives; an error that began as an interrupt is one."""
    try:
        return run()
    except Exception:
        if interrupts.has_come():
            raise KeyboardInterrupt from None
        raise


def _is_stuck() -> bool:
    """Whether standard output takes no more of what it was given."""
    try:
        sys.stdout.flush()
    except OSError:
        return True
    return False


def _complain(error: Exception, arguments: Sequence[str]) -> None:
    show(getattr(error, "diagnostics", ()), arguments)


def _crashed() -> int:
    traceback.print_exc()
    click.echo("connectif-kit crashed: this is a bug, please report the lines above", err=True)
    return FAILED
