"""A run of `audit` that was made before: known without the plan's models or a parser."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from connectif_kit.audit.options import Options
from connectif_kit.audit.run_cache import RunCache
from connectif_kit.core.cache import Cache
from connectif_kit.core.wording import shown
from connectif_kit.page.html.engine import stamp
from connectif_kit.plan.locate import content, file_of, find


def memory_of(options: Options, *, colour: bool, asked: str = "") -> RunCache | None:
    """What remembers this run; nothing where it depends on more than the plan and folders of pages.

    An HTML report says when it was made. `asked` is what else the reports depend on, such as languages.
    """
    more = [options.no_cache, options.baseline, options.fix, options.shard, options.limit, options.as_path]
    more += [options.compare, any(word.partition("=")[0] == "html" for word in options.formats)]
    path = options.config or find(Path.cwd())
    if any(more) or path is None or not file_of(path).is_file() or not all(map(os.path.isdir, options.paths)):
        return None
    wanted = repr((replace(options, jobs=None), Path.cwd(), colour, asked))
    return RunCache(Cache(path.parent.resolve()), stamp_of(options, path), wanted)


def stamp_of(options: Options, plan: Path) -> bytes:
    """What pages' results depend on besides the page: plan, rules, our version."""
    asked = [*(f"+{name}" for name in options.selected), *(f"-{name}" for name in options.ignored)]
    return stamp(content(plan), [shown(plan), *sorted(asked)])
