"""The worked example in docs/algorithms/clearing.md, played."""

from pathlib import Path

from shuke.checkout.clearing import service as clearing
from shuke.kernel.money import parse_minor
from shuke.offers.model import Funder
from tests.support.clearing import Chain, Use, open_chain
from tests.support.clearing_books import Cut
from tests.support.documents import table
from tests.support.world import World

PAGE = Path(__file__).parents[2] / "docs" / "algorithms" / "clearing.md"
A, B, C = range(3)


def minor(text: str) -> int:
    return parse_minor(text, "CNY")


def play(chain: Chain, row: list[str]) -> None:
    _, what, at, *amounts = row
    platform, partner, merchant, principal, bonus, money = map(minor, amounts)
    if what == "sale":
        cuts = [Cut(Funder.PLATFORM, platform), Cut(Funder.PARTNER, partner, "乳业"), Cut(Funder.MERCHANT, merchant)]
        chain.sell("ABC".index(at), [cuts], money, [Use(0, principal, bonus)])
        return
    before = chain.sales[0]
    was = (before.money, before.uses[0], [cut.amount for cut in before.lines[0]])
    chain.refund(0, "ABC".index(at), half=True)
    now = (before.money, before.uses[0], [cut.amount for cut in before.lines[0]])
    assert [past - left for past, left in zip(was[2], now[2], strict=True)] == [platform, partner, merchant]
    assert (was[0] - now[0], was[1].principal - now[1].principal, was[1].bonus - now[1].bonus) == (
        money,
        principal,
        bonus,
    )


def test_the_example(world: World) -> None:
    chain = open_chain(world)
    first = chain.today()
    chain.top_up(A, 10_000, 2_000)
    rows, days = table(PAGE, "day"), table(PAGE, "closed")
    for number, (_, *expected) in enumerate(days, 1):
        for row in rows:
            if row[0] == str(number):
                play(chain, row)
        day = chain.today()
        chain.next_day()
        chain.close(day)
        with chain.shop.unit() as unit:
            found = {each.party.key: each.net_minor for each in clearing.statement(unit, day, day).positions}
        keys = [*(chain.party(store) for store in (A, B, C)), "merchant", "platform", "partner:乳业"]
        assert [found.get(key, 0) for key in keys] == [minor(amount) for amount in expected], day
    assert chain.today() == first.replace(day=first.day + 2)
