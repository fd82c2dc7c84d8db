"""Our `dataclass` keeps the standard one's promises."""

from __future__ import annotations

from dataclasses import asdict, field, replace

from connectif_kit.core.records import dataclass


@dataclass(frozen=True, slots=True)
class _Value:
    name: str
    parts: tuple[int, ...] = ()
    note: str = field(default="", compare=False)

    def _shown(self) -> str:
        """A method of a class's own, under whatever name."""
        return self.name

    def _compared(self) -> str:
        return self.name


@dataclass(slots=True)
class _Open:
    names: list[str] = field(default_factory=list)


def test_a_frozen_one_is_a_value() -> None:
    """Equal and of one hash by its compared fields, replaced and taken apart."""
    one, other = _Value("a", (1,), "x"), _Value("a", (1,), "y")
    assert (one, hash(one)) == (other, hash(other))
    assert one != _Value("b", (1,))
    assert replace(one, name="b") == _Value("b", (1,))
    assert asdict(one) == {"name": "a", "parts": (1,), "note": "x"}
    assert repr(one).endswith("_Value(name='a', parts=(1,), note='x')")
    assert one._shown() == one._compared() == "a"


def test_an_open_one_is_equal_and_has_no_hash() -> None:
    """As a list is."""
    assert _Open(["a"]) == _Open(["a"]) != _Open()
    assert _Open.__hash__ is None
