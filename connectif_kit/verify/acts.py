"""What a visitor does in a page."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from connectif_kit.core.templates import BUNDLED

if TYPE_CHECKING:
    from playwright.async_api import Page

EMAIL = "verify@connectif-kit.example"
"""Who the visitor is; the domain is reserved and receives no mail."""


@cache
def _script() -> str:
    return (BUNDLED / "verify" / "act.js").read_text("utf-8").strip().rstrip(";")


async def ask(page: Page, do: str, **order: Any) -> Any:
    """What the page answers to an order."""
    return await page.evaluate(_script(), {"do": do, "email": EMAIL, **order})


async def click(page: Page, do: str, **order: Any) -> bool:
    """Click an element that the page finds, as a visitor's mouse does; whether there was one."""
    from playwright.async_api import Error

    handle = await page.evaluate_handle(_script(), {"do": do, "email": EMAIL, **order})
    element = handle.as_element()
    if element is None:
        return False
    try:
        await element.click(timeout=2_000, no_wait_after=True)
    except Error:  # covered, or not in view: the page's own handlers still hear it
        await element.evaluate("(element) => element.click()")
    return True
