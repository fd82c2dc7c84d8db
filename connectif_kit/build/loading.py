"""Plan → the loader's parts and data, and those of a consent, which loader and dispatcher share."""

from __future__ import annotations

from connectif_kit.plan.models import Consent, Plan
from connectif_kit.vocabulary.kinds import Json


def consent_parts(plan: Plan, *, loader: bool = False) -> list[str]:
    """The parts that know whether the visitor agrees; the loader asks the dispatcher for a module's word."""
    consent = plan.integration.consent
    if consent is None:
        return []
    kinds = consent_kinds(consent)
    return ["consent", *(f"consent/{'kit' if loader and k == 'module' else k}" for k in kinds)]


def consent_kinds(consent: Consent) -> list[str]:
    """What a consent rests on: an event, a state, or both."""
    names = {"event": consent.event, "cookie": consent.cookie, "storage": consent.storage}
    names |= {"global": consent.global_, "google": consent.google, "module": consent.module}
    return [name for name, given in names.items() if given is not None]


def consent_data(plan: Plan) -> Json:
    """A consent as its parts read it."""
    consent = plan.integration.consent
    return consent.model_dump(by_alias=True, exclude_none=True) if consent else None


def loader_data(plan: Plan) -> dict[str, Json]:
    """What the loader reads."""
    how = plan.integration
    client = f"https://cdn.connectif.cloud/{plan.store.environment}/client-script/{plan.store.id}"
    made: dict[str, Json] = {"key": plan.store.id, "client": client}
    made |= {"nonce": bool(how.nonce), "consent": consent_data(plan)}
    made["layer"] = how.data_layer_name if how.consent and how.consent.google else None
    return {name: value for name, value in made.items() if value}


def loader_parts(plan: Plan) -> list[str]:
    """The loader's parts, in the order in which they must stand."""
    gate = consent_parts(plan, loader=True)
    return ["shown", *gate, "loader", "loader_gate" if gate else "loader_free"]
