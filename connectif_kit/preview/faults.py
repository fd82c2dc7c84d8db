"""What can keep the preview from starting or answering."""

from __future__ import annotations

from connectif_kit.core.faults import Fault

FAULTS = (
    Fault(
        "no-port",
        "error",
        "None of the ports that were tried is free.",
        "Name another with --port.",
    ),
    Fault(
        "bad-address",
        "error",
        "This machine cannot listen on the address.",
        "Leave `--host` out: the preview is for this machine.",
    ),
    Fault(
        "too-large",
        "error",
        "A request to the preview is larger than it reads.",
        "Send less at once.",
    ),
)
