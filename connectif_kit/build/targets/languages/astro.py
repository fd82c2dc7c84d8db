"""Astro components. https://docs.astro.build/en/basics/astro-components/"""

from connectif_kit.build.targets.target import Target


def _component(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("-"))


ASTRO = Target(
    name="astro",
    doc="Astro components; variables are props.",
    suffix=".astro",
    comment=("{/* ", " */}"),
    usage="import it from connectif/{file}; the variables are its props",
    home="src/connectif",
    file=_component,
    script="is:inline",
)
