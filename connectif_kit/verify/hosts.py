"""What the hosts' files say and no page shows: the policy of the worker's script, and what nobody reads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from connectif_kit.core.messages import say
from connectif_kit.page.client_needs import import_kept_out
from connectif_kit.page.content_policy import policies
from connectif_kit.verify import faults

if TYPE_CHECKING:
    from connectif_kit.page.host_headers import Sent
    from connectif_kit.verify.tour import Tour


def of_hosts(tour: Tour) -> None:
    """Report it, for a site in a folder."""
    folder, loaded = tour.order.folder, tour.order.loaded
    if folder is None:
        return
    for place, why in folder.hosting.unread:
        message = say("this policy is not checked: {why}", why=why)
        tour.outcome.findings.add(faults.UNREAD_POLICY, message, place, None, f"{place.path} {place.line}")
    for sent, fault in _of_worker(tour):
        message = say("the policy keeps the client out: {missing}", missing=fault)
        plan = loaded.place("service_worker")
        tour.outcome.findings.add(faults.CSP_BLOCKS_CLIENT, message, sent.place, plan, fault)


def _of_worker(tour: Tour) -> Iterator[tuple[Sent, str]]:
    """What the policy that comes with the worker's script keeps out of it.

    On our origin the worker imports the platform's script from there, so that no browser would say it.
    """
    folder, plan = tour.order.folder, tour.order.loaded.plan
    if folder is None or plan.service_worker is None:
        return
    for sent in folder.policies(plan.store.base + plan.service_worker.path):
        for one in policies(sent.value):
            for fault in import_kept_out(one, urljoin(plan.store.url, "/")):
                yield sent, fault
