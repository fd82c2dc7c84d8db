"""How the plan says that a catalogue file is read: its preset, its filter, its mapping, its context."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from datetime import date
from typing import BinaryIO

from connectif_kit.catalog.fields import Context
from connectif_kit.catalog.presets import Preset, Settings, known
from connectif_kit.catalog.presets.google_merchant import heed
from connectif_kit.catalog.row import Row, Rows, one_by_one
from connectif_kit.catalog.rows import rows
from connectif_kit.catalog.where import Where
from connectif_kit.core.day import today
from connectif_kit.core.diagnostics import Place
from connectif_kit.core.records import dataclass
from connectif_kit.plan.loaded import LoadedPlan
from connectif_kit.plan.models import Catalog
from connectif_kit.plan.source import Source
from connectif_kit.plan.sources.path import Path


@dataclass(frozen=True, slots=True)
class Reading:
    """What stands between a file's rows and the mapper; the day is that on which prices must hold."""

    catalog: Catalog
    fields: Mapping[str, Source]
    context: Context
    places: Mapping[str, Place] = field(default_factory=dict)
    preset: Preset | None = None
    combinations: Callable[[], BinaryIO] | None = None
    today: date = field(default_factory=today)

    @classmethod
    def of(cls, loaded: LoadedPlan, combinations: Callable[[], BinaryIO] | None = None) -> Reading:
        """As a plan says it; `combinations` opens the file that it names so."""
        plan, catalog = loaded.plan, loaded.plan.catalog
        preset = known()[catalog.preset] if catalog.preset else None
        context = Context(
            store_url=plan.store.url,
            url=catalog.url or (preset.export.url if preset else None) or None,
            plan={name: loaded.place("catalog", "fields", name) for name in catalog.fields},
            currency=plan.store.currency,
            rates=catalog.rates,
            currency_path=catalog.currency,
            time_zone=plan.store.time_zone,
            entities=True,
        )
        places = {path: loaded.place("catalog", "where", path) for path in catalog.where}
        return cls(catalog, {**_mapped(preset), **catalog.fields}, context, places, preset, combinations)

    @property
    def variants(self) -> bool:
        """Whether several rows may be variants of what one page shows."""
        return self.preset is not None

    def where(self) -> Where | None:
        """The plan's filter, fresh for one pass."""
        return Where(self.catalog.where, self.places) if self.catalog.where else None

    def wanted(self, found: Iterator[Row], left_out: Counter[str]) -> Iterator[Row]:
        """The rows that the preset and the plan's filter leave; at the end, what is wrong with the filter."""
        where = self.where()
        for row in one_by_one(self.rows(found, left_out)):
            if where is None or not row.data or where.wants(row.data):
                yield row
            else:
                left_out["rows that `where` does not want"] += 1
        for problem in where.reported() if where else ():
            yield Row(Place(problem.place.path, problem.place.line), {}, problem)

    def rows(self, found: Rows, left_out: Counter[str]) -> Rows:
        """A file's rows as the preset makes them; `left_out` counts what it leaves out on purpose."""
        first, vat = self.catalog.variants == "first", self.catalog.vat
        settings = Settings(self.today, first, vat, left_out, self._combinations())
        return self.preset.read(one_by_one(found), settings) if self.preset else heed(found, settings)

    def _combinations(self) -> Iterator[Row]:
        if self.combinations is not None:
            with self.combinations() as stream:
                yield from rows(str(self.catalog.combinations), stream)


def _mapped(preset: Preset | None) -> dict[str, Source]:
    """A preset's properties, under their own names."""
    names = preset.names if preset else ()
    numbers = preset.numbers if preset else ()
    return {name: Path(path=name, number="auto" if name in numbers else None) for name in names}
