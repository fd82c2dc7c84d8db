"""A value of an object that is worked out when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

_T = TypeVar("_T")


class once(Generic[_T]):  # noqa: N801 - read as a decorator
    """`functools.cached_property` without the lock that it takes before Python 3.12, for objects with a dict.

    A page has some fifteen such values, and the lock takes longer than most of them.
    """

    def __init__(self, work: Callable[[Any], _T]) -> None:
        self._work = work
        self.__doc__ = work.__doc__

    def __set_name__(self, _: type, name: str) -> None:
        self._name = name

    def __get__(self, owner: Any, _: type | None = None) -> _T:
        value = owner.__dict__[self._name] = self._work(owner)
        return value
