"""Words that reports, logs and help print and that are not a key, rule, tag or event: what each means."""

from __future__ import annotations

from connectif_kit.core.records import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """A word, what it is in three words, and its explanation."""

    name: str
    what: str
    doc: str
    example: str = ""


WORDS = (
    Word(
        "error",
        "a severity",
        "Data is lost or wrong until it is fixed. The exit status is 1.",
    ),
    Word(
        "warning",
        "a severity",
        "Data may be lost. The exit status is 1, as with an error.",
    ),
    Word(
        "notice",
        "a severity",
        "Advice. A run with notices alone is clean: its exit status is 0.",
    ),
    Word(
        "context",
        "the argument of a `module:` file",
        "What the function that a module exports is called with. `detail`: what the event brought, such"
        " as the `detail` of a DOM event or the dataLayer's entry. `element`: the element that triggered"
        " it. `object`: what is being mapped, such as one line of the cart. Each is undefined where there"
        " is none. A promise may be returned: the event waits for it. Under `consent`, the function gets"
        " an empty object and returns true or false.",
        "export default function (context) {\n  return context.element.dataset.size;\n}",
    ),
    Word(
        "mirror",
        "the dispatcher's own copy of a cart",
        "GA4's add_to_cart and remove_from_cart say what changed and never what the cart holds. Where the"
        " plan reads the cart from them, the dispatcher keeps a copy in localStorage under"
        " `connectif-kit.cart`, with an id of its own, until the purchase, or until consent is withdrawn"
        " or another contact is seen.",
        "cart: {data_layer: [add_to_cart, remove_from_cart, view_cart]}",
    ),
    Word(
        "dispatcher",
        "a file that `build` writes",
        "`connectif-events.js`: it reads the plan's sources on each page and sends the plan's events to the"
        " platform's client. `connectif-events.min.js` is the same without comments, for production.",
    ),
    Word(
        "loader",
        "a file that `build` writes",
        "The inline script that fetches the platform's client for your store. It stands once in each page,"
        " and waits where the plan has `consent`.",
    ),
    Word(
        "checklist",
        "a file that `build` writes",
        "`connectif/checklist.html`: the store settings that go with this plan, and the vendor's own steps to"
        " validate the integration.",
    ),
    Word(
        "stand-in",
        "the client of `serve`",
        "A script that takes the place of the vendor's client in the preview: it checks each tag and"
        " event and says aloud what the real client drops in silence. It sends nothing but to your own"
        " machine.",
    ),
    Word(
        "baseline",
        "a file of `audit`",
        "What was found on the day it was written. `audit --baseline FILE` reports only what is new since;"
        " `--update-baseline` writes it.",
    ),
    Word(
        "shard",
        "a part of a large site",
        "`audit --shard 1/4` looks at every fourth page; `audit --merge` joins the JSON reports of all four.",
    ),
    Word(
        "state folder",
        "where the kit keeps what it must remember",
        "`.connectif/` beside the plan: the ledger of `sync`, rejected rows, the cache of `audit`. It is"
        " private: git leaves it out, and it must not be published.",
    ),
    Word(
        "target",
        "a template language of `build --target`",
        "The tags as includes in the language of your site's templates, for pages that a server renders.",
    ),
    Word(
        "preset",
        "a shop system's export",
        "`catalog.preset` says which shop system wrote the file, so that its columns need no `fields`.",
        "catalog: {preset: woocommerce, source: products.csv}",
    ),
    Word(
        "suppression",
        "a comment that switches a rule off",
        "It holds for its page, from there on; `connectif-kit-disable-next` holds for the next element.",
        "<!-- connectif-kit-disable visible-tag: the theme's style sheet hides it -->",
    ),
    Word(
        "mark",
        "a comment around what `inject` wrote",
        "Everything between a pair of marks is the kit's and is renewed or removed by it; everything"
        " outside is yours and keeps every byte.",
    ),
)
ALIASES = {
    "targets": "target",
    "presets": "preset",
    ".connectif": "state folder",
    "marks": "mark",
    "connectif-events.js": "dispatcher",
    "checklist.html": "checklist",
    "connectif-kit-disable": "suppression",
    "connectif-kit-disable-next": "suppression",
}
