"""The plugin that MkDocs finds under the name `connectif-kit`; only MkDocs imports this file."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin

from connectif_kit.hooks._checked import checked


class Plugin(BasePlugin):  # type: ignore[type-arg, no-untyped-call]  # one without options
    """Checks the site once it is written; `mkdocs serve` builds elsewhere and is left alone."""

    def __init__(self) -> None:
        self.serves = False

    def on_startup(self, *, command: str, dirty: bool) -> None:  # noqa: ARG002 - MkDocs' signature
        """Remember which command it is."""
        self.serves = command == "serve"

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Check. Raises PluginError, with which MkDocs ends."""
        if self.serves:
            return
        if why := checked(config.site_dir, str(Path(config.config_file_path).parent)):
            raise PluginError(why)
