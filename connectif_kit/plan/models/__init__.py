"""The shape of `connectif.yaml`. Keys that speak of tags and events are derived from the vocabulary."""

from connectif_kit.plan.models.catalog import Catalog, Condition
from connectif_kit.plan.models.consent import Consent
from connectif_kit.plan.models.events import ACTIONS, OPTIONS, EventBase, EventRule, Trigger
from connectif_kit.plan.models.pages import PAGE_DATA, Page, PageBase, PageInfo
from connectif_kit.plan.models.plan import Plan, builtin
from connectif_kit.plan.models.store import ENVIRONMENTS

__all__ = [
    "ACTIONS",
    "ENVIRONMENTS",
    "OPTIONS",
    "PAGE_DATA",
    "Catalog",
    "Condition",
    "Consent",
    "EventBase",
    "EventRule",
    "Page",
    "PageBase",
    "PageInfo",
    "Plan",
    "Trigger",
    "builtin",
]
