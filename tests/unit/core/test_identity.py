"""Files that are known again by their size and times."""

import os
from pathlib import Path

from connectif_kit.core.files import read_known
from connectif_kit.core.identity import TICK, identity, settled


def test_a_file_that_has_just_changed_may_change_again_without_a_trace() -> None:
    changed, second = 1_700_000_000_123_456_789, 1_700_000_000_000_000_000
    assert not settled(changed, changed + TICK)
    assert settled(changed, changed + TICK + 1)
    assert not settled(second, second + 2 * 10**9)  # a disk that keeps every second second
    assert settled(second, second + 3 * 10**9)


def test_a_file_that_was_left_alone_is_known_again_and_a_restored_one_is_not(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(b"old")
    while not settled(path.stat().st_ctime_ns):
        pass
    data, known = read_known(str(path))
    assert (data, known) == (b"old", identity(path.stat()))
    times = path.stat()
    path.write_bytes(b"new")
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert identity(path.stat()) != known
