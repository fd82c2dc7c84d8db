"""What a run of `audit` is asked for."""

from __future__ import annotations

from pathlib import Path

from connectif_kit.core.diagnostics import Misuse
from connectif_kit.core.records import dataclass


@dataclass(frozen=True, slots=True)
class Options:
    """The command line's options, named as there; everything has the default that it has there."""

    paths: tuple[str, ...] = ()
    config: Path | None = None
    formats: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    as_path: str | None = None
    baseline: Path | None = None
    update_baseline: bool = False
    fix: bool = False
    dry_run: bool = False
    verbose: bool = False
    jobs: int | None = None
    no_cache: bool = False
    shard: str | None = None
    limit: int | None = None
    rate: float = 5.0
    timeout: float = 15.0
    compare: Path | None = None
    editor_url: str | None = None

    def __post_init__(self) -> None:
        if self.update_baseline and not self.baseline:
            raise Misuse("--update-baseline needs --baseline FILE")
        if self.dry_run and not self.fix:
            raise Misuse("--dry-run goes with --fix")
        if self.shard and (self.baseline or self.fix):
            raise Misuse("--shard goes with neither --baseline, --watch nor --fix: use them with --merge")

    @property
    def selected(self) -> list[str]:
        """The rules to run; none: all of them."""
        return _names(self.select)

    @property
    def ignored(self) -> list[str]:
        """The rules to leave out."""
        return _names(self.ignore)

    def takes(self, rule: str) -> bool:
        """Whether a rule is to run."""
        return (not self.select or rule in self.selected) and rule not in self.ignored

    @property
    def written(self) -> frozenset[Path]:
        """The files that the run itself writes: reports and the baseline. They are not input of it."""
        named = [file for word in self.formats if (file := word.partition("=")[2]) not in ("", "-")]
        files = [Path(file) for file in named] + ([self.baseline] if self.baseline else [])
        return frozenset(file.resolve() for file in files)

    @property
    def part(self) -> tuple[int, int] | None:
        """`2/4` → (2, 4); nothing where the run is not a part. Raises Misuse for anything else."""
        if self.shard is None:
            return None
        first, _, second = self.shard.partition("/")
        if not (first.isdecimal() and second.isdecimal() and 1 <= int(first) <= int(second)):
            raise Misuse(f"`{self.shard}` is not a shard; expected I/N, such as 1/4")
        return int(first), int(second)


def _names(given: tuple[str, ...]) -> list[str]:
    """Words given one by one or with commas."""
    return [name for words in given for name in words.split(",") if name]
