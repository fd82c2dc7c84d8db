"""How much findings count in this site."""

from __future__ import annotations

from typing import Literal

from connectif_kit.core.diagnostics import Severity
from connectif_kit.plan.models.types import Texts
from connectif_kit.plan.shapes import Field
from connectif_kit.plan.source import Model


class Auditing(Model):
    """Which rules count in this site, and how much: in reports, the preview and for the plan itself."""

    ignore: Texts = Field([], description="Rules to leave out.")
    rules: dict[str, Literal["error", "warning", "notice", "off"]] = Field(
        {}, description="A rule's severity here, in place of its own; `off` leaves it out."
    )

    @property
    def off(self) -> list[str]:
        """The rules that are left out."""
        return [*self.ignore, *(name for name, severity in self.rules.items() if severity == "off")]

    def severity(self, name: str) -> Severity | None:
        """A rule's severity here, if the plan says one."""
        given = self.rules.get(name, "off")
        return None if given == "off" else Severity(given)

    def places(self) -> dict[str, tuple[str | int, ...]]:
        """Every rule that is named, and where."""
        ignored = {name: ("audit", "ignore", index) for index, name in enumerate(self.ignore)}
        return {**ignored, **{name: ("audit", "rules", name) for name in self.rules}}
