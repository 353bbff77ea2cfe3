"""Quotes over HTTP: what they say, and to whom."""

from shuke.kernel.ids import Prefix, show
from shuke.tenancy.model import Role
from tests.support.till import Till, member_id


def test_a_stranger_pays_the_shelf_price_and_hears_what_joining_saves(till: Till) -> None:
    quote = till.quote([("MILK", 2), ("BREAD", "1")])
    assert (quote["gross_minor"], quote["payable_minor"], quote["joining_saves_minor"]) == (2900, 2900, 400)
    assert (quote["member"], quote["points"]["to_earn"], quote["currency"]) == (None, 0, "CNY")


def test_a_member_gets_the_member_price_with_its_reason(till: Till) -> None:
    member = till.shop.member(name="王小明")
    quote = till.quote([("MILK", 2), ("BREAD", 1)], member)
    assert (quote["payable_minor"], quote["joining_saves_minor"], quote["points"]["to_earn"]) == (2500, 0, 25)
    milk, bread = quote["lines"]
    assert milk["adjustments"] == [
        {
            "stage": "member_price",
            "amount_minor": 400,
            "rule": "member_price",
            "funder": "merchant",
            "party": None,
            "reason": {"zh": "会员价", "en": "Member price"},
            "line_no": 1,
        }
    ]
    assert bread["adjustments"] == []
    assert quote["member"]["id"] == member_id(member)
    assert [(s["stage"], s["amount_minor"], s["after_minor"]) for s in quote["stages"]] == [
        ("member_price", 400, 2500),
        ("item_offer", 0, 2500),
        ("tier_discount", 0, 2500),
        ("order_offer", 0, 2500),
        ("coupon", 0, 2500),
        ("red_packet", 0, 2500),
        ("points", 0, 2500),
        ("tax", 0, 2500),
        ("stored_value", 0, 2500),
    ]


def test_measured_goods_round_half_up(till: Till) -> None:
    line = till.quote([("APPLE", "0.455")])["lines"][0]  # 4.54545
    assert (line["gross_minor"], line["quantity"]) == (455, "0.455")


def test_a_barcode_is_as_good_as_a_sku(till: Till) -> None:
    assert till.quote([("6901234567892", 1)])["lines"][0]["sku"] == "MILK"


def test_a_quote_writes_nothing(till: Till) -> None:
    member = till.shop.member()
    before = till.everything()
    till.quote([("MILK", 2)], member, points=100)
    assert till.everything() == before


def test_a_store_out_of_reach_is_not_there(till: Till) -> None:
    elsewhere = till.shop.store(name="别处")
    cashier = till.as_staff(Role.CASHIER, elsewhere)
    assert cashier.post("/v1/quotes", json=till.basket([("MILK", 1)])).status_code == 404
    other = till.world.merchant()
    stranger = till.world.client(other.login)
    assert stranger.post("/v1/quotes", json=till.basket([("MILK", 1)])).status_code == 404


def test_identify_by_phone_card_number_and_code(till: Till) -> None:
    member = till.shop.member(phone="13800138000", card="VIP0001")
    asked = [{"phone": "138 0013 8000"}, {"card": "VIP0001"}, {"code": "VIP0001"}, {"code": member.number}]
    issued = till.client.post(f"/v1/members/{member_id(member)}/code")
    assert issued.status_code == 201, issued.text
    asked.append({"code": issued.json()["code"]})
    for body in asked:
        answer = till.client.post("/v1/identify", json=body)
        assert answer.status_code == 200, (body, answer.text)
        assert answer.json()["member"]["id"] == member_id(member)
    assert answer.json()["wallet"] == {"points": 0, "growth": 0, "points_worth_minor": 0}


def test_identify_says_when_nobody_is_found(till: Till) -> None:
    unknown = till.client.post("/v1/identify", json={"phone": "13900000000"})
    assert (unknown.status_code, unknown.json()["code"]) == (404, "member_not_found")
    for body in ({}, {"phone": "1", "card": "2"}, {"phone": ""}):
        assert till.client.post("/v1/identify", json=body).status_code == 422


def test_an_unknown_store_or_member_is_not_there(till: Till) -> None:
    body = till.basket([("MILK", 1)])
    nobody = show(Prefix.MEMBER, till.store.store_id)
    assert till.client.post("/v1/quotes", json=body | {"member_id": nobody}).json()["code"] == "member_not_found"
    nowhere = show(Prefix.STORE, till.shop.merchant_id)
    assert till.client.post("/v1/quotes", json=body | {"store_id": nowhere}).status_code == 404
