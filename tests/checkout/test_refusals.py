"""Bad input at the till: a clear problem document, and nothing changed."""

from datetime import date
from typing import Any

import pytest

from shuke.catalog import service as catalog
from shuke.catalog.model import ProductStatus
from shuke.members import service as members
from shuke.members.model import MemberStatus
from shuke.tenancy import outlets
from tests.support.till import Line, Till

CASH = [{"kind": "cash", "amount_minor": 10**9}]
MILK: list[Line] = [("MILK", 1)]

LINES = [
    # what, lines, status, code, the field that is named
    ("unknown SKU", [("MILK", 1), ("NOPE", 1)], 422, "bad_lines", "lines.1.sku"),
    ("half a piece", [("MILK", "0.5")], 422, "bad_lines", "lines.0.quantity"),
    ("no shelf price", [("LOOSE", 1)], 422, "bad_lines", "lines.0.unit_price_minor"),
    ("off the shelf", [("OLD", 1)], 422, "bad_lines", "lines.0.sku"),
    ("zero", [("MILK", 0)], 422, "invalid", "lines.0.quantity"),
    ("negative", [("MILK", "-1")], 422, "invalid", "lines.0.quantity"),
    ("too fine a measure", [("APPLE", "0.4555")], 422, "invalid", "lines.0.quantity"),
    ("no number", [("APPLE", "two")], 422, "invalid", "lines.0.quantity"),
    ("not a number", [("APPLE", "NaN")], 422, "invalid", "lines.0.quantity"),
    ("infinite", [("APPLE", "Infinity")], 422, "invalid", "lines.0.quantity"),
    ("huge quantity", [("MILK", "1e9")], 422, "invalid", "lines.0.quantity"),
    ("absurd exponent", [("MILK", "1e-999999")], 422, "invalid", "lines.0.quantity"),
    ("huge price", [("MILK", 1, 10**13)], 422, "invalid", "lines.0.unit_price_minor"),
    ("huge amount", [("MILK", 10**6, 10**13 - 1)], 422, "amount_too_large", None),
    ("negative price", [("MILK", 1, -5)], 422, "invalid", "lines.0.unit_price_minor"),
    ("nothing", [], 422, "invalid", "lines"),
    ("empty SKU", [("  ", 1)], 422, "invalid", "lines.0.sku"),
    ("NUL", [("MI\0LK", 1)], 422, "invalid", "lines"),
    ("too many lines", [("MILK", 1)] * 501, 422, "invalid", "lines"),
]


@pytest.fixture
def stocked(till: Till) -> Till:
    till.shop.product("LOOSE", None, name="散装")
    till.shop.product("OLD", 100, status=ProductStatus.OFF_SHELF)
    return till


def test_lines_that_cannot_be_sold(stocked: Till) -> None:
    before = stocked.everything()
    for what, lines, status, code, field in LINES:
        for path, more in (("quotes", {}), ("orders", {"tenders": CASH})):
            answer = stocked.client.post(f"/v1/{path}", json=stocked.basket(lines) | more)
            problem = answer.json()
            assert (answer.status_code, problem["code"]) == (status, code), (what, path, problem)
            assert answer.headers["content-type"] == "application/problem+json"
            if field is not None:
                assert field in [wrong["path"] for wrong in problem["fields"]], (what, problem)
    assert stocked.everything() == before


def test_every_wrong_line_is_named_in_the_callers_language(stocked: Till) -> None:
    basket = stocked.basket([("NOPE", 1), ("MILK", 1), ("MILK", "0.5")])
    problem = stocked.client.post("/v1/quotes", json=basket, headers={"Accept-Language": "en"}).json()
    assert problem["fields"] == [
        {"path": "lines.0.sku", "message": "Line 1: there is no product NOPE. Check the code."},
        {"path": "lines.2.quantity", "message": "Line 3: 全脂牛奶 is sold by the piece; use a whole quantity."},
    ]
    assert "有 2 行商品" in stocked.client.post("/v1/quotes", json=basket).json()["detail"]


TENDERS: list[tuple[str, list[dict[str, Any]], dict[str, Any], int, str]] = [
    # what, tenders, more of the body, status, code
    ("too little", [{"kind": "cash", "amount_minor": 1199}], {}, 422, "tender_short"),
    ("nothing", [], {}, 422, "tender_short"),
    ("a card charged too much", [{"kind": "card", "amount_minor": 1201}], {}, 422, "tender_over"),
    (
        "change for a wallet",
        [{"kind": "wechat", "amount_minor": 1300}, {"kind": "cash", "amount_minor": 100}],
        {},
        422,
        "tender_over",
    ),
    ("zero", [{"kind": "cash", "amount_minor": 0}], {}, 422, "invalid"),
    ("negative", [{"kind": "cash", "amount_minor": 2000}, {"kind": "card", "amount_minor": -800}], {}, 422, "invalid"),
    ("unknown kind", [{"kind": "shells", "amount_minor": 1200}], {}, 422, "invalid"),
    ("huge", [{"kind": "cash", "amount_minor": 10**13}], {}, 422, "invalid"),
    ("a price that changed", CASH, {"expected_payable_minor": 1100}, 409, "payable_changed"),
    ("a typo", CASH, {"chanel": "pos"}, 422, "invalid"),
    ("another currency", CASH, {"currency": "USD"}, 422, "invalid"),
    ("negative points", CASH, {"choices": {"points": -1}}, 422, "invalid"),
    ("no such member", CASH, {"member_id": "mem_" + "0" * 32}, 404, "member_not_found"),
    ("no id at all", CASH, {"member_id": "王小明"}, 422, "invalid"),
    ("a channel that is no word", CASH, {"channel": "=1+1"}, 422, "invalid"),
]


def test_payments_that_do_not_fit(till: Till) -> None:
    before = till.everything()
    for what, tenders, more, status, code in TENDERS:
        answer = till.try_settle(MILK, tenders=tenders, **more)
        assert (answer.status_code, answer.json()["code"]) == (status, code), (what, answer.text)
    assert till.everything() == before


def test_problem_documents_name_the_amounts(till: Till) -> None:
    short = till.try_settle(MILK, tenders=[{"kind": "cash", "amount_minor": 1000}]).json()
    assert short["detail"] == "付款不足：应付 12.00，已付 10.00，还差 2.00。"
    changed = till.try_settle(MILK, expected_payable_minor=1100).json()
    assert "12.00" in changed["detail"]


def test_broken_text_is_refused(till: Till) -> None:
    before = till.everything()
    for body in (b"\xff\xfe", b'{"store_id": "\xff"}', b'{"store_id": "\\ud800"}', b"[]", b"null", b"{"):
        answer = till.client.post("/v1/orders", content=body, headers={"Content-Type": "application/json"})
        assert answer.status_code in (400, 422), (body, answer.text)
        assert answer.headers["content-type"] == "application/problem+json"
    assert till.everything() == before


def test_a_blocked_member_is_refused(till: Till) -> None:
    member = till.shop.member()
    with till.shop.unit() as unit:
        members.change(unit, member.member_id, {"status": MemberStatus.BLOCKED})
    before = till.everything()
    answer = till.try_settle(MILK, member)
    assert (answer.status_code, answer.json()["code"]) == (409, "member_blocked")
    assert till.everything() == before


def test_a_closed_store_settles_nothing(till: Till) -> None:
    with till.shop.unit() as unit:
        outlets.change_store(unit, till.store.store_id, {"closed_on": date(2026, 3, 1)})
    answer = till.try_settle(MILK)
    assert (answer.status_code, answer.json()["code"]) == (409, "store_closed")


def test_prices_of_a_product_changed_since_the_quote(till: Till) -> None:
    quote = till.quote(MILK)
    with till.shop.unit() as unit:
        milk = catalog.by_codes(unit, ["MILK"])["MILK"]
        catalog.change(unit, milk.product_id, {"list_price_minor": 1300})
    answer = till.try_settle(MILK, expected_payable_minor=quote["payable_minor"])
    assert (answer.status_code, answer.json()["code"]) == (409, "payable_changed")


def test_whoever_is_not_signed_in_or_not_allowed(till: Till) -> None:
    before = till.everything()
    assert till.try_settle(MILK, client=till.world.client()).status_code == 401
    stranger = till.world.client(till.world.merchant().login)
    assert till.try_settle(MILK, client=stranger).status_code == 404
    assert till.everything() == before
