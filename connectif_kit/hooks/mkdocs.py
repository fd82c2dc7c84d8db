"""MkDocs: a plugin that waits for `on_post_build`."""

from connectif_kit.hooks import Hook

HOOK = Hook("MkDocs", "plugins: [search, connectif-kit]")
