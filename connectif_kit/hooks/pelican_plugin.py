"""The plugin that Pelican loads by its name in `PLUGINS`; only Pelican imports this file."""

from __future__ import annotations

from pathlib import Path

from pelican import Pelican, signals  # type: ignore[import-untyped]  # Pelican has no types

from connectif_kit.hooks._checked import checked


def register() -> None:
    """Called by Pelican when it loads its plugins."""
    signals.finalized.connect(_check)


def _check(pelican: Pelican) -> None:
    """Check. Raises RuntimeError, with which Pelican ends."""
    settings = pelican.settings
    folder = Path(settings.get("PATH") or ".").resolve()
    planned = next(
        (each for each in (folder, *folder.parents) if (each / "connectif.yaml").is_file()), folder
    )
    if why := checked(settings["OUTPUT_PATH"], str(planned)):
        raise RuntimeError(why)
