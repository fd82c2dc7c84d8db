"""React components, in TypeScript's form. https://react.dev/reference/react-dom/components/common

They are what a document needs that React hydrates whole: Next.js's App Router, React Router.
"""

from connectif_kit.build.targets.target import Target


def _component(name: str) -> str:
    # The product that is shown is the one component that everybody looks for by its thing.
    name = name.removesuffix("-visited")
    return "Connectif" + "".join(part.capitalize() for part in name.split("-"))


JSX = Target(
    name="jsx",
    doc="React components: Next.js, React Router; variables are props.",
    suffix=".tsx",
    comment=("/* ", " */"),
    usage="import it from connectif/{file}; the variables are its props",
    home="src/connectif",
    file=_component,
    notes=(
        "A document that React hydrates whole keeps only what React has rendered. In the root layout:\n\n"
        "    <body><ConnectifLayout>{children}</ConnectifLayout></body>\n\n"
        "and on a product's page:\n\n"
        "    <ConnectifProduct product={{ product_id: sku, name, url, unit_price: price }} />\n\n"
        "`inject` then brings the files that they load, and leaves the pages as React wrote them. Links of\n"
        "the app change the page without loading one: say `integration: {spa: true}` in the plan."
    ),
    parts=("loader", "events", "layout", "values"),
)
