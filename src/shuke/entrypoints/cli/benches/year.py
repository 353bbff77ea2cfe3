"""`shuke bench year`: a year of a merchant's life from a seed, with the books proved at the end.

It measures nothing against a yardstick; it looks for what nobody thought of, for as long as one lets it.
"""

from logging import WARNING
from secrets import randbelow
from time import perf_counter
from typing import Annotated

import structlog
import typer
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from shuke.entrypoints.cli.benches.ground import prepared
from shuke.entrypoints.cli.benches.report import console
from shuke.entrypoints.year.living import START, Lived, Wanted, YearBroken, live
from shuke.kernel.clock import SimulatedClock


def register(benches: typer.Typer) -> None:
    benches.command("year")(run)


def run(
    seed: Annotated[int | None, typer.Option(help="Plays the same year again; none given: one nobody knows.")] = None,
    days: Annotated[int, typer.Option(min=1, help="How long the year is.")] = 365,
    acts_a_day: Annotated[int, typer.Option(min=1, help="How much happens in a day, on average.")] = 20,
    acts: Annotated[int | None, typer.Option(min=1, help="Stop after so many acts.")] = None,
    prove_every: Annotated[int, typer.Option(min=1, help="Days from one proof of the books to the next.")] = 30,
    night_every: Annotated[int, typer.Option(min=1, help="Days from one night's work to the next.")] = 1,
    years: Annotated[int, typer.Option(min=1, help="Years, one after the other, each with the next seed.")] = 1,
    url: Annotated[str, typer.Option(help="A server's URL, of a role that may create databases.")] = "",
) -> None:
    """A year of random members, offers, orders, refunds, expiries and reviews; the books must be right in the end."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(WARNING))
    first = randbelow(10**6) if seed is None else seed
    for number in range(years):
        wanted = Wanted(first + number, days, acts_a_day, acts, prove_every, night_every)
        try:
            _live(wanted, url)
        except YearBroken as broken:
            console.print(f"[red]the books are wrong[/]: {broken}", markup=True)
            raise typer.Exit(1) from broken


def _live(wanted: Wanted, url: str) -> None:
    clock = SimulatedClock(START)
    columns = (TextColumn("seed {task.fields[seed]}"), BarColumn(), TextColumn("day {task.completed:.0f}"))
    told = TextColumn("{task.fields[acts]} acts")
    with prepared(url, 4, clock) as ground, Progress(*columns, told, TimeRemainingColumn(), console=console) as bar:
        task = bar.add_task("year", total=wanted.days, seed=wanted.seed, acts=0)
        start = perf_counter()
        lived = live(
            ground.installation.database,
            clock,
            wanted,
            lambda day, count: bar.update(task, completed=day, acts=count),
        )
    _sum_up(wanted, lived, perf_counter() - start)


def _sum_up(wanted: Wanted, lived: Lived, took: float) -> None:
    for name, count in sorted(lived.done.items()):
        console.print(f"  {name:24} {count:6}")
    refused = ", ".join(f"{code} {count}" for code, count in lived.refused.most_common())
    console.print(f"refused: {refused or 'nothing'}")
    print(
        f"year seed={wanted.seed} days={lived.days} acts={lived.acts} members={lived.members} orders={lived.orders} "
        f"refunds={lived.refunds} sold_minor={lived.sold_minor} digest={lived.digest} seconds={took:.1f}"
    )
