"""What can be wrong with products, in a file, in a page or on their way into the feed."""

from __future__ import annotations

from connectif_kit.core.faults import Fault

FAULTS = (
    Fault(
        "catalog-file",
        "error",
        "The file that `catalog.source` names is missing, or is an address.",
        "The path counts from the plan's folder. Download what is published before the kit runs.",
    ),
    Fault(
        "catalog-format",
        "error",
        "The catalogue's format is unknown, or the file's name does not say which it is.",
        "Use a name that ends as the hint says. For `sync`, `--input` names the format.",
    ),
    Fault(
        "no-catalogue",
        "notice",
        "`build` found no file where `catalog.source` says; the integration is built, and `inject` and"
        " `feed` will need it.",
        "The path counts from the plan's folder; perhaps your generator has not written it yet.",
    ),
    Fault(
        "bad-product",
        "notice to error",
        "A product of the catalogue or of a page has a value that the platform would refuse or misread:"
        " a price that can be read in two ways, an address that is none, a required property that is"
        " missing. An error means that the product or the value is left out, never guessed.",
        "Correct the row or the page, or the source under `catalog.fields` (`split`, `map`, `number`, …).",
    ),
    Fault(
        "missing-product-data",
        "error",
        "A product page gives no product: its address is in no row of the catalogue, or the page has no"
        " structured data of the kinds that `product:` names.",
        "Follow the hint; `connectif-kit explain product` shows the ways.",
    ),
    Fault(
        "malformed-json-ld",
        "notice or warning",
        "A JSON-LD script of the page is not valid JSON. A notice: it could be read all the same. A warning:"
        " it could not, and search engines cannot either.",
        "Correct the script in your theme, most often an unescaped quote or a comma too many.",
    ),
    Fault(
        "product-data-disagrees",
        "warning",
        "Two descriptions of a product on one page contradict each other, or the product's own address is"
        " another page's. The first kind that `product:` names counts.",
        "Correct the page, or name the kinds that count: `product: [json-ld, microdata]`.",
    ),
    Fault(
        "unauthorised-url",
        "error",
        "A product's address is outside the store's authorised domains, where the platform refuses it;"
        " `feed` leaves the product out.",
        "Correct the address, or add its domain to `store.domains` and in the store's settings.",
    ),
    Fault(
        "repeated-product",
        "error",
        "Rows of the catalogue repeat an id. The platform knows one product by an id: the first is kept,"
        " and the others are left out of the feed.",
        "Give each variant its own id, the one that tags and purchases carry too.",
    ),
    Fault(
        "control-character",
        "warning",
        "A product's text holds characters that XML cannot carry; the feed is written without them.",
        "Remove them where the catalogue comes from.",
    ),
    Fault(
        "list-separator",
        "error",
        "A value of a list holds the character that separates values in the platform's import; the product is"
        " left out of the CSV feed.",
        "Replace the character in the catalogue.",
    ),
    Fault(
        "no-currency",
        "warning",
        "Google's format wants a currency beside each price, and the plan has none.",
        "Add `currency: EUR`, or yours, to `store`.",
    ),
)
