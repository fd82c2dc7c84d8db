"""`connectif-kit fake-api`."""

from __future__ import annotations

import click


@click.command()
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8970, help="Port on loopback; 0: any. [default: 8970]"
)
@click.option("--limit", type=click.IntRange(min=1), default=100, help="Calls in each window. [default: 100]")
@click.option(
    "--window", type=click.FloatRange(min=0.1), default=60.0, help="Seconds in a window. [default: 60]"
)
@click.option(
    "--headers",
    "family",
    type=click.Choice(["x-ratelimit", "ratelimit", "retry-after", "none"]),
    default="x-ratelimit",
    help="How the budget is reported. [default: x-ratelimit]",
)
@click.option(
    "--fault",
    multiple=True,
    metavar="KIND=SHARE",
    help="429, 500, 500-after, stall, reset, reset-after or half, and its share of the calls: 500=0.1.",
)
@click.option("--seed", type=int, default=0, help="Of the dice for faults.")
@click.option("--stall", type=click.FloatRange(min=0), default=2.0, help="Seconds that a stall takes.")
@click.option("--domain", multiple=True, metavar="URL", help="An authorised domain; none: all are.")
@click.option("--coupon-set", multiple=True, metavar="ID", help="A coupon set that exists.")
@click.option("--contact-field", multiple=True, metavar="ID=TYPE", help="A contact field of the store's own.")
def command(
    port: int,
    limit: int,
    window: float,
    family: str,
    fault: tuple[str, ...],
    seed: int,
    stall: float,
    domain: tuple[str, ...],
    coupon_set: tuple[str, ...],
    contact_field: tuple[str, ...],
) -> int:
    """Run an API on this machine that behaves as Connectif's is documented to.

    For tests and trials of `sync`: it begins empty, forgets everything when it ends, and listens
    on loopback only. Ctrl-C ends it.
    """
    from threading import Event

    from connectif_kit.fakeapi.faults import Faults
    from connectif_kit.fakeapi.server import new, running

    try:
        faults = Faults(
            {kind: float(share) for kind, _, share in (each.partition("=") for each in fault)}, seed
        )
    except ValueError as error:
        raise click.UsageError(f"--fault: {error}") from None
    fake = new(limit=limit, window=window, family=family, faults=faults, stall=stall, domains=domain)
    fake.store.custom |= dict(each.split("=", 1) for each in contact_field if "=" in each)
    for each in coupon_set:
        fake.store.add_coupon_set(each, each)
    with running(fake, port):
        click.echo(f"listening on {fake.url}; in another terminal:", err=True)
        click.echo(f"CONNECTIF_API_KEY=demo:demo connectif-kit sync contacts FILE --api-url {fake.url}")
        try:
            Event().wait()
        except KeyboardInterrupt:
            held = fake.store
            kinds = ("contacts", "products", "purchases")
            counts = ", ".join(f"{len(getattr(held, kind)):,} {kind}" for kind in kinds)
            click.echo(f"\n{len(fake.api.calls):,} calls; held {counts}", err=True)
    return 0
