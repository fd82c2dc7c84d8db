"""Paths of pages of one kind → the globs that match them and no others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from connectif_kit.plan import globs

FEW = 12
"""Paths that are sooner listed than described."""
_SPECIAL = str.maketrans("", "", "*?#\\")


def patterns(wanted: Iterable[str], others: Iterable[str]) -> list[str] | None:
    """Globs for some paths that match none of the others; None where no few globs can.

    `/p/mug/` and `/p/plate/` give `/p/*`, which fits the next product too.
    """
    paths = {globs.normal(path) for path in wanted}
    rest = {globs.normal(path) for path in others} - paths
    several = len({_parent(path) for path in paths}) > 1
    found = (_by_tree(paths, rest) if several else None) or _by_folder(paths, rest) or _by_name(paths, rest)
    if found is None and len(paths) <= FEW:
        found = sorted(paths)
    return found if found and all(not globs.fault(glob) for glob in found) else None


def stray(wanted: Iterable[str], others: Iterable[str]) -> tuple[list[str], list[str]] | None:
    """Globs by folder though they match others too, and those others: they must be said before.

    None where the others outnumber the wanted.
    """
    paths = {globs.normal(path) for path in wanted}
    rest = {globs.normal(path) for path in others} - paths
    found = sorted({f"{_parent(path)}/*" for path in paths})
    hit = [path for path in sorted(rest) if any(globs.matches(glob, path) for glob in found)]
    if len(hit) > len(paths) or len(hit) > max(FEW, len(paths) // 2) or len(found) > FEW:
        return None
    return found, hit


def _parent(path: str) -> str:
    return path.rpartition("/")[0]


def _by_folder(paths: set[str], rest: Collection[str]) -> list[str] | None:
    """`/p/*`, where folders hold nothing else; a page alone in its folder keeps its name."""
    folders: dict[str, set[str]] = defaultdict(set)
    for path in paths:
        folders[_parent(path)].add(path)
    if len(folders) > FEW // 2:
        return None
    found: list[str] = []
    for folder, inside in sorted(folders.items()):
        glob = f"{folder}/*"
        is_alone = len(inside) == 1 and (len(folders) > 1 or len(paths) == 1)
        if is_alone and (not folder or not _only(glob, rest)):
            found += inside
        elif _only(glob, rest):
            found.append(glob)
        elif len(inside) <= 3 and len(folders) > 1:
            found += sorted(inside)
        else:
            return None
    return found


def _by_tree(paths: set[str], rest: Collection[str]) -> list[str] | None:
    """`/shop/*/*`, `/*/p/*`, else `/shop/**`, where the folders are many."""
    by_depth: dict[int, list[list[str]]] = defaultdict(list)
    for path in paths:
        steps = path.split("/")[1:]
        by_depth[len(steps)].append(steps)
    found = []
    for depth in sorted(by_depth):
        columns = [set(column) for column in zip(*by_depth[depth], strict=True)]
        glob = "/" + "/".join(next(iter(c)) if len(c) == 1 else "*" for c in columns)
        is_vague = set(glob.split("/")) == {"", "*"}
        if "*" not in glob or is_vague or not _only(glob, rest):
            return _below(paths, rest)
        found.append(glob)
    return found


def _below(paths: set[str], rest: Collection[str]) -> list[str] | None:
    firsts = {path.split("/")[1] for path in paths}
    if len(firsts) != 1 or len(paths) < 2:
        return None
    glob = f"/{firsts.pop()}/**"
    return [glob] if _only(glob, rest) else None


def _by_name(paths: set[str], rest: Collection[str]) -> list[str] | None:
    """`/product-*`, where the names in one folder begin or end alike."""
    folders = {_parent(path) for path in paths}
    names = [path.rpartition("/")[2] for path in paths]
    if len(folders) != 1 or len(names) < 2:
        return None
    folder, start = folders.pop(), _shared(names)
    end = _shared([name[::-1] for name in names])[::-1]
    for glob in (f"{folder}/{start}*", f"{folder}/*{end}", f"{folder}/{start}*{end}"):
        if len(glob) > len(folder) + 3 and _only(glob, rest):
            return [glob]
    return None


def _shared(names: list[str]) -> str:
    """What all names begin with, up to a sign that parts words."""
    first, last = min(names), max(names)
    same = next((n for n, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first))
    cut = max((first.rfind(sign, 0, same) for sign in "-_."), default=-1)
    return first[: cut + 1]


def _only(glob: str, rest: Collection[str]) -> bool:
    return not globs.fault(glob) and not any(globs.matches(glob, path) for path in rest)
