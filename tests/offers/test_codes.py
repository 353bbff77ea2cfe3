"""Printed codes: read once, typed in once, worthless when voided."""

import csv
import io
from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa

from shuke.kernel.errors import Invalid
from shuke.offers import codes, lifecycle
from shuke.offers.coupon_tables import coupon_codes, coupon_stocks
from shuke.offers.errors import (
    AlreadyDownloaded,
    BatchNotFound,
    CodeExpired,
    CodeNotValid,
    CodeUsed,
    CouponNotYours,
    OutOfStock,
    OverMemberStock,
)
from shuke.offers.model import CouponRules, Validity
from shuke.offers.shelves import TEMPLATES
from tests.support.offers import Desk
from tests.support.world import World

LIMITED = CouponRules(validity=Validity(days=10), stock=10, per_member=2)


def printed(desk: Desk, template: UUID, size: int = 5) -> tuple[UUID, list[str]]:
    """A batch and its codes."""
    with desk.shop.unit() as unit:
        batch = codes.print_batch(unit, template, "传单", size, unit.now() + timedelta(days=30))
    with desk.shop.unit() as unit:
        rows = csv.DictReader(io.StringIO(codes.download(unit, batch.batch_id).removeprefix("\ufeff")))
        return batch.batch_id, [row["code"] for row in rows]


def test_codes_are_given_out_once_and_kept_as_indexes(world: World) -> None:
    desk = Desk(world.merchant())
    batch_id, found = printed(desk, desk.template())
    assert len(set(found)) == 5
    with pytest.raises(AlreadyDownloaded), desk.shop.unit() as unit:
        codes.download(unit, batch_id)
    with desk.shop.unit() as unit:
        kept = unit.connection.execute(sa.select(coupon_codes)).all()
        batch = codes.get(unit, batch_id)
    assert {row.last_four for row in kept} == {code[-4:] for code in found}
    assert not any(code.replace("-", "").encode() in bytes(row.code_index) for row in kept for code in found)
    assert (batch.size, batch.bound, batch.downloaded_at) == (5, 0, world.clock.now())
    assert desk.broken() == []


def test_a_code_becomes_one_coupon(world: World) -> None:
    desk = Desk(world.merchant())
    member = desk.shop.member()
    _, found = printed(desk, desk.template(rules=LIMITED))
    with desk.shop.unit() as unit:
        coupon = codes.bind(unit, f" {found[0].lower()} ", member.member_id)
    assert desk.held(member) == [coupon.coupon_id]
    wrong = found[1][:-1] + ("2" if found[1][-1] != "2" else "3")
    for typed, refusal in ((found[0], CodeUsed), (wrong, CodeNotValid), ("", CodeNotValid), ("22222222", CodeNotValid)):
        with pytest.raises(refusal), desk.shop.unit() as unit:
            codes.bind(unit, typed, member.member_id)
    with desk.shop.unit() as unit:
        codes.bind(unit, found[1], member.member_id)
    with pytest.raises(OverMemberStock), desk.shop.unit() as unit:
        codes.bind(unit, found[2], member.member_id)
    assert desk.broken() == []


def test_a_coupon_of_nobody_is_used_by_whoever_has_the_paper(world: World) -> None:
    desk = Desk(world.merchant())
    member = desk.shop.member()
    _, found = printed(desk, desk.template())
    with desk.shop.unit() as unit:
        first, second = (codes.bind(unit, code, None).coupon_id for code in found[:2])
    desk.redeem(None, first)
    desk.redeem(member, second)
    assert desk.broken() == []


def test_codes_of_another_merchant_are_none(world: World) -> None:
    desk, other = Desk(world.merchant()), Desk(world.merchant())
    batch_id, found = printed(desk, desk.template())
    with pytest.raises(CodeNotValid), other.shop.unit() as unit:
        codes.bind(unit, found[0], other.shop.member().member_id)
    with pytest.raises(BatchNotFound), other.shop.unit() as unit:
        codes.download(unit, batch_id)


def test_batches_take_from_stock_and_void_codes_give_it_back(world: World) -> None:
    desk = Desk(world.merchant())
    member = desk.shop.member()
    template = desk.template(rules=LIMITED)
    batch_id, found = printed(desk, template, 8)
    with pytest.raises(OutOfStock), desk.shop.unit() as unit:
        codes.print_batch(unit, template, "more", 3, None)
    with pytest.raises(Invalid), desk.shop.unit() as unit:
        codes.print_batch(unit, template, "more", 1, unit.now())
    with desk.shop.unit() as unit:
        codes.bind(unit, found[0], member.member_id)
        assert codes.void(unit, batch_id) == codes.void(unit, batch_id)
        issued = unit.connection.scalar(sa.select(coupon_stocks.c.issued))
    assert issued == 1
    with pytest.raises(CodeExpired), desk.shop.unit() as unit:
        codes.bind(unit, found[1], member.member_id)
    with pytest.raises(CodeUsed), desk.shop.unit() as unit:
        codes.bind(unit, found[0], member.member_id)
    assert len(desk.held(member)) == 1
    assert desk.broken() == []


def test_printed_codes_outlast_the_end_of_their_template_but_not_their_date(world: World) -> None:
    desk = Desk(world.merchant())
    member = desk.shop.member()
    template = desk.template()
    _, found = printed(desk, template)
    with desk.shop.unit() as unit:
        lifecycle.end(unit, TEMPLATES, template)
    with desk.shop.unit() as unit:
        coupon = codes.bind(unit, found[0], member.member_id).coupon_id
    with pytest.raises(CouponNotYours):
        desk.redeem(desk.shop.member(), coupon)
    world.clock.advance(timedelta(days=30))
    with pytest.raises(CodeExpired), desk.shop.unit() as unit:
        codes.bind(unit, found[1], member.member_id)
