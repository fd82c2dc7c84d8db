"""`dataclass` for the kit: checkers see the standard one, and a class is made in a third of the time.

The standard one compiles up to seven methods for each class; a command that loads a hundred of them spends
40 ms, a fifth of its start, on methods that few runs call. Here only `__init__` is compiled. What is `frozen`
is so for the type checker, and by its hash; nothing refuses an assignment when the program runs.
"""

from __future__ import annotations

from dataclasses import dataclass as _standard
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(cls: type | None = None, /, *, frozen: bool = False, order: bool = False, **options: Any):
        """As `dataclasses.dataclass`."""
        if order:
            return _standard(cls, frozen=frozen, order=order, **options)
        make = _standard(eq=False, repr=False, **options)

        def made(given: type) -> type:
            own = vars(given)
            record = make(given)
            fields = record.__dataclass_fields__.values()
            record.__compared__ = tuple(each.name for each in fields if each.compare and _is_field(each))
            record.__shown__ = tuple(each.name for each in fields if each.repr and _is_field(each))
            methods = {"__eq__": _equal, "__repr__": _written, "__hash__": _hashed if frozen else None}
            for name, method in methods.items():
                if name not in own:
                    setattr(record, name, method)
            return record

        return made(cls) if cls else made

    def _is_field(each: Any) -> bool:
        return each._field_type.name == "_FIELD"

    def _equal(self: Any, other: object) -> bool:
        if type(self) is not type(other):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in self.__compared__)

    def _hashed(self: Any) -> int:
        return hash(tuple([getattr(self, name) for name in self.__compared__]))

    def _written(self: Any) -> str:
        values = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__shown__)
        return f"{type(self).__qualname__}({values})"


__all__ = ["dataclass"]
