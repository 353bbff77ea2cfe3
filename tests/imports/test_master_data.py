"""Members, products and stores out of files."""

from uuid import UUID

import pytest

from shuke.catalog import service as catalog
from shuke.infra import outbox
from shuke.members import service as members
from shuke.members.model import IdentifierKind
from shuke.tenancy import service as tenancy
from tests.imports.desk import Desk


def test_products_are_created_updated_and_left_alone(desk: Desk) -> None:
    columns = ("sku", "name", "barcode", "department", "category", "list_price", "member_price")
    rows = [
        ("tea", "绿茶", "6901", "饮料", "茶", "12.50", "11.00"),
        ("milk", "鲜牛奶", "", "", "", "", ""),
        ("bread", "", "", "", "", "", ""),
    ]
    path = desk.write("products.csv", columns, rows)
    record = desk.load("products", path)
    assert (record.created, record.updated, record.unchanged, record.rejected) == (1, 1, 1, 0)
    with desk.shop.unit() as unit:
        found = catalog.by_codes(unit, ["6901", "milk"])
        assert found["6901"].list_price_minor == 1250
        assert found["6901"].category is not None
        assert found["6901"].category.name == "茶"
        assert (found["milk"].name, found["milk"].list_price_minor) == ("鲜牛奶", 500)
    before = desk.counts()
    assert desk.load("products", path).unchanged == 3
    assert desk.counts() == before


def test_products_refused(desk: Desk) -> None:
    rows = [
        ("a", "A", "690", "1.00", ""),
        ("a", "A again", "", "", ""),
        ("b", "B", "690", "1.00", ""),
        ("c", "C", "", "1.00", "2.00"),
        ("d", "D", "", "-1.00", ""),
        ("e", "x" * 300, "", "", ""),
    ]
    record = desk.load(
        "products", desk.write("p.csv", ("sku", "name", "barcode", "list_price", "member_price"), rows), chunk_rows=2
    )
    assert record.created == 1
    reasons = {row: reject.reason.en for row, reject in desk.rejects(record).items()}
    assert set(reasons) == {2, 3, 4, 5, 6}
    assert "duplicates row 1" in reasons[2]
    assert "belongs to product a" in reasons[3]


def test_members_by_any_of_their_numbers(desk: Desk) -> None:
    columns = ("会员编号", "姓名", "手机号", "卡号", "性别", "生日", "入会时间", "门店编码", "attributes")
    rows = [
        ("m2", "李雷", "139 0000 2222", "C200", "男", "1990-05-06", "2025-06-01 10:00", "S1", '{"size": "XL"}'),
        ("", "王大明", "13800001111", "", "女", "", "", "", ""),
        ("m3", "", "", "", "", "", "", "", ""),
    ]
    path = desk.write("members.csv", columns, rows)
    record = desk.load("members", path)
    assert (record.created, record.updated, record.rejected) == (2, 1, 0)
    with desk.shop.unit() as unit:
        li = members.find(unit, IdentifierKind.CARD, "c200")
        assert li is not None
        assert (li.name, li.phone, li.attributes) == ("李雷", "+8613900002222", {"size": "XL"})
        assert li.joined_at.isoformat() == "2025-06-01T02:00:00+00:00"
        told = outbox.of_member(unit, [li.member_id], unit.now(), UUID(int=0), 10)
        assert [(event.type, event.occurred_at) for event in told] == [("member.joined", li.joined_at)]
        wang = members.find(unit, IdentifierKind.PHONE, "13800001111")
        assert wang is not None
        assert (wang.name, wang.external_ref) == ("王大明", "m1")
        assert all(check.ok for check in members.audit(unit))
    before = desk.counts()
    assert desk.load("members", path).unchanged == 3
    assert desk.counts() == before


MEMBERS_REFUSED = {
    "nobody": (("", "李雷", "", "", ""), "at least one"),
    "bad phone": (("m9", "", "12", "", ""), "phone"),
    "bad birthday": (("m9", "", "", "1890-01-01", ""), "1900"),
    "unknown store": (("m9", "", "", "", "S9"), "S9"),
    "two people": (("m1", "", "13911112222", "", ""), "different members"),
}


@pytest.mark.parametrize("case", MEMBERS_REFUSED)
def test_members_refused(desk: Desk, case: str) -> None:
    desk.shop.member(phone="13911112222")
    before = desk.counts()
    row, reason = MEMBERS_REFUSED[case]
    record = desk.load("members", desk.write("m.csv", ("ref", "name", "phone", "birthday", "store_code"), [row]))
    assert reason in desk.rejects(record)[1].reason.en
    assert desk.counts() == before


def test_stores(desk: Desk) -> None:
    columns = ("code", "name", "region", "opened_on", "closed_on")
    rows = [
        ("S3", "滨江店", "华东", "2020-01-01", ""),
        ("S1", "人民路店", "", "", ""),
        ("S2", "", "", "2020/1/2", "2019-01-01"),
    ]
    record = desk.load("stores", desk.write("s.csv", columns, rows))
    assert (record.created, record.unchanged, record.rejected) == (1, 1, 1)
    with desk.shop.unit() as unit:
        found = {store.code: store for store in tenancy.stores(unit)}
        assert found["S3"].region is not None
        assert found["S3"].region.name == "华东"
