"""A language of curly braces."""

from connectif_kit.build.targets.target import Target

CURLY = Target(
    name="curly", doc="Curly braces.", suffix=".curly", comment=("{*", "*}"), usage="{file}", parts=()
)
