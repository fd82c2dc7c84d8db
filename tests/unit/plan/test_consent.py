"""A consent that cannot be meant is refused with what to write; what can be meant is taken."""

from __future__ import annotations

from typing import Any

import pytest

from connectif_kit.core.diagnostics import KitError
from connectif_kit.plan.load import load
from tests.browser.shop import written


def plan(consent: object) -> bytes:
    return written({"integration": {"consent": consent}}).encode()


MEANT: list[dict[str, Any]] = [
    {"event": "consent:granted"},
    {"event": ["a", "b"], "withdrawn": "c"},
    {"event": "cc:onConsent", "detail": "cookie.categories", "value": "marketing"},
    {"event": "a", "detail": ""},
    {"event": "a", "cookie": "b", "path": "c", "value": "d"},
    {"cookie": "a"},
    {"storage": "a", "path": "b.c"},
    {"global": "a.b", "value": "c"},
    {"google": "ad_storage"},
    {"google": ["ad_storage", "analytics_storage"]},
    {"module": "./agreed.js"},
]
REFUSED: list[tuple[dict[str, Any], str, str]] = [
    ({"event": "a", "value": "b"}, "`value` means nothing beside `event`", "cookie, storage, global"),
    ({"google": "ad_storage", "value": "granted"}, "`value` means nothing beside `google`", "granted"),
    ({"module": "./a.js", "value": "b"}, "`value` means nothing beside `module`", "true or false"),
    ({"global": "a", "path": "b"}, "`path` means nothing beside `global`", "global: a.b"),
    ({"cookie": "a", "detail": "b"}, "`detail` means nothing beside `cookie`", "name the event"),
    ({"cookie": "a", "withdrawn": "b"}, "`withdrawn` means nothing beside `cookie`", "takes back"),
    ({"cookie": "a", "storage": "b"}, "two consents at once: cookie and storage", "keep one"),
    ({"event": "e", "cookie": "a", "global": "b"}, "two consents at once: cookie and global", "keep one"),
    ({"event": "e", "detail": "d", "cookie": "a"}, "`detail` and `cookie` are two states", "keep one"),
    ({"google": "ad_storge"}, "did you mean `ad_storage`", ""),
    ({"google": []}, "", ""),
    ({"cookie": "a", "value": ""}, "not empty", ""),
    ({"value": "b"}, "unknown consent `value`", ""),
]


@pytest.mark.parametrize("consent", MEANT)
def test_a_consent_that_can_be_meant_is_taken(consent: dict[str, Any]) -> None:
    assert load("connectif.yaml", plan(consent)).plan.integration.consent


@pytest.mark.parametrize(("consent", "message", "hint"), REFUSED)
def test_a_consent_that_cannot_be_meant_is_refused(consent: dict[str, Any], message: str, hint: str) -> None:
    with pytest.raises(KitError) as caught:
        load("connectif.yaml", plan(consent))
    [told] = caught.value.diagnostics
    assert message in told.message
    assert hint in told.hint
    assert told.place.line > 1
