"""Many at once: stock, limits, budgets and coupons hold, and nobody deadlocks."""

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from random import Random
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.kernel.errors import Conflict
from shuke.kernel.ids import new_id
from shuke.members import service as members
from shuke.members.model import Member
from shuke.offers import codes, gifting, issuing, service, sharing
from shuke.offers.errors import (
    CouponReserved,
    CouponUsed,
    OfferUsedUp,
    OutOfStock,
    OverMemberStock,
    OverYourLimit,
    PacketOver,
    PacketTaken,
)
from shuke.offers.model import CouponRules, Limits, OfferUse, PacketKind, Reversal, Used, Validity
from tests.support.offers import Desk
from tests.support.wallets import broken as broken_books
from tests.support.world import World

Act = Callable[[Unit], object]
TEN_DAYS = Validity(days=10)


def at_once(desk: Desk, acts: Sequence[Act]) -> Counter[str]:
    """Do all of these in threads, each in a transaction of its own; how they ended."""

    def run(act: Act) -> str:
        try:
            with desk.shop.database.merchant(desk.shop.merchant_id) as unit:
                act(unit)
        except Conflict as refused:
            return type(refused).__name__
        return "done"

    with ThreadPoolExecutor(10) as pool:
        return Counter(pool.map(run, acts))


def crowd(desk: Desk, count: int) -> list[Member]:
    return [desk.shop.member() for _ in range(count)]


def test_fifty_claims_on_a_stock_of_twenty_give_twenty(world: World) -> None:
    desk = Desk(world.merchant())
    template = desk.template(rules=CouponRules(TEN_DAYS, stock=20, claimable=True))
    people = crowd(desk, 50)
    acts: list[Act] = [lambda unit, one=one: issuing.claim(unit, template, one.member_id) for one in people]  # type: ignore[misc]
    assert at_once(desk, acts) == {"done": 20, OutOfStock.__name__: 30}
    assert sum(len(desk.held(one)) for one in people) == 20
    assert desk.broken() == []


def test_a_member_claims_no_more_than_allowed_however_often_she_taps(world: World) -> None:
    desk = Desk(world.merchant())
    template = desk.template(rules=CouponRules(TEN_DAYS, claimable=True, per_member=3))
    member = desk.shop.member()
    ended = at_once(desk, [lambda unit: issuing.claim(unit, template, member.member_id)] * 20)
    assert ended == {"done": 3, OverMemberStock.__name__: 17}
    assert desk.broken() == []


def test_a_crowd_issued_twice_at_once_gets_one_each(world: World) -> None:
    desk = Desk(world.merchant())
    template = desk.template()
    people = crowd(desk, 20)
    acts: list[Act] = [lambda unit: issuing.issue_to(unit, template, _everybody(), "spring", "once")] * 6
    assert at_once(desk, acts) == {"done": 6}
    assert {len(desk.held(one)) for one in people} == {1}
    assert desk.broken() == []


def _everybody() -> sa.Select[tuple[UUID]]:
    return sa.select(members.members_relation().c.member_id)


def _reserved(unit: Unit) -> sa.Select[tuple[UUID]]:
    """Orders that hold coupons."""
    coupon = service.coupons_relation().c
    return sa.select(coupon.order_id).where(coupon.merchant_id == unit.merchant_id, coupon.status == "reserved")


def test_two_tills_want_one_coupon(world: World) -> None:
    desk = Desk(world.merchant())
    member = desk.shop.member()
    coupon = desk.coupon(desk.template(), member).coupon_id
    use = OfferUse({}, (coupon,))

    def reserve(unit: Unit) -> None:
        service.reserve(unit, new_id(), use, member.member_id, unit.now(), unit.now())

    def redeem(unit: Unit) -> None:
        service.redeem(unit, new_id(), use, member.member_id, at=unit.now())

    ended = at_once(desk, [reserve, redeem] * 6)
    assert ended["done"] == 1
    assert set(ended) <= {"done", CouponUsed.__name__, CouponReserved.__name__}
    assert desk.broken() == []


def test_a_budget_is_never_overdrawn(world: World) -> None:
    desk = Desk(world.merchant())
    offer = desk.promotion(limits=Limits(budget_minor=1000, uses=40))
    acts: list[Act] = [
        lambda unit, minor=minor: service.redeem(unit, new_id(), OfferUse({offer: Used(1, 1, minor)}), at=unit.now())  # type: ignore[misc]
        for minor in [90] * 30
    ]
    assert at_once(desk, acts) == {"done": 11, OfferUsedUp.__name__: 19}
    with desk.shop.unit() as unit:
        assert service.remaining(unit, [offer], None, unit.now())[offer].budget_minor == 10
    assert desk.broken() == []


def test_a_members_limit_holds_at_many_tills(world: World) -> None:
    desk = Desk(world.merchant())
    member = desk.shop.member()
    offer = desk.promotion(limits=Limits(pieces_per_member=5))
    use = OfferUse({offer: Used(1, 2, 0)})
    acts: list[Act] = [lambda unit: service.redeem(unit, new_id(), use, member.member_id, at=unit.now())] * 12
    assert at_once(desk, acts) == {"done": 2, OverYourLimit.__name__: 10}
    assert desk.broken() == []


def test_orders_and_cancellations_of_everything_at_once_end_in_order(world: World) -> None:
    """Each of forty tills uses offers and coupons in an order of its own, and half let go or are refunded: no deadlock,
    and every counter is what its uses say."""
    desk = Desk(world.merchant())
    people = crowd(desk, 4)
    offers = [desk.promotion(limits=Limits(uses=500, budget_minor=10**6, uses_per_member=500)) for _ in range(6)]
    template = desk.template(limits=Limits(uses=500))
    held = {one.member_id: [desk.coupon(template, one).coupon_id for _ in range(12)] for one in people}

    def till(seed: int) -> Act:
        draw = Random(seed)
        member_id = draw.choice(people).member_id
        chosen = draw.sample(offers, 4)
        coupons = draw.sample(held[member_id], 3)

        def act(unit: Unit) -> None:
            order, now = new_id(), unit.now()
            used = {**dict.fromkeys(chosen, Used(1, 1, 10)), template: Used(3, 0, 30)}
            service.reserve(unit, order, OfferUse(used, tuple(coupons)), member_id, now, now)
            match seed % 3:
                case 0:
                    service.release(unit, order, now)
                case 1:
                    service.redeem(unit, order, at=now)
                    service.restore(unit, order, new_id(), Reversal.FULL, now)

        return act

    ended = at_once(desk, [till(seed) for seed in range(40)])
    assert set(ended) <= {"done", CouponReserved.__name__, CouponUsed.__name__}
    assert ended["done"] >= 12
    assert desk.broken() == []


def test_a_release_and_a_till_that_waits_for_the_coupon_do_not_deadlock(world: World) -> None:
    desk = Desk(world.merchant())
    member = desk.shop.member()
    offer, template = desk.promotion(limits=Limits(uses=100)), desk.template()
    coupon = desk.coupon(template, member).coupon_id
    use = OfferUse({offer: Used()}, (coupon,))
    for _ in range(5):
        order = desk.reserve(member, coupon, offers={offer: Used()})
        tries: list[Act] = [
            lambda unit: service.reserve(unit, new_id(), use, member.member_id, unit.now(), unit.now())
        ] * 5
        free: Act = lambda unit, order=order: service.release(unit, order, unit.now())  # type: ignore[misc]  # noqa: E731
        ended = at_once(desk, [*tries[:2], free, *tries[2:]])
        assert set(ended) <= {"done", CouponReserved.__name__}
        with desk.shop.unit() as unit:
            for pending in [row.order_id for row in unit.connection.execute(_reserved(unit))]:
                service.release(unit, pending, unit.now())
    assert desk.held(member) == [coupon]
    assert desk.broken() == []


def test_one_gift_has_one_taker(world: World) -> None:
    desk = Desk(world.merchant())
    giver, *takers = crowd(desk, 8)
    coupon = desk.coupon(desk.template(rules=CouponRules(TEN_DAYS, transferable=True)), giver).coupon_id
    with desk.shop.unit() as unit:
        _, token = gifting.give(unit, coupon, giver.member_id)
    acts: list[Act] = [lambda unit, one=one: gifting.take(unit, token, one.member_id) for one in takers]  # type: ignore[misc]
    assert at_once(desk, acts)["done"] == 1
    assert sum(len(desk.held(one)) for one in (giver, *takers)) == 1


def test_one_code_is_typed_in_once(world: World) -> None:
    desk = Desk(world.merchant())
    people = crowd(desk, 8)
    template = desk.template()
    with desk.shop.unit() as unit:
        batch = codes.print_batch(unit, template, "传单", 1, None)
    with desk.shop.unit() as unit:
        code = codes.download(unit, batch.batch_id).split()[-1]
    acts: list[Act] = [lambda unit, one=one: codes.bind(unit, code, one.member_id) for one in people]  # type: ignore[misc]
    assert at_once(desk, acts)["done"] == 1
    assert desk.broken() == []


def test_a_shared_packet_gives_its_parts_and_no_more(world: World) -> None:
    desk = Desk(world.merchant())
    opener, *friends = crowd(desk, 16)
    campaign = desk.campaign(PacketKind.SHARED, 1000, 1000, parts=7, budget_minor=1000)
    with desk.shop.unit() as unit:
        _, token = sharing.open_shared(unit, campaign, opener.member_id)
    acts: list[Act] = [
        lambda unit, one=one: sharing.claim_shared(unit, token, one.member_id)  # type: ignore[misc]
        for one in friends + friends[:5]
    ]
    ended = at_once(desk, acts)
    assert ended["done"] == 7
    assert set(ended) <= {"done", PacketOver.__name__, PacketTaken.__name__}
    with desk.shop.unit() as unit:
        assert (
            sum(
                packet.amount_minor
                for one in friends
                for packet in service.red_packet_right(unit, one.member_id, unit.now())
            )
            == 1000
        )
        assert broken_books(unit) == []
    assert desk.broken() == []
