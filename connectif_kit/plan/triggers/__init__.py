"""The triggers of events, one file each; a trigger exists because its file is there.

A trigger is `plan/triggers/<name>.py` and, unless the dispatcher itself hears it,
`templates/parts/triggers/<name>.js`.
"""

from __future__ import annotations

import sys

from connectif_kit.core.registry import collect
from connectif_kit.plan.trigger import TriggerKind

TRIGGERS: dict[str, TriggerKind] = {each.name: each for each in collect(sys.modules[__name__], TriggerKind)}
