"""Tags out of a file."""

from shuke.kernel.text import Text
from shuke.members.tags import catalogue, service
from shuke.members.tags.model import Colour
from tests.imports.desk import Desk
from tests.support.tagging import broken, held, tag


def test_a_file_of_tags_with_wrong_rows(desk: Desk) -> None:
    other = desk.shop.member(external_ref="m2", phone="13800002222")
    with desk.shop.unit() as unit:
        group = catalogue.create_group(unit, Text("级别", "Level"), Colour.GOLD, exclusive=True).group_id
        for code in ("low", "high"):
            tag(unit, code, group=group)
        tag(unit, "mum")
        catalogue.change_tag(unit, tag(unit, "old").tag_id, {"archived": True})
    path = desk.write(
        "tags.csv",
        ("会员编号", "手机号", "标签编码", "到期时间"),
        [
            ("m1", "", "low", ""),
            ("", "138 0000 2222", "mum", "2026-12-31"),
            ("m2", "", "mum", "2026-12-31"),
            ("m9", "", "mum", ""),
            ("m1", "", "nothing", ""),
            ("m1", "", "old", ""),
            ("m1", "13800002222", "mum", ""),
            ("", "", "mum", ""),
            ("m1", "", "mum", "2020-01-01"),
            ("m1", "", "high", ""),
        ],
    )
    record = desk.load("tags", path, chunk_rows=2)
    why = {row: reject.reason.en for row, reject in desk.rejects(record).items()}
    assert sorted(why) == [4, 5, 6, 7, 8, 9, 10], why
    assert "no such member" in why[4]
    assert "no tag nothing" in why[5]
    assert "archived" in why[6]
    assert "different members" in why[7]
    assert "exclusive" in why[10]
    again = desk.load("tags", path)
    assert (again.created, again.updated) == (0, 0)
    with desk.shop.unit() as unit:
        member = service.of_member(unit, other.member_id)
        assert {each.tag.code for each in member} == {"mum"}
        assert [each.until is not None for each in member] == [True]
        assert broken(unit) == []
        assert sum(catalogue.counts(unit).values()) == 2
        assert held(unit, other.member_id) == {"mum"}


def test_what_was_asked_for_first_stays_across_chunks(desk: Desk) -> None:
    with desk.shop.unit() as unit:
        group = catalogue.create_group(unit, Text("级别", "Level"), Colour.GOLD, exclusive=True).group_id
        for code in ("low", "high"):
            tag(unit, code, group=group)
    rows = [("m1", "low"), ("m1", "high")]
    record = desk.load("tags", desk.write("tags.csv", ("member_ref", "tag"), rows), chunk_rows=1)
    assert sorted(desk.rejects(record)) == [2]
