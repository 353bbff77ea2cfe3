"""The worked example in docs/algorithms/refund.md, played."""

from decimal import Decimal
from pathlib import Path
from uuid import UUID

from shuke.checkout.model import Instrument, Share
from shuke.checkout.refunds.model import (
    ByAmount,
    ByQuantity,
    Everything,
    LineRefund,
    Request,
    SoldLine,
)
from shuke.checkout.refunds.rules import plan
from shuke.checkout.settlement.model import Adjustment, Stage
from shuke.kernel.money import parse_minor
from shuke.offers.model import Funder
from tests.support.documents import table

PAGE = Path(__file__).parents[2] / "docs" / "algorithms" / "refund.md"
WALLET = UUID(int=1)


def minor(text: str) -> int:
    return parse_minor(text, "CNY")


def line(number: int, cells: list[str]) -> SoldLine:
    _, quantity, member_price, coupon, platform, points, principal, bonus, money = cells
    funded = ((member_price, Funder.MERCHANT), (coupon, Funder.MERCHANT), (platform, Funder.PLATFORM))
    return SoldLine(
        number,
        Decimal(quantity),
        tuple(Adjustment(Stage.IMPORTED, minor(amount), "rule", funder) for amount, funder in funded),
        (
            Share(Instrument.STORED_PRINCIPAL, minor(principal), WALLET),
            Share(Instrument.STORED_BONUS, minor(bonus), WALLET),
            Share(Instrument.MONEY, minor(money)),
        ),
        int(points),
    )


def request(words: str, names: list[str]) -> Request:
    """`1 MILK`, `5.00 of MILK`, `all`."""
    match words.split():
        case [amount, "of", name]:
            return [ByAmount(names.index(name) + 1, minor(amount))]
        case [quantity, name]:
            return [ByQuantity(names.index(name) + 1, Decimal(quantity))]
    return Everything()


def test_the_example_of_the_page() -> None:
    sold = table(PAGE, "line")
    names = [cells[0] for cells in sold]
    lines = [line(number, cells) for number, cells in enumerate(sold, 1)]
    past: dict[int, list[LineRefund]] = {}
    rows = table(PAGE, "refund")
    for words in dict.fromkeys(row[0] for row in rows):
        for part in plan(lines, past, request(words, names), "CNY").lines:
            past.setdefault(part.line_no, []).append(part)
            shown = next(row for row in rows if row[:2] == [words, names[part.line_no - 1]])
            assert [*part.discounts, part.points, *part.payments] == [
                int(cell) if index == 3 else minor(cell) for index, cell in enumerate(shown[2:])
            ]
    assert sum(len(parts) for parts in past.values()) == len(rows)
