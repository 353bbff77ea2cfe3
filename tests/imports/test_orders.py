"""Orders out of a file: whole, exact, once."""

import pytest
import sqlalchemy as sa

from shuke.checkout import service as checkout
from shuke.infra.imports.errors import WrongMapping
from tests.imports.desk import ORDER_COLUMNS, Desk

PLACED = "2026-02-27 18:30:00"

GOOD = [
    ("A1", PLACED, "S1", "m1", "milk", 2, "10.00", "1.00", ""),
    ("A1", PLACED, "S1", "m1", "bread", 1, "8.00", "", "0.50"),
    ("A2", PLACED, "S2", "", "fuel", "12.345", "30.00", "", ""),
]


def test_amounts_funders_and_units(desk: Desk) -> None:
    record = desk.load("orders", desk.write("orders.csv", ORDER_COLUMNS, GOOD))
    assert (record.created, record.rejected, record.rows_done, record.rows_total) == (2, 0, 3, 3)
    assert record.notes == {"measured": 1}
    with desk.shop.unit() as unit:
        orders = checkout.orders_relation()
        first, second = unit.connection.execute(sa.select(orders).order_by(orders.c.external_ref)).all()
        lines = checkout.lines_relation()
        bread = unit.connection.execute(
            sa.select(lines).where(lines.c.order_id == first.order_id, lines.c.line_no == 2)
        )
        assert bread.one().adjustments == [
            {"stage": "imported", "amount_minor": 50, "rule": "partner_discount", "funder": "partner"}
        ]
        assert all(check.ok for check in checkout.audit(unit))
    assert (first.gross_minor, first.discount_minor, first.paid_minor, first.net_minor) == (1800, 150, 1650, 1700)
    assert (first.units, first.line_count, str(first.business_day)) == (3, 2, "2026-02-27")
    assert first.placed_at.isoformat() == "2026-02-27T10:30:00+00:00"
    assert first.member_id is not None
    assert second.member_id is None
    assert second.units == 1


def test_again_is_unchanged(desk: Desk) -> None:
    path = desk.write("orders.csv", ORDER_COLUMNS, GOOD)
    desk.load("orders", path)
    before = desk.counts()
    record = desk.load("orders", path)
    assert (record.created, record.updated, record.unchanged, record.rejected) == (0, 0, 2, 0)
    assert desk.counts() == before


def test_an_order_is_never_rewritten(desk: Desk) -> None:
    desk.load("orders", desk.write("orders.csv", ORDER_COLUMNS, GOOD))
    before = desk.counts()
    dearer = [(*GOOD[2][:6], "31.00", "", "")]
    record = desk.load("orders", desk.write("dearer.csv", ORDER_COLUMNS, dearer))
    assert "never rewritten" in desk.rejects(record)[1].reason.en
    assert desk.counts() == before


BAD = {
    "unknown sku": (("B", PLACED, "S1", "", "cheese", 1, "1.00", "", ""), "no product"),
    "unknown store": (("B", PLACED, "S9", "", "milk", 1, "1.00", "", ""), "no store"),
    "unknown member": (("B", PLACED, "S1", "m9", "milk", 1, "1.00", "", ""), "no such member"),
    "fractional pieces": (("B", PLACED, "S1", "", "milk", "1.5", "1.00", "", ""), "by the piece"),
    "negative quantity": (("B", PLACED, "S1", "", "milk", "-1", "1.00", "", ""), "quantity"),
    "huge amount": (("B", PLACED, "S1", "", "milk", 1, "99999999999999", "", ""), "gross"),
    "thirds of a cent": (("B", PLACED, "S1", "", "milk", 1, "1.005", "", ""), "gross"),
    "thousands separator": (("B", PLACED, "S1", "", "milk", 1, "1,000.00", "", ""), "gross"),
    "negative amount": (("B", PLACED, "S1", "", "milk", 1, "-1.00", "", ""), "negative"),
    "negative discount": (("B", PLACED, "S1", "", "milk", 1, "1.00", "-0.10", ""), "discount"),
    "no amount": (("B", PLACED, "S1", "", "milk", 1, "", "", ""), "gross"),
    "no such day": (("B", "2026-02-30 10:00", "S1", "", "milk", 1, "1.00", "", ""), "placed_at"),
    "in the future": (("B", "2027-02-20 10:00", "S1", "", "milk", 1, "1.00", "", ""), "future"),
    "no reference": (("", PLACED, "S1", "", "milk", 1, "1.00", "", ""), "order_ref"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_rows_are_refused_with_their_reason(desk: Desk, case: str) -> None:
    row, reason = BAD[case]
    before = desk.counts()
    record = desk.load("orders", desk.write("bad.csv", ORDER_COLUMNS, [row]))
    rejected = desk.rejects(record)
    assert reason in rejected[1].reason.en
    assert rejected[1].reason.zh
    assert dict(rejected[1].cells) == {name: str(cell) for name, cell in zip(ORDER_COLUMNS, row, strict=True)}
    assert desk.counts() == before


def test_one_bad_line_spoils_its_order_and_no_other(desk: Desk) -> None:
    rows = [GOOD[0], ("A1", PLACED, "S1", "m1", "cheese", 1, "8.00", "", ""), GOOD[2]]
    record = desk.load("orders", desk.write("orders.csv", ORDER_COLUMNS, rows))
    assert record.created == 1
    reasons = {row: reject.reason.en for row, reject in desk.rejects(record).items()}
    assert set(reasons) == {1, 2}
    assert "another row of the same order" in reasons[1]
    assert desk.totals()["orders"] == (1, 3000, 0, 3000, 3000)


def test_lines_that_do_not_stand_together_are_refused(desk: Desk) -> None:
    """Also where the parts of the order would have fallen into different chunks."""
    rows = [GOOD[0], *(("X", PLACED, "S2", "", "milk", 1, "5.00", "", "") for _ in range(20)), GOOD[1]]
    record = desk.load("orders", desk.write("orders.csv", ORDER_COLUMNS, rows))
    rejected = desk.rejects(record)
    assert set(rejected) == {1, 22}
    assert "stand together" in rejected[1].reason.en
    assert record.created == 1


def test_lines_of_an_order_must_agree(desk: Desk) -> None:
    rows = [GOOD[0], (*GOOD[1][:2], "S2", *GOOD[1][3:])]
    record = desk.load("orders", desk.write("orders.csv", ORDER_COLUMNS, rows))
    assert record.rejected == 2
    assert desk.totals()["orders"][0] == 0


def test_a_broken_row_spoils_the_orders_beside_it(desk: Desk) -> None:
    path = desk.write("orders.csv", ORDER_COLUMNS, GOOD)
    lines = path.read_text().splitlines()
    path.write_text("\n".join([*lines[:3], "A1,torn", lines[3], ""]))
    record = desk.load("orders", path)
    assert record.created == 0
    assert {row: reject.reason.en.split(";")[0] for row, reject in desk.rejects(record).items()}[3].startswith(
        "has not"
    )
    assert record.rejected == record.rows_total == 4


def test_stated_amounts_must_add_up(desk: Desk) -> None:
    columns = (*ORDER_COLUMNS, "paid", "currency")
    rows = [
        ("A", PLACED, "S1", "", "milk", 1, "5.00", "1.00", "", "4.00", "CNY"),
        ("B", PLACED, "S1", "", "milk", 1, "5.00", "1.00", "", "4.50", ""),
        ("C", PLACED, "S1", "", "milk", 1, "5.00", "", "", "", "USD"),
    ]
    record = desk.load("orders", desk.write("orders.csv", columns, rows))
    assert record.created == 1
    reasons = {row: reject.reason.en for row, reject in desk.rejects(record).items()}
    assert "add up" in reasons[2]
    assert "currency" in reasons[3]


def test_coupon_above_the_price_is_kept_and_noted(desk: Desk) -> None:
    rows = [("A", PLACED, "S1", "m1", "milk", 0, "1.00", "", "1.50")]
    record = desk.load("orders", desk.write("orders.csv", ORDER_COLUMNS, rows))
    assert record.notes == {"zero_quantity": 1, "negative_line": 1, "negative_order": 1}
    assert desk.totals()["orders"] == (1, 100, 150, 100, -50)


def test_members_by_card_and_phone(desk: Desk) -> None:
    columns = ("order_ref", "placed_at", "store_code", "member_card", "member_phone", "sku", "quantity", "gross")
    rows = [
        ("A", PLACED, "S1", "c-100", "", "milk", 1, "5.00"),
        ("B", PLACED, "S1", "", "+86 138 0000 1111", "milk", 1, "5.00"),
    ]
    record = desk.load("orders", desk.write("orders.csv", columns, rows))
    assert record.created == 2
    with desk.shop.unit() as unit:
        orders = checkout.orders_relation()
        assert len(set(unit.connection.scalars(sa.select(orders.c.member_id)))) == 1


def test_missing_columns_are_named(desk: Desk) -> None:
    with pytest.raises(WrongMapping, match="sku"):
        desk.load("orders", desk.write("orders.csv", ("order_ref", "placed_at"), [("A", PLACED)]))
