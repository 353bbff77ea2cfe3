"""Coupons come to members: one, a crowd, by claim; within stock and limits."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from shuke.infra.outbox import START, read_after
from shuke.members import service as members
from shuke.members.errors import MemberNotFound
from shuke.members.model import Changes, MemberStatus
from shuke.offers import coupon_store, issuing, lifecycle, service
from shuke.offers.coupon_store import CouponFilter
from shuke.offers.errors import (
    HolderBlocked,
    NotClaimable,
    NotIssuing,
    OutOfStock,
    OverMemberStock,
    TemplateNotFound,
)
from shuke.offers.hooks import OfferHooks
from shuke.offers.model import CouponRules, CouponStatus, Issued, Validity
from shuke.offers.shelves import TEMPLATES
from tests.support.offers import Desk
from tests.support.world import World

TEN_DAYS = Validity(days=10)


def everybody() -> sa.Select[tuple[UUID]]:
    return sa.select(members.members_relation().c.member_id)


def test_a_coupon_is_good_for_whole_days(world: World) -> None:
    desk = Desk(world.merchant())
    coupon = desk.coupon(desk.template(), desk.shop.member())
    assert coupon.status is CouponStatus.AVAILABLE
    assert coupon.valid_from == world.clock.now()
    assert coupon.valid_until.isoformat() == "2026-03-11T16:00:00+00:00", "midnight in Shanghai after the tenth day"


def test_a_crowd_gets_one_each_for_a_key(world: World) -> None:
    desk = Desk(world.merchant())
    people = [desk.shop.member() for _ in range(5)]
    with desk.shop.unit() as unit:
        members.change(unit, people[4].member_id, Changes(status=MemberStatus.BLOCKED))
    template = desk.template(rules=CouponRules(validity=TEN_DAYS, stock=6, per_member=2))
    desk.coupon(template, people[0])
    with desk.shop.unit() as unit:
        again = everybody().union_all(everybody()).subquery()
        crowd = sa.select(again.c.member_id)
        assert issuing.issue_to(unit, template, crowd, "spring", "spring-1") == Issued(4, 4, 0, 0)
        assert issuing.issue_to(unit, template, crowd, "spring", "spring-1") == Issued(4, 0, 4, 0)
        second = issuing.issue_to(unit, template, everybody(), "spring", "spring-2")
        assert second == Issued(4, 1, 0, 1)
        assert second.out_of_stock == 2
        found, _ = coupon_store.listed(unit, CouponFilter(template_id=template), None, 50)
    assert len(found) == 6
    with desk.shop.unit() as unit:
        told = [event for event in read_after(unit, START)[0] if event.type == "coupon.issued"]
    assert {event.subject_id for event in told} == {coupon.coupon_id for coupon in found}
    assert {event.member_id for event in told} == {coupon.member_id for coupon in found}
    assert desk.broken() == []


def test_one_member_is_told_why_not(world: World) -> None:
    desk = Desk(world.merchant())
    a, b, blocked = (desk.shop.member() for _ in range(3))
    template = desk.template(rules=CouponRules(validity=TEN_DAYS, stock=2, per_member=1))
    with desk.shop.unit() as unit:
        members.change(unit, blocked.member_id, Changes(status=MemberStatus.BLOCKED))
        first = issuing.issue(unit, template, a.member_id, "care", "case-1")
        assert issuing.issue(unit, template, a.member_id, "care", "case-1") == first
    for member_id, refusal in (
        (a.member_id, OverMemberStock),
        (blocked.member_id, HolderBlocked),
        (uuid4(), MemberNotFound),
    ):
        with pytest.raises(refusal), desk.shop.unit() as unit:
            issuing.issue(unit, template, member_id, "care")
    desk.coupon(template, b)
    with pytest.raises(OutOfStock):
        desk.coupon(template, desk.shop.member())
    with pytest.raises(TemplateNotFound), desk.shop.unit() as unit:
        issuing.issue(unit, uuid4(), a.member_id, "care")
    assert desk.broken() == []


def test_claims_need_a_template_that_allows_them(world: World) -> None:
    desk = Desk(world.merchant())
    member = desk.shop.member()
    closed = desk.template()
    opened = desk.template(rules=CouponRules(validity=TEN_DAYS, claimable=True, per_member=1))
    with pytest.raises(NotClaimable), desk.shop.unit() as unit:
        issuing.claim(unit, closed, member.member_id)
    with desk.shop.unit() as unit:
        coupon = issuing.claim(unit, opened, member.member_id)
    assert coupon.source == "claim"
    with pytest.raises(OverMemberStock), desk.shop.unit() as unit:
        issuing.claim(unit, opened, member.member_id)


def test_nothing_is_issued_by_a_template_that_does_not_work_now(world: World) -> None:
    desk = Desk(world.merchant())
    member = desk.shop.member()
    ends = CouponRules(validity=Validity(ends_at=world.clock.now() + timedelta(days=1)))
    over, paused, ended = desk.template(rules=ends), desk.template(), desk.template()
    kept = desk.coupon(ended, member).coupon_id
    with desk.shop.unit() as unit:
        lifecycle.pause(unit, TEMPLATES, paused)
        lifecycle.end(unit, TEMPLATES, ended)
    world.clock.advance(timedelta(days=1))
    for template in (over, paused, ended):
        with pytest.raises(NotIssuing):
            desk.coupon(template, member)
    with desk.shop.unit() as unit:
        live = service.live(unit).templates
    assert ended in live, "coupons out there keep their right"
    assert paused not in live
    assert desk.held(member) == [kept]
    with desk.shop.unit() as unit:
        lifecycle.publish(unit, TEMPLATES, paused, OfferHooks())
    desk.coupon(paused, member)


def test_who_is_to_be_reminded(world: World) -> None:
    desk = Desk(world.merchant())
    a, b = desk.shop.member(), desk.shop.member()
    soon, later = desk.template(rules=CouponRules(validity=Validity(days=2))), desk.template()
    for template, member in ((soon, a), (soon, a), (later, a), (later, b)):
        desk.coupon(template, member)
    with desk.shop.unit() as unit:
        now = unit.now()
        rows = unit.connection.execute(service.expiring(unit, now, now + timedelta(days=3))).all()
    assert [(row.member_id, row.template_id, row.coupons) for row in rows] == [(a.member_id, soon, 2)]
