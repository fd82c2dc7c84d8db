"""What the integration in a page needs of a content security policy, and what of it a policy keeps out."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import urljoin

from connectif_kit.core.messages import say
from connectif_kit.core.patterns import lazily
from connectif_kit.page.content_policy import Policy, Script, Sources, digest
from connectif_kit.page.html import Node
from connectif_kit.page.integration import Integration
from connectif_kit.page.loaders import Loader
from connectif_kit.vocabulary.kinds import Json
from connectif_kit.vocabulary.platform import CDN, CLIENT_FOLDER, WORKER_SCRIPT, api_of

_EVENTS = "/integration-type/system/scrippet-notification/"
"""Where below the API's host the client sends what it records."""
_WITH_NONCE = lazily(r"\.nonce\s*=|setAttribute\(\s*[\"']nonce")
_OUR_NONCE = lazily(r"plan\.nonce\s*\?")
_DEFAULT_TYPE = lazily(r"createPolicy\(\s*[\"'`]default[\"'`]")
_SELF = "'self'"


class LoaderNeeds(NamedTuple):
    """A loader: its element, inline or with an address, and the client that it asks for.

    `met` says that the policy was there when the browser came to it.
    """

    script: Script
    client: Script
    environments: tuple[str, ...]
    met: bool = True


class Needs(NamedTuple):
    """What a page's integration asks for. `writes` is a loader that writes an address by script."""

    loaders: tuple[LoaderNeeds, ...] = ()
    dispatcher: Script | None = None
    writes: bool = False
    has_default_type: bool = False

    def dumped(self) -> Json:
        """As small JSON, for `loaded`."""
        loaders: list[Json] = [
            [list(_dumped(each.script)), list(_dumped(each.client)), list(each.environments)]
            for each in self.loaders
        ]
        dispatcher = list(_dumped(self.dispatcher)) if self.dispatcher else None
        return [loaders, dispatcher, self.writes, self.has_default_type]


def needs(page: Integration, after: Node | None = None) -> Needs:
    """What a page's integration asks for, where the policy stands in an element of it or comes before it."""
    scripts = [node for node in page.dispatchers if after is None or _is_after(node, after)]
    whole = scripts and len(scripts) == len(page.dispatchers)
    return Needs(
        tuple(_loader_needs(loader, after) for loader in page.loaders),
        _script(scripts[0], page.address(scripts[0].attributes["src"])) if whole else None,
        all("src" not in loader.node.attributes for loader in page.loaders),
        any(_DEFAULT_TYPE.search(node.text) for node in page.inline_code if "createPolicy" in node.text),
    )


def _loader_needs(loader: Loader, after: Node | None) -> LoaderNeeds:
    node = loader.node
    met = after is None or _is_after(node, after)
    if "src" in node.attributes:
        return LoaderNeeds(_script(node, node.attributes["src"]), Script(), tuple(loader.environments), met)
    nonce = node.attributes.get("nonce", "")
    environment, key = (*loader.environments, "eu")[0], (*loader.keys, "-")[0]
    address = f"{CDN}/{environment}{CLIENT_FOLDER}{key}"
    client = Script(address, nonce=nonce if _hands_on_nonce(node.text) else "", parsed=False)
    return LoaderNeeds(
        Script(nonce=nonce, digests=_digests(node.text)), client, tuple(loader.environments), met
    )


@lru_cache(maxsize=16)  # the pages of a site have one loader
def _digests(text: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, digest(text, name)) for name in ("sha256", "sha384", "sha512"))


def _hands_on_nonce(code: str) -> bool:
    """Whether a loader gives its own nonce to the client: ours does where the plan has one."""
    if _OUR_NONCE.search(code):
        return '"nonce":true' in code
    return _WITH_NONCE.search(code) is not None


def _is_after(node: Node, policy: Node) -> bool:
    """Whether the policy was there when the script was met."""
    if node.start_tag is None or policy.start_tag is None:
        return True
    return node.start_tag.start > policy.start_tag.start


def _script(node: Node, url: str) -> Script:
    given = node.attributes
    address = f"https:{url.strip()}" if url.strip().startswith("//") else url.strip()
    return Script(address, "", given.get("nonce", ""), given.get("integrity", ""))


def _dumped(script: Script) -> tuple[Json, ...]:
    digests: list[Json] = [list(each) for each in script.digests]
    return (script.url, script.nonce, script.integrity, script.parsed, digests)


def loaded(given: Any) -> Needs:
    """What `Needs.dumped` has written."""
    loaders, dispatcher, writes, has_default_type = given
    return Needs(
        tuple(
            LoaderNeeds(_undumped(script), _undumped(client), tuple(environments))
            for script, client, environments in loaders
        ),
        _undumped(dispatcher) if dispatcher else None,
        bool(writes),
        bool(has_default_type),
    )


def _undumped(given: Any) -> Script:
    url, nonce, integrity, parsed, digests = given
    pairs = tuple((name, value) for name, value in digests)
    return Script(str(url), "", str(nonce), str(integrity), parsed=bool(parsed), digests=pairs)


def kept_out(needs: Needs, policy: Policy, origin: str) -> Iterator[str]:
    """What one policy keeps out; of several loaders the best one counts.

    `origin` is the shop's, empty where it is not known.
    """
    if not needs.loaders:
        return
    yield from min((list(_loader(loader, policy, origin)) for loader in needs.loaders), key=len)
    yield from _connections(needs, policy, origin)
    yield from _dispatcher(needs, policy, origin)
    if (
        policy.wants_trusted_types
        and needs.writes
        and not (needs.has_default_type and policy.allows_default_type)
    ):
        yield say("require-trusted-types-for refuses the address that the loader writes")


def _loader(loader: LoaderNeeds, policy: Policy, origin: str) -> Iterator[str]:
    sources = policy.sources("script-src-elem")
    if sources is None:
        return
    if loader.script.url:
        if loader.met and not sources.loads(loader.script, origin):
            yield _lacks(sources, CDN, parsed=True)
        return
    if loader.met and not sources.runs(loader.script):
        yield _no_inline(sources)
    if not sources.loads(loader.client, origin):
        yield _lacks(sources, CDN)


def _no_inline(sources: Sources) -> str:
    if sources.has("unsafe-inline"):
        return say(
            "{directive} allows no inline loader: beside a nonce, a hash or "
            "'strict-dynamic', 'unsafe-inline' counts for nothing",
            directive=sources.directive,
        )
    return say("{directive} allows no inline loader", directive=sources.directive)


def _lacks(sources: Sources, wanted: str, *, parsed: bool = False) -> str:
    if parsed and sources.has("strict-dynamic"):
        return say("'strict-dynamic' requires a nonce on the script of the client")
    return say("{directive} lacks {wanted}", directive=sources.directive, wanted=wanted)


def _connections(needs: Needs, policy: Policy, origin: str) -> Iterator[str]:
    sources = policy.sources("connect-src")
    environments = [name for loader in needs.loaders for name in loader.environments]
    if sources is None or not environments:
        return
    if not any(sources.allows(api_of(name) + _EVENTS, origin) for name in environments):
        yield say("{directive} lacks {api}", directive=sources.directive, api=api_of(environments[0]))


def _dispatcher(needs: Needs, policy: Policy, origin: str) -> Iterator[str]:
    sources = policy.sources("script-src-elem")
    if sources is None or needs.dispatcher is None:
        return
    script = needs.dispatcher._replace(url=urljoin(origin, needs.dispatcher.url))
    if sources.loads(script, origin) or (not origin and _may_load(sources, script)):
        return
    if sources.has("strict-dynamic"):
        yield say("'strict-dynamic' requires a nonce on the dispatcher")
    else:
        host = script.url.partition("://")[2].partition("/")[0]
        yield say(
            "{directive} lacks {host} for the dispatcher", directive=sources.directive, host=host or _SELF
        )


def _may_load(sources: Sources, script: Script) -> bool:
    """Whether a page whose host nobody knows may load its own dispatcher."""
    if sources.has("strict-dynamic"):
        return False
    if "://" in script.url:
        return sources.has("self")
    return sources.has("self") or any(
        not word.startswith("'") and "connectif.cloud" not in word.lower() for word in sources.words
    )


def worker_kept_out(policy: Policy, origin: str) -> Iterator[str]:
    """What the policy of a page keeps out of a service worker on the shop's own origin."""
    sources, shop = policy.sources("worker-src"), origin or "https://shop.invalid/"
    if sources is not None and not sources.allows(shop, shop):
        yield say(
            "{directive} lacks {wanted} for the service worker", directive=sources.directive, wanted=_SELF
        )


def import_kept_out(policy: Policy, origin: str) -> Iterator[str]:
    """What the policy that comes with a service worker's own script keeps out of it."""
    sources = policy.sources("script-src-elem")
    if sources is not None and not sources.allows(WORKER_SCRIPT, origin):
        yield say("{directive} of the service worker lacks {wanted}", directive=sources.directive, wanted=CDN)
