"""Plain HTML, to be filled in by hand or by a script."""

from connectif_kit.build.targets.target import Target

HTML = Target(
    name="html",
    doc="Plain HTML with examples as values.",
    suffix=".html",
    comment=("<!-- ", " -->"),
    usage="copy it and fill in the values, escaped",
)
