"""Pelican: a plugin that waits for its `finalized` signal."""

from connectif_kit.hooks import Hook

HOOK = Hook("Pelican", 'PLUGINS = ["connectif_kit.hooks.pelican_plugin"]')
