"""`shuke bench NAME`: one thing measured against its yardstick in the same run.

To add one, write its file in `benches/` with a `register`, and name it here.
"""

import typer

from shuke.entrypoints.cli.benches import (
    expiry,
    identity,
    ingest,
    ledger,
    load,
    quote,
    segments,
    settle,
    tier_review,
    traits,
    year,
)


def register(app: typer.Typer) -> None:
    benches = typer.Typer(help="Measure one thing against its yardstick, in the same run.", no_args_is_help=True)
    for bench in (settle, quote, load, ingest, identity, ledger, expiry, tier_review, segments, traits, year):
        bench.register(benches)
    app.add_typer(benches, name="bench")
