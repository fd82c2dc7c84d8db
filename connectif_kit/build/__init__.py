"""Plan → {path: text}: everything that `build` writes, as values.

A template's path below `templates/site` is its output's path; `[tag]` in it stands for each tag.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from connectif_kit.build import stamp
from connectif_kit.build.checklist import settings
from connectif_kit.build.dispatcher import dispatcher
from connectif_kit.build.loading import loader_data, loader_parts
from connectif_kit.build.minified import name_shared
from connectif_kit.build.tags import tag
from connectif_kit.build.testing import testing_context
from connectif_kit.core.language import ENGLISH, Language
from connectif_kit.core.messages import say
from connectif_kit.core.templates import environment
from connectif_kit.vocabulary import TAGS
from connectif_kit.vocabulary.platform import article

if TYPE_CHECKING:
    from connectif_kit.plan.loaded import LoadedPlan

ReadModule = Callable[[str], str]
"""Path of a `module:` source, from the plan's folder → its text; raises KitError."""

STEPS: tuple[str, ...] = (
    say("Contact: register with a real address and subscribe to the newsletter; find it under Contacts."),
    say("Product: visit one; two activities appear, page visited and product visited; the catalogue has it."),
    say("Cart: logged in, add products; “product added to cart” appears."),
    say("Abandoned cart: set the inactivity time to 2 seconds, add products, wait; then set it back."),
    say("Forms: send each integrated form; “form submitted” appears with its data."),
    say("Purchase: complete an order with every payment method; the order is under E-commerce › Purchases."),
    say("Newsletter: change the status in Connectif; the shop shows the same."),
    say("Web push: the worker's address shows code; DevTools › Application says “activated and is running”."),
)
"""Article 360015228179."""


def render(loaded: LoadedPlan, read_module: ReadModule, language: Language = ENGLISH) -> dict[str, str]:
    """Every output of a plan: path inside the output folder → text, stamped, the same each time.

    `language` is that of the store's people, for whom the checklist is. Raises KitError where a `module:`
    source cannot be taken.
    """
    context = _context(loaded, read_module, language)
    files = {path: stamp.stamped(path, body) for path, body in _bodies(context)}
    files["manifest.json"] = stamp.manifest(files)
    return dict(sorted(files.items()))


def loader_script(loaded: LoadedPlan) -> str:
    """The inline loader's exact text, as its CSP hash needs it."""
    given = {"loader_parts": loader_parts(loaded.plan), "loader_data": loader_data(loaded.plan)}
    return environment().get_template("parts/loader.js.j2").render(given).strip()


def _plan_context(loaded: LoadedPlan, language: Language) -> dict[str, Any]:
    return {
        "plan": loaded.plan,
        "store": loaded.plan.store,
        "article": lambda number: article(number, language.help_centre),
        "language": language,
        "t": language.say,
        "spoken": language.text,
    }


def _context(loaded: LoadedPlan, read_module: ReadModule, language: Language) -> dict[str, Any]:
    loader = loader_script(loaded)
    return {
        **_plan_context(loaded, language),
        **testing_context(loaded.plan),
        "loader": loader,
        "dispatcher": dispatcher(loaded, read_module),
        "settings": settings(loaded.plan, loader),
        "steps": STEPS,
    }


def _bodies(context: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    made = environment()
    made.filters["name_shared"] = name_shared
    for name in made.list_templates(filter_func=lambda name: name.startswith("site/")):
        path = name.removeprefix("site/").removesuffix(".j2")
        template = made.get_template(name)
        for filled, more in _instances(path):
            text = template.render({**context, **more})
            if text.strip():
                yield filled, text


def _instances(path: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The outputs of one template: one, or one for each tag that anybody may write."""
    if "[tag]" not in path:
        yield path, {}
        return

    for described in TAGS.values():
        if not described.retired:
            markup = tag(described, described.example())
            yield path.replace("[tag]", described.name), {"tag": described, "markup": markup}
