"""What pays once all rights are used: red packets, points, tax, stored value."""

from dataclasses import replace
from decimal import Decimal

import pytest

from shuke.checkout.settlement.model import (
    Choices,
    Customer,
    PacketRight,
    PointsRight,
    Quote,
    Situation,
    Stage,
    StoredValueRight,
)
from shuke.checkout.settlement.stages.points import useful
from shuke.checkout.settlement.stages.red_packets import spent
from shuke.kernel.text import Text
from shuke.offers.model import Funder, FundingShare, OrderPercent, Step, Threshold
from tests.support.quotes import NOBODY, by_stage, delivery, goods, group, offer, only, settled

SPRING = PacketRight("red_packet:spring", Text("新春", "Spring"), 500)
TEA = goods("tea", 1000, 3)


def rich(points: int = 0, stored: int = 0, *packets: PacketRight) -> Customer:
    return Customer(
        PointsRight(points, 100, 100, 5000), packets=packets, stored_value=StoredValueRight(stored, stored // 10)
    )


@pytest.mark.parametrize(
    ("packet", "due", "wanted", "expected"),
    [
        (SPRING, 3000, None, 500),
        (SPRING, 300, None, 300),
        (SPRING, 3000, 120, 120),
        (replace(SPRING, order_minor=200), 3000, None, 200),
        (replace(SPRING, share_bps=1000), 3001, None, 300),
        (replace(SPRING, from_minor=3000), 3000, None, 500),
        (replace(SPRING, from_minor=3001), 3000, None, 0),
    ],
)
def test_what_a_red_packet_pays(packet: PacketRight, due: int, wanted: int | None, expected: int) -> None:
    assert spent([packet], due, wanted) == [expected]


def test_red_packets_of_several_campaigns() -> None:
    """The second sees what the first left, and counts from where both began."""
    halves = [replace(SPRING, share_bps=5000, balance_minor=9000), replace(SPRING, share_bps=5000, from_minor=1000)]
    assert spent(halves, 1000, None) == [500, 250]


def test_a_red_packet_is_borne_by_its_funders() -> None:
    shares = (FundingShare(Funder.PLATFORM, 5000), FundingShare(Funder.MERCHANT, 5000))
    quote = settled([TEA], [], rich(0, 0, replace(SPRING, funding=shares)))
    assert [(a.rule, a.funder, a.amount_minor) for a in quote.adjustments] == [
        ("red_packet:spring", Funder.PLATFORM, 250),
        ("red_packet:spring", Funder.MERCHANT, 250),
    ]
    assert [(used.stage, used.amount_minor) for used in quote.used] == [(Stage.RED_PACKET, 500)]
    assert (quote.red_packet.usable_minor, quote.red_packet.used_minor) == (500, 500)


def test_a_discount_is_left_aside_where_it_would_cost_a_red_packet() -> None:
    packet = replace(SPRING, balance_minor=900, from_minor=3000)
    assert by_stage(settled([TEA], [offer(Threshold((Step(0, 100),)))], rich(0, 0, packet))) == {Stage.RED_PACKET: 900}


POINTS = PointsRight(1_000, 100, 100, 5000)


@pytest.mark.parametrize(
    ("right", "due", "wanted", "expected"),
    [
        (POINTS, 3000, 500, (500, 500)),
        (POINTS, 3000, 5000, (1000, 1000)),
        (POINTS, 1001, 5000, (500, 500)),
        (replace(POINTS, per_unit=10_000), 3000, 250, (200, 2)),
        (replace(POINTS, minimum=300), 3000, 200, (0, 0)),
        (replace(POINTS, minimum=300), 3000, 300, (300, 300)),
        (replace(POINTS, minimum=300), 500, 900, (0, 0)),
        (replace(POINTS, step=200), 3000, 500, (400, 400)),
        (replace(POINTS, step=30, per_unit=10_000), 3000, 250, (210, 2)),
        (replace(POINTS, unit_minor=0), 3000, 500, (0, 0)),
    ],
)
def test_points(right: PointsRight, due: int, wanted: int, expected: tuple[int, int]) -> None:
    assert useful(right, due, wanted) == expected


def test_stored_value_is_a_payment() -> None:
    quote = settled([TEA, delivery(200)], [], rich(0, 1000), Choices(stored_value_minor=5000))
    assert (quote.discount_minor, quote.paid_minor, quote.payable_minor) == (0, 3200, 2100)
    assert [line.stored_value_minor for line in quote.lines] == [1031, 69]
    assert (quote.stored_value.usable_minor, quote.stored_value.used_minor) == (1100, 1100)
    unasked = settled([TEA], [], rich(0, 1000))
    assert (unasked.stored_value.usable_minor, unasked.stored_value.used_minor) == (1100, 0)


def taxes(quote: Quote) -> list[tuple[int, int]]:
    return [(line.tax_minor, line.tax_added_minor) for line in quote.lines]


MIXED = [goods("tea", 1130, tax=1300), goods("book", 1090, tax=900), goods("egg", 500)]


def test_tax_in_the_price_is_shown() -> None:
    quote = settled(MIXED)
    assert (taxes(quote), quote.payable_minor) == ([(130, 0), (90, 0), (0, 0)], 2720)
    half = settled(MIXED, [offer(OrderPercent((Step(0, 5000),)))])
    assert (taxes(half), half.tax_minor) == ([(65, 0), (45, 0), (0, 0)], 110)


def test_tax_on_top_comes_after_discounts_and_before_payment() -> None:
    without = Situation(prices_include_tax=False)
    lines = [goods("tea", 1000, tax=1300), goods("book", 1000, tax=900), goods("egg", 500)]
    quote = settled(lines, situation=without)
    assert (taxes(quote), quote.payable_minor) == ([(130, 130), (90, 90), (0, 0)], 2720)
    half = settled(
        lines,
        [offer(OrderPercent((Step(0, 5000),)))],
        rich(100, 9000),
        Choices(points=100, stored_value_minor=9000),
        situation=without,
    )
    assert (half.discount_minor, half.tax_added_minor, half.paid_minor, half.payable_minor) == (1350, 101, 1251, 0)


def test_the_better_way_counts_tax() -> None:
    """Off the book or off the tea: the same discount, but tea is taxed higher."""
    without = Situation(prices_include_tax=False)
    lines = [goods("tea", 1000, tax=9000), goods("book", 1000, tax=0)]
    offers = [
        offer(Threshold((Step(0, 500),)), only("tea"), code="z", group="g"),
        offer(Threshold((Step(0, 500),)), only("book"), code="a", group="g"),
    ]
    one = [group("g", at_most=1)]
    assert [used.rule for used in settled(lines, offers, groups=one, situation=without).used] == ["promotion:z"]
    assert [used.rule for used in settled(lines, offers, groups=one).used] == ["promotion:a"]


def test_weighed_goods_round_half_up() -> None:
    line = settled([goods("apple", 999, "0.455")], [], NOBODY).lines[0]
    assert (line.gross_minor, line.item.quantity) == (455, Decimal("0.455"))
