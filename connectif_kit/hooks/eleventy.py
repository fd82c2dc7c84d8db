"""Eleventy: a plugin that waits for `eleventy.after`."""

from connectif_kit.hooks import Hook

HOOK = Hook(
    "Eleventy",
    'import connectif from "./connectif-hook.mjs"; and eleventyConfig.addPlugin(connectif);',
    "eleventy.mjs",
)
