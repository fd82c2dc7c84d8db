"""A loader for another store."""

from collections.abc import Iterator

from connectif_kit.audit.context import PageContext
from connectif_kit.audit.rule import Example, Finding, rule
from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say


def _loader(key: str, environment: str = "eu5") -> Example:
    return Example(
        f'<body><script id="__cn_generic_script__{key}">'
        f'"https://cdn.connectif.cloud/{environment}/client-script/{key}"</script></body>'
    )


@rule(
    Severity.ERROR,
    bad=(
        _loader("9d1f8a52-7c1b-4a54-8f43-2a6a3de1c0aa"),
        _loader("3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11", "eu1"),
        _loader("3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11", '"+"eu1"+"'),
    ),
    good=_loader("3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11"),
    needs_plan=True,
)
def wrong_store(context: PageContext) -> Iterator[Finding]:
    """The loader names another store, or another environment, than the plan.

    Visits then go to a store that is not this one, or nowhere.
    """
    if context.loaded is None:
        return
    store = context.loaded.plan.store
    for loader in context.loaders:
        for key in loader.keys:
            if key.lower() != store.id:
                yield Finding(
                    loader.node,
                    say("the loader is for the store {key}; the plan's is {id}", key=key, id=store.id),
                    plan=("store", "id"),
                )
        for environment in loader.environments:
            if environment != store.environment:
                yield Finding(
                    loader.node,
                    say(
                        "the loader is for the environment `{environment}`; the plan's is `{planned}`",
                        environment=environment,
                        planned=store.environment,
                    ),
                    plan=("store", "environment"),
                )
