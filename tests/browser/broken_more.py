"""More copies of the starter, each broken in a way that the others are not."""

from __future__ import annotations

from pathlib import Path

from tests.browser.broken_shops import Broken, edit, in_head, pages


def dispatcher_gone(shop: Path) -> None:
    for file in (shop / "public/connectif").glob("connectif-events*"):
        file.unlink()


def loader_in_template(shop: Path) -> None:
    """The loader stands where no browser runs it."""
    for page in pages(shop):
        text = page.read_text("utf-8")
        start = text.find('<script id="__cn_generic_script__')
        if start < 0:
            continue
        end = text.index("</script>", start) + len("</script>")
        page.write_text(f"{text[:start]}<template>{text[start:end]}</template>{text[end:]}", "utf-8")


def submit_stopped(shop: Path) -> None:
    """Another script keeps the form's event from everybody."""
    in_head(shop, "<script>addEventListener('submit', (e) => e.stopImmediatePropagation(), true);</script>")


def worker_is_a_page(shop: Path) -> None:
    """What a host gives that answers every unknown path with its start page."""
    (shop / "public/service-worker.js").write_text("<!doctype html><title>Mugs</title>", "utf-8")


def order_anew(shop: Path) -> None:
    """The page of thanks makes a new number for the order each time."""
    code = (
        "<script>{ const order = JSON.parse(localStorage.getItem('shop.order') || 'null');"
        " const anew = { ...order, id: `A${Date.now()}` };"
        " if (order) localStorage.setItem('shop.order', JSON.stringify(anew)); }</script>"
    )
    for page in pages(shop):
        if "/checkout/done/" in page.as_posix():
            edit(page, "<head>", f"<head>{code}", 1)


def total_is_no_sum(shop: Path) -> None:
    edit(
        shop / "public/assets/shop.js",
        "cart_id: id, lines, quantity, total, date, payment",
        "cart_id: id, lines, quantity, total: total + 5, date, payment",
    )


def client_taken(shop: Path) -> None:
    """A script of the shop's own uses the client's name."""
    in_head(
        shop, "<script>Object.defineProperty(window, 'connectif', { value: {}, writable: false });</script>"
    )


BROKEN_MORE = (
    Broken("dispatcher not published", "missing-dispatcher", dispatcher_gone, only=("home", "product")),
    Broken("loader in a template", "missing-loader", loader_in_template, only=("home", "product")),
    Broken("submit event kept back", "missing-event", submit_stopped, only=("home", "newsletter")),
    Broken("worker answered by a page", "broken-worker", worker_is_a_page, only=("home", "service_worker")),
    Broken("order anew at each view", "duplicate-event", order_anew, only=("checkout", "confirmation")),
    Broken("total that is no sum", "wrong-value", total_is_no_sum, only=("checkout", "confirmation")),
    Broken("client's name taken", "page-error", client_taken, only=("home",)),
)
