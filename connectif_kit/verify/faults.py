"""What `verify` can find, each fault named once, and the findings of one run."""

from __future__ import annotations

from dataclasses import field

from connectif_kit.core.diagnostics import Diagnostic, Place, Severity
from connectif_kit.core.faults import Fault
from connectif_kit.core.messages import say
from connectif_kit.core.records import dataclass
from connectif_kit.reports import Report
from connectif_kit.reports.causes import FindingGroups


@dataclass(frozen=True, slots=True)
class FindingKind:
    """A kind of finding: its name, and what to do about it."""

    name: str
    hint: str = ""
    severity: Severity = Severity.ERROR


MISSING_LOADER = FindingKind("missing-loader", say("`connectif-kit inject` adds it"))
CLIENT_NOT_LOADED = FindingKind(
    "client-not-loaded", say("the loader is in the page and does not run: see the browser's console")
)
CSP_BLOCKS_CLIENT = FindingKind(
    "csp-blocks-client", say("`connectif-kit explain csp-blocks-client` lists what the policy must allow")
)
UNREAD_POLICY = FindingKind(
    "unread-policy",
    say("hold it against the end of connectif/checklist.html, or verify the published address"),
    Severity.WARNING,
)
DUPLICATE_LOADER = FindingKind(
    "duplicate-loader", say("keep one loader: with two, every event is sent and billed twice")
)
WRONG_STORE = FindingKind("wrong-store", say("run `connectif-kit inject`, and take hand-written loaders out"))
PAGE_ERROR = FindingKind("page-error", say("fix the script first: what comes after the error does not run"))
UNREACHED_SCRIPT = FindingKind(
    "unreached-script",
    say("nothing outside this machine is asked unless `--allow HOST` names it"),
    Severity.WARNING,
)
MISSING_DISPATCHER = FindingKind(
    "missing-dispatcher", say("`connectif-kit inject` writes the file and asks for it")
)
MISSING_TAG = FindingKind("missing-tag", say("`connectif-kit inject` adds it"))
TAG_ONLY_IN_BROWSER = FindingKind(
    "tag-only-in-browser", say("the platform reads the page without JavaScript: write the tag at build time")
)
RAW_DIFFERS = FindingKind(
    "raw-differs-from-live",
    say("the platform reads the HTML as it is served: correct it there, or stop changing it"),
)
MISSING_EVENT = FindingKind("missing-event")
LATE_DATA = FindingKind(
    "late-data",
    say("have the data in the HTML, or there within four seconds; the visit was reported without it"),
)
DUPLICATE_EVENT = FindingKind(
    "duplicate-event", say("each event is billed: keep one of the two ways that report it")
)
UNEXPECTED_EVENT = FindingKind("unexpected-event", say("the plan does not promise it here: who sends it?"))
WRONG_VALUE = FindingKind("wrong-value")
DIFFERENT_VALUE = FindingKind("different-value", say("what is sent must be what the plan's source says"))
MISSING_TRIGGER = FindingKind(
    "missing-trigger", say("correct the selector in the plan, or put the element back")
)
EARLY_DATA_LAYER = FindingKind(
    "early-data-layer",
    say("push it after the loader, and never assign the dataLayer again once something is in it"),
)
CART_NOT_EMPTIED = FindingKind(
    "cart-not-emptied", say("report the empty cart too, or the platform takes it for an abandoned one")
)
CONSENT_NEVER_GIVEN = FindingKind(
    "consent-never-given", say("let the banner do what `integration.consent` waits for")
)
CONSENT_IGNORED = FindingKind("consent-ignored", say("nothing may load or be sent before the visitor agrees"))
MISSING_WORKER = FindingKind("missing-worker", say("copy the file to that path; `connectif-kit inject` does"))
BROKEN_WORKER = FindingKind("broken-worker", say("open the file in the browser and see its console"))
WORKER_WITHOUT_PUSH = FindingKind(
    "worker-without-push",
    say(
        "the worker needs `importScripts` of the platform's script: "
        "see `connectif-kit explain service_worker`"
    ),
)
WORKER_WITHOUT_CLICK = FindingKind(
    "worker-without-click",
    say(
        "the worker needs `importScripts` of the platform's script: "
        "see `connectif-kit explain service_worker`"
    ),
)
WORKER_CONFLICT = FindingKind(
    "worker-conflict",
    say(
        "let the page register only the platform's worker, with `service_worker: {import: /own-worker.js}`;"
        " or give it a path in a folder of its own"
    ),
)
STALE_PRODUCT = FindingKind(
    "stale-product", say("update tag and structured data before, or right after, the address changes")
)
NOT_IN_STORE = FindingKind(
    "not-in-store", say("`connectif-kit sync` sends it; what pages send may take some minutes")
)
DIFFERENT_IN_STORE = FindingKind("different-in-store", say("send it again with `connectif-kit sync`"))
REFUSED_BY_API = FindingKind(
    "refused-by-api", say("`connectif-kit fake-api` takes and refuses what the API does")
)
BROKEN_JOURNEY = FindingKind("broken-journey", say("correct the step in the plan's `journeys`, or the page"))
UNOPENED_PAGE = FindingKind("unopened-page", say("open it in a browser: what does a visitor see there?"))
HYDRATION_ERROR = FindingKind(
    "hydration-error",
    say("render the parts in the framework: `connectif-kit build --target jsx` writes them for React"),
)
CONSOLE_ERROR = FindingKind("console-error", say("see the browser's console on this page"))
OVER_BUDGET = FindingKind(
    "over-budget", say("`verify: {budget: …}` in the plan says how much our additions may cost")
)


TWO_LOADERS = (DUPLICATE_LOADER, CONSENT_IGNORED)
"""A second loader, known as such or because it asks nobody: that all events come twice follows from it."""


@dataclass(slots=True)
class Findings:
    """The findings of a run, those of one cause once."""

    all: list[Diagnostic] = field(default_factory=list)
    keys: set[tuple[str, str, str]] = field(default_factory=set)

    def add(
        self,
        fault: FindingKind,
        message: str,
        place: Place,
        plan: Place | None = None,
        element: str = "",
        hint: str = "",
    ) -> None:
        """One more; the same about the same page is one."""
        key = (fault.name, place.path, element or message)
        if key in self.keys:
            return
        self.keys.add(key)
        self.all.append(
            Diagnostic(fault.name, fault.severity, message, place, hint or fault.hint, plan, element)
        )

    def explain(self, old: Diagnostic, fault: FindingKind, message: str) -> None:
        """A finding whose cause is known now."""
        place, plan, element = old.place, old.plan, old.element
        self.all.remove(old)
        self.add(fault, message, place, plan, element)

    def has(self, *faults: FindingKind) -> bool:
        """Whether one of these was found anywhere."""
        return any(name == fault.name for name, _, _ in self.keys for fault in faults)

    def report(self, pages: int) -> Report:
        """All of them, for every format."""
        causes = FindingGroups()
        causes.add(self.all)
        findings, others = causes.reported()
        return Report(findings, pages, others=others)


MEANINGS = {
    CLIENT_NOT_LOADED: "The loader stands in the page, and yet the client was never asked for.",
    PAGE_ERROR: "A script of the page ended with an error.",
    UNREACHED_SCRIPT: "A script from another machine was not loaded, so what it does was not seen.",
    TAG_ONLY_IN_BROWSER: "A tag is written by a script. The platform runs none and does not see it.",
    RAW_DIFFERS: "A tag's value in the HTML as it is served is another than in the browser.",
    MISSING_EVENT: "The plan promises an event here, and it was not sent.",
    LATE_DATA: "What a page's visit should carry came too late; it was reported without.",
    DUPLICATE_EVENT: "One action was reported twice.",
    UNEXPECTED_EVENT: "An event was sent that the plan does not promise here.",
    WRONG_VALUE: "An event was sent with a value that the platform refuses or misreads.",
    DIFFERENT_VALUE: "An event was sent with another value than the plan's source has.",
    MISSING_TRIGGER: "Nothing on the page matches what the event waits for.",
    EARLY_DATA_LAYER: "A push to the dataLayer was lost: too early, or into one since replaced.",
    CART_NOT_EMPTIED: "The cart was emptied, and that was not reported.",
    CONSENT_NEVER_GIVEN: "What `integration.consent` waits for did not happen although the visitor agreed.",
    CONSENT_IGNORED: "Something was loaded or sent before the visitor agreed, or after that was taken back.",
    BROKEN_WORKER: "The service worker's file is there and does not run.",
    BROKEN_JOURNEY: "A journey of the plan cannot be completed: a page lacks what its step names.",
    UNOPENED_PAGE: "The browser could not open a page, or the page never came to its end.",
    HYDRATION_ERROR: "The framework could not take over the HTML with our additions; without them it can.",
    CONSOLE_ERROR: "The page logs an error with our additions that it does not log without them.",
    OVER_BUDGET: "Our additions cost the page more than `verify.budget` allows.",
    WORKER_WITHOUT_CLICK: "The service worker shows a push, and a click on it does nothing.",
    WORKER_CONFLICT: "The platform's service worker and one of the site's own take each other's place.",
    NOT_IN_STORE: "The pages show or send something that the account does not have.",
    DIFFERENT_IN_STORE: "The account has another value than the page.",
    REFUSED_BY_API: "The API refuses a contact or an order such as the pages send.",
    STALE_PRODUCT: "After a change of route the page still showed the last product's data.",
}
"""What a fault means that no rule of `audit` of the same name explains."""

FAULTS = (
    *(
        Fault(f.name, f.severity.value, doc, f.hint or "Follow the finding's hint.")
        for f, doc in MEANINGS.items()
    ),
    Fault(
        "no-browser",
        "error",
        "There is no browser that could be driven, or it could not be started.",
        "Follow the hint; `connectif-kit doctor` says what is missing.",
    ),
    Fault(
        "browser-failed",
        "error",
        "The browser gave up in the middle of the run: it crashed, was closed, or lost the page.",
        "Run it again; with `--browser` or CONNECTIF_KIT_BROWSER another browser can be taken.",
    ),
    Fault(
        "bad-command",
        "error",
        "The command of `--command` could not be started, ended, or brought no server up.",
        "Try the command alone; the address must be the one that its server listens at.",
    ),
    Fault(
        "bad-recording",
        "error",
        "The file of `--journey` is not a session that `serve --record` has written.",
        "Write one with `connectif-kit serve --record FILE`, and go through the shop.",
    ),
    Fault(
        "unreachable-site",
        "error",
        "The site's server gave no answer.",
        "Open the address in a browser; `--header`, `--auth` or `--storage-state` let a staging site in.",
    ),
)
