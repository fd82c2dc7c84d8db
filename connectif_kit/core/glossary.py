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
    Word(
        "connectif.yaml",
        "the plan",
        "The one file that says which pages your store has, what is on them and what happens there. Every"
        " command reads it, from its folder or one below; `connectif-kit new --here` writes a first one.",
    ),
    Word(
        "connectif.schema.json",
        "the plan's JSON Schema",
        "For completion and checks in an editor; the plan's first line names it. `connectif-kit schema`"
        " prints it. It is no part of the site.",
    ),
    Word(
        "dataLayer",
        "a list in the page",
        "Where Google Tag Manager and GA4 read what happens: `dataLayer.push({event: …})`. A plan listens"
        " with `on: {data_layer: NAME}` and reads with `{data_layer: NAME, path: …}`.",
        "events:\n  news: {on: {data_layer: newsletter}, send: newsletter-subscribe, email: {detail: email}}",
    ),
    Word(
        "sendEvents",
        "a function of the platform's client",
        "`connectif.managed.sendEvents([…])` is how the dispatcher reports, and what a hand-made integration"
        " calls. What is sent by hand and by the plan is reported twice.",
    ),
    Word(
        "connectif",
        "the folder that `build` writes",
        "Beside the plan, unless `-o` names another: loader, dispatcher, tags, service worker and checklist."
        " `build` makes it again at any time, so git may leave it out. In tests, the fixture of that name"
        " says what the page has sent.",
    ),
    Word(
        "data-cn-alias",
        "an attribute of the platform",
        "Beside `data-cn-track-click`, on a link: the client reports a click on it under that name. A link"
        " without an alias is not reported.",
        '<a href="/sale/" data-cn-track-click data-cn-alias="sale">Sale</a>',
    ),
    Word(
        "journal",
        "what a test has seen sent",
        "In tests with the fixture `connectif`, or with playwright.mjs: everything that the page has sent so"
        " far, in order. `expect` waits for one.",
    ),
    Word(
        "parser",
        "what reads HTML",
        "turbohtml where it has a wheel, else html5lib, more slowly and with the same findings. The"
        " environment variable CONNECTIF_KIT_PARSER chooses.",
    ),
    Word(
        "CONNECTIF_API_KEY",
        "an environment variable",
        "The key that `sync` and `verify` call the API with. It never stands in the plan, and is never"
        " shown.",
    ),
    Word(
        "CONNECTIF_KIT_BROWSER",
        "an environment variable",
        "The browser's program for `verify` and `demo`, where it is not found by itself.",
    ),
    Word(
        "NO_COLOR",
        "an environment variable",
        "Set to anything, it takes colours and links from what is printed. FORCE_COLOR and FORCE_HYPERLINK"
        " ask for them where the output is no terminal.",
    ),
)
ALIASES = {
    "targets": "target",
    "plan": "connectif.yaml",
    "data-cn-track-click": "data-cn-alias",
    "element": "context",
    "object": "context",
    "turbohtml": "parser",
    "html5lib": "parser",
    "CONNECTIF_KIT_PARSER": "parser",
    "FORCE_COLOR": "NO_COLOR",
    "FORCE_HYPERLINK": "NO_COLOR",
    "connectif-kit.cart": "mirror",
    "connectif-events.min.js": "dispatcher",
    "connectif-events.dev.js": "dispatcher",
    "disable-next": "suppression",
    "presets": "preset",
    ".connectif": "state folder",
    "marks": "mark",
    "connectif-events.js": "dispatcher",
    "checklist.html": "checklist",
    "connectif-kit-disable": "suppression",
    "connectif-kit-disable-next": "suppression",
}
