"""The worked example in docs/algorithms/coupons.md, played."""

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from shuke.kernel.conditions import Period
from shuke.kernel.errors import ShukeError
from shuke.kernel.ids import new_id
from shuke.kernel.money import format_minor
from shuke.members.model import Member
from shuke.offers import gifting, service
from shuke.offers.model import CouponRules, Limits, Returns, Reversal, Step, Threshold, Used, Validity
from tests.support.documents import table
from tests.support.offers import Desk
from tests.support.world import World

PAGE = Path(__file__).parents[2] / "docs" / "algorithms" / "coupons.md"
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat")
WORTH = 3000


@dataclass
class Story:
    desk: Desk
    people: dict[str, Member]
    template: UUID
    coupons: list[UUID]
    orders: dict[str, UUID] = field(default_factory=dict)

    def play(self, who: str, words: str) -> None:
        member, used = self.people[who], {self.template: Used(1, 0, WORTH)}
        match words.split():
            case ["reserve", "coupon", number]:
                self.orders[who] = self.desk.reserve(member, self.coupons[int(number) - 1], offers=used)
            case ["redeem", "coupon", number]:
                self.orders[who] = self.desk.redeem(member, self.coupons[int(number) - 1], offers=used)
            case ["pay"]:
                with self.desk.shop.unit() as unit:
                    service.redeem(unit, self.orders[who], at=unit.now())
            case ["refund", how]:
                with self.desk.shop.unit() as unit:
                    reversal = Reversal.PARTIAL if how == "part" else Reversal.FULL
                    service.restore(unit, self.orders[who], new_id(), reversal, unit.now())
            case ["give", "coupon", number, "to", other]:
                with self.desk.shop.unit() as unit:
                    _, token = gifting.give(unit, self.coupons[int(number) - 1], member.member_id)
                    gifting.take(unit, token, self.people[other].member_id)
            case _:
                raise AssertionError(words)

    def state(self) -> list[str]:
        with self.desk.shop.unit() as unit:
            left = service.remaining(unit, [self.template], None, unit.now())[self.template].budget_minor
        assert left is not None
        return [*(str(len(self.desk.held(member))) for member in self.people.values()), format_minor(left, "CNY")]


def test_the_example_of_the_page(world: World) -> None:
    desk = Desk(world.merchant())
    people = {name: desk.shop.member(name=name) for name in ("Anna", "Ben")}
    rules = CouponRules(Validity(days=3), transferable=True, returns=Returns(on_partial_refund=True, grace_days=2))
    limits = Limits(budget_minor=2 * WORTH, uses_per_member=2, period=Period.WEEK)
    template = desk.template(Threshold((Step(5000, WORTH),)), rules, limits=limits)
    coupons = [desk.coupon(template, people[who]).coupon_id for who in ("Anna", "Anna", "Ben")]
    story, today = Story(desk, people, template, coupons), "Mon"
    for day, who, words, answer, *expected in table(PAGE, "day"):
        world.clock.advance(timedelta(days=DAYS.index(day) - DAYS.index(today)))
        today, found = day, ""
        try:
            story.play(who, words)
        except ShukeError as refused:
            found = refused.code
        assert [found, *story.state()] == [answer, *expected], f"{day} {who} {words}"
    assert desk.broken() == []
