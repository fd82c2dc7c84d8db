"""connectif-kit: build, inject, audit, preview and prove a hand-made Connectif integration.

What other programs may call is in `connectif_kit.api`, and is loaded when it is first asked for.
"""

from importlib import import_module

__version__ = "0.1.0"

_PUBLIC = frozenset(
    (
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
    )
)


def __getattr__(name: str) -> object:
    """A function or class of the public API."""
    if name not in _PUBLIC:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.api"), name)
