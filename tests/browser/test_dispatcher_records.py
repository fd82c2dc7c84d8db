"""Contacts, visits, moments and orders as they are sent."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.browser.carts import BASE, basket, bought, cart_of, line, put
from tests.browser.shop import ANA, Shop

CONTACT = {"global": "who", "fields": {"primary_key": "email", "_name": "name", "level": "level"}}


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        (
            {"email": "ana@shop.example", "name": "Ana", "level": 3},
            {"primaryKey": "ana@shop.example", "_name": "Ana", "level": 3},
        ),
        ({"email": "", "name": "Ana", "level": 3}, {"level": 3}),
        ({"name": "Ana", "level": 3}, {"level": 3}),
        ({"email": None, "name": "Ana"}, None),
        ({"email": "ana(at)shop.example", "name": "Ana", "level": 3}, None),
        ({"email": "ana@shop", "level": 3}, None),
    ],
)
def test_a_contact_goes_as_far_as_the_platform_takes_it(
    shop: Shop, who: dict[str, Any], expected: dict[str, Any] | None
) -> None:
    login = {"on": {"event": "in"}, "send": "login"}
    shop.plan({**BASE, "contact": CONTACT, "events": {"in": login}})
    shop.write("index.html", f"<script>window.who = {json.dumps(who)}</script>")
    [visit] = shop.open()
    assert visit["options"].get("entityInfo") == expected
    known = bool(expected and "primaryKey" in expected)
    assert len(shop.do("dispatchEvent(new Event('in'))", int(known))) == int(known)


def test_what_the_plan_says_of_a_page_goes_with_its_visit(shop: Shop) -> None:
    info = {"title": {"selector": "h1"}, "tags": ["one", {"meta": "t"}], "categories": {"global": "cats"}}
    shop.plan({"pages": {"home": {"match": "/", "page_info": info}}})
    shop.write(
        "index.html", "<h1>Heading</h1><script>cats = ['A', 'B']</script>", "<meta name=t content=two>"
    )
    [visit] = shop.open()
    assert visit["options"]["pageInfo"] == {
        "title": "Heading",
        "tags": ["one", "two"],
        "categories": ["A", "B"],
    }


def test_an_event_may_ask_for_push_notifications(shop: Shop) -> None:
    shop.plan({"events": {"ask": {"on": {"click": "button"}, "send": "push-opt-in"}}})
    shop.write("index.html", "<button>Tell me</button>")
    shop.open()
    shop.page.evaluate(
        "() => { connectif.subscribeToPushNotifications = (done) => { window.asked = 1; done(null, {}) } }"
    )
    [call] = shop.do("document.querySelector('button').click()", 1)
    assert (call["events"], shop.page.evaluate("asked")) == ([], 1)


def test_moments_are_sent_as_iso_8601(shop: Shop) -> None:
    event = {"on": {"manual": True}, "send": "product-visited", "product": {"detail": ""}}
    shop.plan({"events": {"seen": event}})
    shop.write("index.html")
    shop.open()
    product = {"productId": "a", "name": "A", "productDetailUrl": "https://x/a", "unitPrice": 1}
    for given, sent in (
        ('"2024-02-19T08:00:00Z"', "2024-02-19T08:00:00Z"),
        ('"2024-02-19 08:00:00"', "2024-02-19T08:00:00"),
        ("1708329600000", "2024-02-19T08:00:00.000Z"),
        ("new Date(1708329600000)", "2024-02-19T08:00:00.000Z"),
        ('"19/02/2024"', None),
        ('"yesterday"', None),
    ):
        told = json.dumps(product)[:-1] + f', "publishedAt": {given}}}'
        [call] = shop.do(f"connectifKit.send('seen', {told})", 1)
        assert call["events"][0]["product"].get("publishedAt") == sent


def test_the_address_of_ana_is_not_needed_here(shop: Shop) -> None:
    shop.plan({**BASE, "contact": CONTACT})
    shop.write("index.html", f"<script>window.who = {json.dumps(ANA)}</script>")
    assert shop.open()[0]["options"]["entityInfo"] == {"primaryKey": ANA["email"]}


BOUGHT: dict[str, Any] = {
    **BASE,
    "events": {"bought": {"on": {"event": "bought"}, "send": "purchase", "purchase": {"detail": ""}}},
}


def test_an_order_keeps_the_cart_id_that_it_came_with(shop: Shop) -> None:
    shop.plan(BOUGHT)
    shop.write("index.html")
    shop.open(calls=None)
    shop.page.evaluate(put(basket(line())))
    [visit] = shop.open()
    assert cart_of(visit)[0] == "c-1"
    [own] = shop.do(bought(cartId="theirs"), 1)
    assert own["events"][0]["purchase"]["cartId"] == "theirs"
    [other] = shop.do(bought(purchaseId="o-2"), 1)
    assert other["events"][0]["purchase"]["cartId"] == "c-1"


def test_what_the_client_writes_onto_its_arguments_is_not_sent_again(shop: Shop) -> None:
    """The client marks what it is given (facts: `trackerId` on the contact); here it fails after that."""
    shop.client = {"wait": True}
    shop.plan({**BOUGHT, "contact": {"global": "who", "fields": {"primary_key": "email"}}})
    shop.write("index.html")
    shop.open(calls=None)
    shop.page.evaluate("window.who = {email: 'ana@shop.example'}")
    shop.page.wait_for_function("window.connectif && connectif.managed && document.readyState == 'complete'")
    fails = """
        const send = connectif.managed.sendEvents;
        connectif.managed.isInitialized = undefined;
        connectif.managed.sendEvents = (events, options) => {
          events.forEach((event) => Object.assign(event, {type: 'spoilt', purchase: undefined}));
          Object.assign(options.entityInfo, {primaryKey: 'changed', trackerId: 't'});
          connectif.managed.sendEvents = send;
          throw new Error('not ready');
        };"""
    shop.page.evaluate(f"() => {{ {fails} {bought()} }}")
    shop.page.wait_for_function("!String(connectif.managed.sendEvents).includes('spoilt')")
    sent = shop.do("document.dispatchEvent(new Event('client:go'))", 1)
    assert [call["options"]["entityInfo"] for call in sent] == [{"primaryKey": "ana@shop.example"}]
    types = [event["type"] for call in sent for event in call["events"]]
    assert "spoilt" not in types
    assert "purchase" in types


def test_an_address_of_another_host_is_not_taken_for_a_path(shop: Shop) -> None:
    shop.plan(
        {
            **BASE,
            "events": {
                "seen": {"on": {"event": "seen"}, "send": "product-visited", "product": {"detail": ""}}
            },
        }
    )
    shop.write("index.html")
    shop.open()
    for image, sent in (
        ("//cdn.example/mug.jpg", "//cdn.example/mug.jpg"),
        ("/img/mug.jpg", "https://shop.example/img/mug.jpg"),
        ("https://cdn.example/mug.jpg", "https://cdn.example/mug.jpg"),
    ):
        product = {"productId": "mug", "name": "Mug", "unitPrice": 10, "imageUrl": image}
        [call] = shop.do(f"dispatchEvent(new CustomEvent('seen', {{detail: {json.dumps(product)}}}))", 1)
        assert call["events"][0]["product"]["imageUrl"] == sent
