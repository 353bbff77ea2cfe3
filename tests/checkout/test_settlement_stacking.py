"""Which offers go together, in which order, and what limits leave of them."""

from datetime import UTC, datetime

from shuke.checkout.settlement.model import Choices, Customer, PointsRight, RateRight, Situation
from shuke.kernel.text import Text
from shuke.offers.model import (
    ALL_GOODS,
    MEMBER_PRICE_GROUP,
    TIER_GROUP,
    Funder,
    FundingShare,
    ItemAmount,
    ItemPercent,
    NForM,
    NthItem,
    OrderPercent,
    Remaining,
    Step,
    Threshold,
    UnitPrice,
)
from tests.support.quotes import NOBODY, coupon, goods, group, holding, off, offer, only, rules, settled

TEA, CUP = goods("tea", 1000, 3), goods("cup", 600, 2)
GOLD = RateRight("tier_discount:gold", Text("金卡", "Gold"), 1000)


def gold(*rates: RateRight) -> Customer:
    return Customer(PointsRight(0, 100, 100, 5000), rates or (GOLD,))


def test_two_offers_of_a_group_never_use_the_same_pieces() -> None:
    tenth = offer(ItemPercent(1000), code="a", group="g")
    sale = offer(UnitPrice(400, 1), only("cup"), code="b", group="g")
    assert off(settled([TEA, CUP], [tenth, sale])) == [300, 120]  # in the order of their codes, all pieces are used
    sale = offer(UnitPrice(100, 1), only("cup"), code="b", group="g")
    assert off(settled([CUP], [tenth, sale])) == [500]  # one of the two is left aside: the smaller
    sale = offer(UnitPrice(100, 1), only("cup"), code="0", group="g")
    assert off(settled([CUP], [tenth, sale])) == [500 + 60]  # what the first leaves, the second may use


def test_offers_of_several_groups_follow_each_other_on_the_same_pieces() -> None:
    half = offer(ItemPercent(5000), code="half", group="g")
    three = offer(NForM(3, 2), code="three", group="h")
    assert off(settled([TEA], [half, three])) == [1500 + 500]


def test_groups_apply_after_those_they_follow() -> None:
    fixed = offer(Threshold((Step(0, 500),)), code="fixed", group="b")
    tenth = offer(OrderPercent((Step(0, 1000),)), code="tenth", group="a")
    assert rules(settled([TEA], [fixed, tenth])) == ["tenth", "fixed"]
    late = [group("a", after={"b"})]
    quote = settled([TEA], [fixed, tenth], groups=late)
    assert (rules(quote), off(quote)) == (["fixed", "tenth"], [750])


def test_at_most_so_many_of_a_group_the_best_of_them() -> None:
    few = [offer(Threshold((Step(0, amount),)), code=str(amount), group="g") for amount in (100, 300, 200)]
    assert off(settled([TEA], few, groups=[group("g", at_most=1)])) == [300]
    assert off(settled([TEA], few, groups=[group("g", at_most=2)])) == [500]
    assert off(settled([TEA], few)) == [600]


def test_groups_that_exclude_each_other_never_meet() -> None:
    big = offer(Threshold((Step(0, 500),)), code="big", group="g")
    small = [offer(Threshold((Step(0, 300),)), code=code, group="h") for code in "ab"]
    groups = [group("g", excludes={"h"})]
    assert rules(settled([TEA], [big, *small], groups=groups)) == ["a", "b"]
    assert rules(settled([TEA], [big, small[0]], groups=groups)) == ["big"]


def test_an_offer_may_exclude_the_member_price_or_the_tier() -> None:
    milk = goods("milk", 1000, member=900)
    fifth = offer(OrderPercent((Step(0, 2000),)), code="fifth", group="g")
    assert off(settled([milk], [fifth], gold())) == [100 + 90 + 162]
    assert off(settled([milk], [fifth], gold(), groups=[group("g", excludes={TIER_GROUP})])) == [100 + 180]
    neither = [group("g", excludes={TIER_GROUP, MEMBER_PRICE_GROUP})]
    assert rules(settled([milk], [fifth], gold(), groups=neither)) == ["fifth"]


def test_one_rate_at_most_the_better() -> None:
    plan = RateRight("plan_discount:plus", Text("PLUS", "Plus"), 2000, only("cup"))
    assert rules(settled([TEA, CUP], [], gold(GOLD, plan))) == ["gold"]
    assert rules(settled([goods("tea", 100), CUP], [], gold(GOLD, plan))) == ["plus"]


def test_a_discount_is_left_aside_where_a_threshold_brings_more() -> None:
    """Ten percent off tea is 3.00, but with them 30 is not reached, which is worth 5.00."""
    thirty = offer(Threshold((Step(3000, 500),)), code="thirty")
    assert rules(settled([TEA], [thirty], gold(GOLD))) == ["thirty"]
    milk = goods("milk", 1000, 3, member=990)
    assert rules(settled([milk], [thirty])) == ["thirty"]  # so is the member price


def test_thresholds_measure_what_is_due_when_their_stage_begins() -> None:
    twice = [offer(Threshold((Step(3000, 500),)), code=code) for code in "ab"]
    assert off(settled([TEA], twice)) == [1000]  # the second does not see what the first took off
    third = offer(Threshold((Step(3000, 500),)), code="c", kind="coupon")
    assert off(settled([TEA], twice, holding(coupon(third)))) == [1000]  # the coupon does: 20.00 are due


def test_several_coupons_of_one_kind_and_the_soonest_to_expire_first() -> None:
    voucher = offer(Threshold((Step(0, 500),)), code="five", kind="coupon")
    days = {number: datetime(2026, 1, day, tzinfo=UTC) for number, day in ((1, 9), (2, 3), (3, 6))}
    member = holding(*(coupon(voucher, number, until) for number, until in days.items()))
    situation = Situation(now=datetime(2026, 1, 1, tzinfo=UTC))
    quote = settled([goods("tea", 1000)], [], member, situation=situation)
    assert [used.coupon_id.int for used in quote.used if used.coupon_id] == [2, 3]  # two are enough
    assert quote.payable_minor == 0


def test_of_equal_ways_the_one_with_fewer_coupons() -> None:
    small = offer(Threshold((Step(0, 300),)), code="a", kind="coupon")
    large = offer(Threshold((Step(0, 600),)), code="b", kind="coupon")
    quote = settled([goods("tea", 600)], [], holding(coupon(small, 1), coupon(small, 2), coupon(large, 3)))
    assert rules(quote) == ["b"]


def test_no_coupon_is_used_up_where_a_promotion_does_as_well() -> None:
    free = offer(Threshold((Step(0, 600),)), code="p", group="g")
    same = offer(Threshold((Step(0, 600),)), code="c", group="g", kind="coupon")
    one = [group("g", at_most=1)]
    assert rules(settled([goods("tea", 600)], [free], holding(coupon(same)), groups=one)) == ["p"]


def test_what_limits_leave() -> None:
    half = offer(ItemPercent(5000), code="half")
    for left, expected in [
        (Remaining(budget_minor=700), 700),
        (Remaining(budget_minor=0), 0),
        (Remaining(uses=0), 0),
        (Remaining(uses_of_member=0), 0),
        (Remaining(pieces_of_member=2), 1000),
    ]:
        assert off(settled([TEA], [half], situation=Situation(left={half.offer_id: left}))) == [expected], left
    second = offer(NthItem(2, 10_000), code="second")
    three = {second.offer_id: Remaining(pieces_of_member=3)}
    assert off(settled([TEA], [second], situation=Situation(left=three))) == [1000]


def test_several_coupons_share_what_is_left_of_their_template() -> None:
    template = offer(ItemAmount(400, 1), code="c", kind="coupon")
    member = holding(*(coupon(template, number) for number in range(4)))
    for left, expected in [
        (Remaining(), 1200),
        (Remaining(uses=2), 800),
        (Remaining(uses_of_member=1), 400),
        (Remaining(pieces_of_member=2), 800),
        (Remaining(budget_minor=500), 400 + 0),
    ]:
        quote = settled([TEA], [], member, situation=Situation(left={template.offer_id: left}))
        assert quote.discount_minor == expected, left


def test_co_funded_discounts_are_split_to_the_cent() -> None:
    shares = (FundingShare(Funder.PARTNER, 3333, "Dairy"), FundingShare(Funder.STORE, 6667))
    quote = settled([TEA, CUP], [offer(Threshold((Step(0, 1000),)), ALL_GOODS, funding=shares)])
    split = [(a.funder, a.party, a.amount_minor) for line in quote.lines for a in line.adjustments]
    assert split == [
        (Funder.PARTNER, "Dairy", 238),
        (Funder.STORE, None, 476),
        (Funder.PARTNER, "Dairy", 95),
        (Funder.STORE, None, 191),
    ]
    assert [(a.funder, a.amount_minor) for a in quote.adjustments] == [(Funder.PARTNER, 333), (Funder.STORE, 667)]
    assert quote.net_minor == quote.paid_minor + 333


def test_her_own_choice_is_honoured_and_its_cost_told() -> None:
    small = coupon(offer(Threshold((Step(0, 300),)), code="small", group="g", kind="coupon"), 1)
    large = coupon(offer(Threshold((Step(0, 900),)), code="large", group="g", kind="coupon"), 2)
    one, member = [group("g", at_most=1)], holding(small, large)
    free = settled([TEA], [], member, groups=one)
    assert (rules(free), free.choice_costs_minor) == (["large"], 0)
    chosen = settled([TEA], [], member, Choices(coupons=frozenset({small.coupon_id})), groups=one)
    assert (rules(chosen), chosen.choice_costs_minor) == (["small"], 600)
    none = settled([TEA], [], member, Choices(coupons=frozenset()), groups=one)
    assert (rules(none), none.choice_costs_minor) == ([], 900)


def test_a_chosen_coupon_goes_before_a_better_offer() -> None:
    chosen = coupon(offer(Threshold((Step(0, 300),)), code="mine", group="g", kind="coupon"), 1)
    better = offer(Threshold((Step(0, 900),)), code="better", group="g")
    groups, member = [group("g", at_most=1)], holding(chosen)
    insisted = Choices(coupons=frozenset({chosen.coupon_id}))
    quote = settled([TEA], [better], member, insisted, groups=groups)
    assert (rules(quote), quote.choice_costs_minor) == (["mine"], 600)


def test_what_is_declined_is_not_used() -> None:
    milk = goods("milk", 1000, member=900)
    half = offer(ItemPercent(5000), code="half")
    assert rules(settled([milk], [half], NOBODY, Choices(declined=frozenset({"promotion:half"})))) == ["member_price"]
    assert rules(settled([milk], [half], NOBODY, Choices(declined=frozenset({"member_price"})))) == ["half"]
