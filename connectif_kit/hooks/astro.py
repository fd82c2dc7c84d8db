"""Astro: an integration that waits for `astro:build:done`."""

from connectif_kit.hooks import Hook

HOOK = Hook(
    "Astro",
    'import connectif from "./connectif-hook.mjs"; and integrations: [connectif()]',
    "astro.mjs",
)
