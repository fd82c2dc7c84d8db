"""Personal data made unreadable for logs, errors and terminals: as everywhere else."""

from connectif_kit.core.mask import email, hidden, masked, phone, plain

__all__ = ["email", "hidden", "masked", "phone", "plain"]
