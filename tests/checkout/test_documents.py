"""The worked example in docs/algorithms/settlement.md, played."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from uuid import UUID

from shuke.checkout.settlement.index import OfferIndex
from shuke.checkout.settlement.model import Choices, Item, Stage
from shuke.checkout.settlement.pipeline import quote
from shuke.kernel.money import parse_minor
from shuke.offers.model import NthItem, Scope, Step, Threshold
from tests.support.carts import NEWCOMER, customer
from tests.support.documents import table
from tests.support.quotes import coupon, offer

PAGE = Path(__file__).parents[2] / "docs" / "algorithms" / "settlement.md"


def minor(text: str) -> int:
    return parse_minor(text, "CNY")


def test_the_example_of_the_page() -> None:
    items = [
        Item(number, UUID(int=number), sku, sku, Decimal(quantity), minor(shelf), minor(member) if member else None)
        for number, (sku, quantity, shelf, member) in enumerate(table(PAGE, "sku"), start=1)
    ]
    bread = offer(NthItem(2, 5_000), Scope(products=frozenset({items[1].product_id})))
    three = coupon(offer(Threshold((Step(2_000, 300),)), kind="coupon"))
    gold = replace(customer(discount_bps=500, points=1200), coupons=(three,))
    settled = quote(items, gold, Choices(points=500), NEWCOMER, OfferIndex([bread]))
    *lines, total = table(PAGE, "line")
    stages = (Stage.MEMBER_PRICE, Stage.ITEM_OFFER, Stage.TIER_DISCOUNT, Stage.COUPON, Stage.POINTS)
    for line, (sku, gross, *cuts, paid) in zip(settled.lines, lines, strict=True):
        off = {adjustment.stage: adjustment.amount_minor for adjustment in line.adjustments}
        assert (line.item.sku, line.gross_minor, line.paid_minor) == (sku, minor(gross), minor(paid))
        assert [off.get(stage, 0) for stage in stages] == [minor(cut) for cut in cuts]
    amounts = [step.amount_minor for step in settled.stages if step.amount_minor]
    assert [settled.gross_minor, *amounts, settled.payable_minor] == [minor(cell) for cell in total[1:]]
    assert settled.points.used == 500
    assert settled.proven
