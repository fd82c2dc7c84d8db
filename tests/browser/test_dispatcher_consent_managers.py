"""Consent managers: the real vanilla-cookieconsent and klaro, and stubs of what others publish."""

# ruff: noqa: E501 - scripts and markup stand as a page has them

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.browser.shop import Shop
from tests.tools import NODE_MODULES

MODALS = "{consentModal: {title: 't', acceptAllBtn: 'y', acceptNecessaryBtn: 'n'}, preferencesModal: {sections: []}}"
COOKIEBOT = """
const saved = JSON.parse(localStorage.getItem("cookiebot") || "null");
window.Cookiebot = {
  consent: Object.assign({necessary: true, preferences: false, statistics: false, marketing: false}, saved),
  consented: Boolean(saved), declined: false, hasResponse: Boolean(saved),
  submitCustomConsent(preferences, statistics, marketing) {
    Object.assign(this.consent, {preferences, statistics, marketing});
    const any = preferences || statistics || marketing;
    Object.assign(this, {consented: any, declined: !any, hasResponse: true});
    localStorage.setItem("cookiebot", JSON.stringify(this.consent));
    const pairs = Object.entries(this.consent).map(([name, given]) => `${name}:${given}`).join(",");
    document.cookie = "CookieConsent=" + encodeURIComponent(`{stamp:'x==',${pairs},method:'explicit',ver:1}`);
    this.tell();
  },
  withdraw() { this.submitCustomConsent(false, false, false); },
  tell() {
    window.dispatchEvent(new Event("CookiebotOnConsentReady"));
    window.dispatchEvent(new Event(this.declined ? "CookiebotOnDecline" : "CookiebotOnAccept"));
  },
};
if (saved) window.addEventListener("load", () => Cookiebot.tell());
"""
ONETRUST = """
const groups = (given) => `,C0001,${given.map((one) => one + ",").join("")}`;
const ids = ["C0002", "C0004"];
window.OneTrust = {
  set(given) {
    window.OnetrustActiveGroups = groups(given);
    const pairs = ["C0001", ...ids].map((id) => `${id}:${id == "C0001" || given.includes(id) ? 1 : 0}`).join(",");
    const text = `isGpcEnabled=0&version=202401.1.0&interactionCount=1&groups=${encodeURIComponent(pairs)}`;
    document.cookie = "OptanonConsent=" + text;
    localStorage.setItem("onetrust", JSON.stringify(given));
    window.dispatchEvent(new CustomEvent("OneTrustGroupsUpdated", {detail: ["C0001", ...given]}));
  },
  AllowAll() { this.set(ids); },
  RejectAll() { this.set([]); },
};
window.OnetrustActiveGroups = groups(JSON.parse(localStorage.getItem("onetrust") || "[]"));
window.addEventListener("DOMContentLoaded", () => {
  if (localStorage.getItem("onetrust")) OneTrust.set(JSON.parse(localStorage.getItem("onetrust")));
});
"""
GTAG = """
window.dataLayer = window.dataLayer || [];
window.gtag = function () { dataLayer.push(arguments) };
gtag("consent", "default", {ad_storage: "denied", analytics_storage: "denied", wait_for_update: 500});
gtag("consent", "default", {ad_storage: "granted", analytics_storage: "granted", region: ["US"]});
window.grant = (ad, analytics) => {
  const word = (given) => (given ? "granted" : "denied");
  localStorage.setItem("gtag", JSON.stringify([ad, analytics]));
  gtag("consent", "update", {ad_storage: word(ad), analytics_storage: word(analytics)});
};
if (localStorage.getItem("gtag")) grant(...JSON.parse(localStorage.getItem("gtag")));
"""


@dataclass(frozen=True)
class Manager:
    """A consent manager: its files and set-up, and what a visitor does with it."""

    consent: dict[str, Any]
    accept: str
    reject: str
    partly: str
    """What gives something, but not what the plan asks for."""
    scripts: tuple[str, ...] = ()
    setup: str = ""
    modules: dict[str, str] = field(default_factory=dict)


VANILLA: dict[str, Any] = {
    "accept": "CookieConsent.acceptCategory('all')",
    "reject": "CookieConsent.acceptCategory([])",
    "partly": "CookieConsent.acceptCategory(['statistics'])",
    "scripts": ("vanilla-cookieconsent/dist/cookieconsent.umd.js",),
    "setup": "window.addEventListener('DOMContentLoaded', () => CookieConsent.run({autoShow: false, hideFromBots: false, categories: {necessary:"
    " {enabled: true, readOnly: true}, marketing: {}, statistics: {}}, language: {default: 'en',"
    f" translations: {{en: {MODALS}}}}}}}))",
}
KLARO: dict[str, Any] = {
    "accept": "const m = klaro.getManager(); m.changeAll(true); m.saveAndApplyConsents()",
    "reject": "const m = klaro.getManager(); m.changeAll(false); m.saveAndApplyConsents()",
    "partly": "const m = klaro.getManager(); m.changeAll(false); m.updateConsent('other', true); m.saveAndApplyConsents()",
    "scripts": ("klaro/dist/klaro-no-css.js",),
    "setup": "",
}
BOT: dict[str, Any] = {
    "accept": "Cookiebot.submitCustomConsent(true, true, true)",
    "reject": "Cookiebot.withdraw()",
    "partly": "Cookiebot.submitCustomConsent(true, true, false)",
    "setup": COOKIEBOT,
}
TRUST: dict[str, Any] = {
    "accept": "OneTrust.AllowAll()",
    "reject": "OneTrust.RejectAll()",
    "partly": "OneTrust.set(['C0002'])",
    "setup": ONETRUST,
}
GOOGLE: dict[str, Any] = {
    "accept": "grant(1, 1)",
    "reject": "grant(0, 0)",
    "partly": "grant(0, 1)",
    "setup": GTAG,
}
ASK = "export default function () {\n  return Boolean(window.Cookiebot && Cookiebot.consent.marketing);\n}\n"
MANAGERS: dict[str, Manager] = {
    "vanilla-cookie": Manager({"cookie": "cc_cookie", "path": "categories", "value": "marketing"}, **VANILLA),
    "vanilla-event": Manager(
        {"event": ["cc:onConsent", "cc:onChange"], "detail": "cookie.categories", "value": "marketing"},
        **VANILLA,
    ),
    "vanilla-event-and-cookie": Manager(
        {"event": "cc:onConsent", "cookie": "cc_cookie", "path": "categories", "value": "marketing"},
        **VANILLA,
    ),
    "klaro-cookie": Manager({"cookie": "klaro", "path": "shop"}, **KLARO),
    "klaro-key": Manager({"cookie": "klaro", "value": "shop"}, **KLARO),
    "cookiebot-global": Manager({"global": "Cookiebot.consent.marketing"}, **BOT),
    "cookiebot-event": Manager(
        {"event": "CookiebotOnConsentReady", "global": "Cookiebot.consent.marketing"}, **BOT
    ),
    "cookiebot-cookie": Manager({"cookie": "CookieConsent", "path": "marketing"}, **BOT),
    "cookiebot-module": Manager({"module": "./agreed.js"}, **BOT, modules={"./agreed.js": ASK}),
    "onetrust-global": Manager({"global": "OnetrustActiveGroups", "value": "C0004"}, **TRUST),
    "onetrust-cookie": Manager({"cookie": "OptanonConsent", "path": "groups", "value": "C0004:1"}, **TRUST),
    "onetrust-event": Manager({"event": "OneTrustGroupsUpdated", "detail": "", "value": "C0004"}, **TRUST),
    "google": Manager({"google": ["ad_storage", "analytics_storage"]}, **GOOGLE),
    "google-one": Manager({"google": "ad_storage"}, **GOOGLE),
}
KLARO_CONFIG = (
    "window.klaroConfig = {storageName: 'klaro', storageMethod: 'cookie', mustConsent: false, services:"
    " [{name: 'shop', purposes: ['marketing']}, {name: 'other', purposes: ['other']}]};"
)
LOOK = "document.dispatchEvent(new Event('visibilitychange'))"


@pytest.fixture(params=MANAGERS)
def managed(request: pytest.FixtureRequest, shop: Shop) -> tuple[Shop, Manager]:
    """A shop with one of the managers in its page."""
    manager = MANAGERS[request.param]
    event = {"on": {"event": "a"}, "send": "custom", "alias": "x"}
    shop.plan({"integration": {"consent": manager.consent}, "events": {"a": event}}, manager.modules)
    head = f"<script>{KLARO_CONFIG}{manager.setup}</script>"
    for number, path in enumerate(manager.scripts):
        (shop.folder / f"manager{number}.js").write_bytes((NODE_MODULES / path).read_bytes())
        head += f"<script defer src=/manager{number}.js></script>"
    shop.write("index.html", "", head)
    return shop, manager


def closed(shop: Shop) -> bool:
    """Whether nothing has been asked for, sent or kept, now that the kit has looked again."""
    shop.page.evaluate(f"{LOOK}, window.dispatchEvent(new Event('a'))")
    kept = "Object.keys(localStorage).filter((key) => key.startsWith('connectif-kit')).length"
    found = shop.page.evaluate(
        f"[typeof window.connectif, document.querySelectorAll('script[id^=__cn_client]').length, {kept}]"
    )
    return bool(found == ["undefined", 0, 0])


def test_nothing_loads_until_the_visitor_agrees_and_nothing_is_sent_once_withdrawn(
    managed: tuple[Shop, Manager],
) -> None:
    shop, manager = managed
    shop.open(calls=None)
    assert closed(shop)
    for refused in (manager.reject, manager.partly):
        shop.page.evaluate(f"() => {{ {refused} }}")
        assert closed(shop)
    shop.open(calls=None)
    assert closed(shop)
    shop.page.evaluate(f"() => {{ {manager.accept} }}")
    shop.page.evaluate(LOOK)
    [visit] = shop.sent()
    assert visit["events"] == [{"type": "page-visit"}]
    assert len(shop.do("window.dispatchEvent(new Event('a'))", 1)) == 1
    for withdrawn in (manager.reject, manager.partly):
        # At once: in the same task, and what was queued in it before.
        assert (
            shop.do(
                f"window.dispatchEvent(new Event('a')); {withdrawn}; window.dispatchEvent(new Event('a'))"
            )
            == []
        )
        shop.page.wait_for_timeout(20)
        assert shop.do("window.dispatchEvent(new Event('a')); connectifKit.pageVisit()") == []
    shop.do(f"{manager.accept}")
    assert len(shop.do("window.dispatchEvent(new Event('a'))", 1)) == 1


def test_the_next_page_keeps_to_what_was_said(managed: tuple[Shop, Manager]) -> None:
    shop, manager = managed
    shop.open(calls=None)
    shop.page.evaluate(f"() => {{ {manager.accept} }}")
    shop.page.evaluate(LOOK)
    shop.sent()
    shop.page.goto("about:blank")
    [visit] = shop.open()
    assert visit["events"] == [{"type": "page-visit"}]
    shop.page.evaluate(f"() => {{ {manager.partly} }}")
    shop.page.goto("about:blank")
    shop.open(calls=None)
    assert closed(shop)
