"""The worked examples of the documents, played as they stand there."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from shuke.catalog.model import Scope
from shuke.kernel.clock import SimulatedClock
from shuke.kernel.ids import new_id
from shuke.kernel.money import parse_minor
from shuke.kernel.text import Text
from shuke.ledger import service as ledger
from shuke.ledger.model import Lot
from shuke.loyalty import rules
from shuke.loyalty import service as loyalty
from shuke.loyalty.defaults import default_programme
from shuke.loyalty.model import (
    CalendarWindow,
    Earnable,
    EarnCaps,
    EarnRule,
    Extra,
    Fall,
    GrowthPolicy,
    Multiplier,
    PaidLine,
    Rights,
    Standing,
)
from shuke.tenancy import service as tenancy
from tests.support.purchases import buy, purchase
from tests.support.wallets import broken, earn, give_back, spend
from tests.support.world import World

DOCUMENTS = Path(__file__).parents[2] / "docs" / "algorithms"
SHANGHAI = "Asia/Shanghai"
PROGRAMME = default_programme("CNY", SHANGHAI)


def table(document: str, first_column: str) -> Iterator[list[str]]:
    """The rows of the one table of `document` whose first column has that head."""
    inside = False
    for line in (DOCUMENTS / document).read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith(f"| {first_column} "):
            inside = True
        elif not line.startswith("|"):
            inside = False
        elif inside and not line.startswith("|--"):
            yield cells


def noon(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=ZoneInfo(SHANGHAI))


def _shown(lot: Lot) -> str:
    if lot.expires_at is None:
        return str(lot.remaining)
    (expiring,) = ledger.expiring([lot], SHANGHAI)
    return f"{lot.remaining} to {expiring.on}"


def test_the_ledgers_example(world: World, clock: SimulatedClock) -> None:
    shop = world.merchant()
    member_id = shop.member().member_id
    spent: UUID | None = None
    for day, what, spendable, lots in table("ledger.md", "day"):
        clock.moment = noon(day)
        with shop.unit() as unit:
            match what.split():
                case ["earn", amount, "until", last]:
                    ends = rules.day_start(date.fromisoformat(last) + timedelta(days=1), SHANGHAI)
                    earn(unit, member_id, int(amount), expires=ends)
                case ["earn", amount, "for", "good"]:
                    earn(unit, member_id, int(amount))
                case ["spend", amount]:
                    spent = spend(unit, member_id, int(amount))
                case ["give", "back", amount]:
                    assert spent is not None
                    give_back(unit, member_id, int(amount), spent)
                case ["expire"]:
                    ledger.expire_due(unit, unit.now())
                case _:
                    assert what == "nothing"
            assert ledger.balances(unit, member_id).points == int(spendable), day
            assert ", ".join(_shown(lot) for lot in ledger.lots(unit, member_id)) == lots, day
            assert broken(unit) == []


@pytest.mark.parametrize(("tier", "paid", "points", "growth"), list(table("points.md", "tier")))
def test_what_points_an_order_earns(tier: str, paid: str, points: str, growth: str) -> None:
    (level,) = [level for level in PROGRAMME.tiers if level.code == tier]
    bought = purchase(new_id(), noon("2026-03-02"), parse_minor(paid, "CNY"))
    earned = rules.earn(PROGRAMME, Rights(tier=level), bought)
    assert (earned.points, earned.growth) == (int(points), int(growth))


@pytest.mark.parametrize(("earned", "last_day"), list(table("points.md", "earned")))
def test_how_long_points_last(earned: str, last_day: str) -> None:
    at = datetime.fromisoformat(earned.removesuffix(" Shanghai")).replace(tzinfo=ZoneInfo(SHANGHAI))
    following = date.fromisoformat(last_day) + timedelta(days=1)
    assert rules.expires_at(PROGRAMME, at) == rules.day_start(following, SHANGHAI)


def test_the_tiers_example(world: World, clock: SimulatedClock) -> None:
    shop = world.merchant(currency="USD")
    member_id = shop.member().member_id
    for day, pays, tier, growth, sentence in table("tiers.md", "day"):
        clock.moment = noon(day)
        with shop.unit() as unit:
            loyalty.review_all(unit, tenancy.today(unit))
            buy(unit, member_id, parse_minor(pays, "USD"))
            found = loyalty.progress(unit, member_id)
            assert (found.tier.code, str(found.growth), found.sentence.en) == (tier, growth, sentence), day
            assert all(check.ok for check in loyalty.audit(unit)), day


MILK = new_id()
MORE_RULES = (
    ("double", Multiplier(20_000), Scope(products=frozenset({MILK})), False),
    ("more", Multiplier(15_000), Scope(), True),
    ("thanks", Extra(20, from_minor=10_000), Scope(), False),
)


@pytest.mark.parametrize(("basket", "tier", "points", "by_line", "explained"), list(table("points.md", "basket")))
def test_what_rules_come_to_together(basket: str, tier: str, points: str, by_line: str, explained: str) -> None:
    more = tuple(
        EarnRule(
            rule_id=new_id(),
            code=code,
            name=Text(code, code),
            asset=Earnable.POINTS,
            effect=effect,
            scope=scope,
            stacks=stacks,
        )
        for code, effect, scope, stacks in MORE_RULES
    )
    programme = replace(
        PROGRAMME,
        earn_rules=(*PROGRAMME.earn_rules, *more),
        points=replace(PROGRAMME.points, caps=EarnCaps(order=300)),
    )
    lines = []
    for part in basket.split(", "):
        what, paid = part.split()
        lines.append(PaidLine(parse_minor(paid, "CNY"), MILK if what == "milk" else new_id()))
    (level,) = [level for level in programme.tiers if level.code == tier]
    earned = rules.earn(programme, Rights(tier=level), purchase(new_id(), noon("2026-03-02"), *lines))
    assert (earned.points, " ".join(map(str, earned.points_by_line))) == (int(points), by_line)
    said = {f"{part.rule} {part.amount}" for part in earned.parts if part.asset is Earnable.POINTS}
    assert said == set(explained.split(", "))


def test_the_calendar_example() -> None:
    policy = GrowthPolicy(window=CalendarWindow(), fall=Fall.ONE_LEVEL, grace_days=10)
    programme = replace(PROGRAMME, growth=policy)
    standing, days = Standing(programme.base_tier), dict[date, int]()
    for reviewed, growth, decides, tier, kept_until in table("tiers.md", "reviewed"):
        day = date.fromisoformat(reviewed)
        days[day - timedelta(days=1)] = int(growth)
        of = rules.term(policy.window, day, day, day)
        decision = rules.decide(programme, standing, of, max(rules.growth_in(days, of, day)), day)
        shown = decision.kept_until.isoformat() if decision.kept_until else ""
        assert (decision.growth, decision.tier.code, shown) == (int(decides), tier, kept_until), reviewed
        standing = Standing(decision.tier, None, decision.kept_until)
