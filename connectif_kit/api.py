"""What other programs may call; `from connectif_kit import load_plan` loads it when it is first asked for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from connectif_kit.audit.page_run import PageInput, RuleSet, audit, chosen
from connectif_kit.build import render
from connectif_kit.catalog import lookup
from connectif_kit.core.diagnostics import Diagnostic, KitError, Place, Severity
from connectif_kit.core.records import dataclass
from connectif_kit.inject.page import inject, kit_for, located, strip
from connectif_kit.page.html import decode
from connectif_kit.plan.loaded import LoadedPlan
from connectif_kit.plan.workspace import module_reader, plan_here

__all__ = [
    "Diagnostic",
    "InjectedPage",
    "KitError",
    "LoadedPlan",
    "Place",
    "Severity",
    "audit_page",
    "inject_page",
    "load_plan",
    "render_plan",
]


@dataclass(frozen=True, slots=True)
class InjectedPage:
    """A page with the integration in it, what there is to say of it, and its kind in the plan, if any.

    `data` is in the encoding of the page that was given; where a finding is an error, it is that page.
    """

    data: bytes
    findings: tuple[Diagnostic, ...]
    kind: str | None


def load_plan(path: str | Path | None = None) -> LoadedPlan:
    """The plan in a file; without one, `connectif.yaml` here or in a folder above.

    Raises KitError with every mistake at its line. What is only doubtful is in `LoadedPlan.notes`.
    """
    return plan_here(None if path is None else Path(path))[0]


def render_plan(loaded: LoadedPlan) -> dict[str, str]:
    """Path below `connectif/` → text of every file that `connectif-kit build` writes; nothing is written.

    The same plan gives the same bytes. Files of `module:` sources are read, from the plan's folder.
    Raises KitError where one is missing or exports more than a function.
    """
    return render(loaded, module_reader(_folder(loaded)))


def inject_page(page: bytes, url_path: str, loaded: LoadedPlan, *, path: str = "") -> InjectedPage:
    """A built page with loader, tags and dispatcher, as `connectif-kit inject` leaves it.

    `url_path` is the path of the page's address, such as `/p/mug/`; findings name the page by `path`.
    What an earlier run has put in is replaced; what somebody has edited in it is an error, and nothing
    changes. The catalogue of the plan is read. Raises KitError where catalogue or modules cannot be read.
    """
    source = decode(path or url_path, page)
    stripped = strip(source)
    if stripped.problems:
        return InjectedPage(page, stripped.problems, None)
    bare = replace(source, text=stripped.text)
    product, problems = lookup(loaded, _folder(loaded))
    injected = inject(bare, url_path, kit_for(loaded, render_plan(loaded)), product)
    findings = located(injected.notes, bare, replace(source, text=injected.text))
    return InjectedPage(source.encode(injected.text), (*problems, *findings), injected.page)


def audit_page(
    page: bytes, url_path: str, loaded: LoadedPlan | None = None, *, path: str = ""
) -> tuple[Diagnostic, ...]:
    """What the rules on pages find in a page, in the order of its lines.

    `url_path` is the path of the page's address; findings name the page by `path`. Without a plan, rules
    that hold pages against one are left out. Rules across pages see no single page and are left out too.
    Comments in the page that suppress findings count.
    """
    given = PageInput(path or url_path, page, url_path)
    return tuple(audit(given, loaded, RuleSet(chosen(), planned=loaded is not None)).findings)


def _folder(loaded: LoadedPlan) -> Path:
    return Path(loaded.document.path).resolve().parent
