"""What is not applied, why, and in which words."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from shuke.checkout.settlement.model import Choices, Missed, Quote, Situation, Why
from shuke.checkout.settlement.reasons import missed_reason
from shuke.kernel.conditions import Audience, Conditions, Who
from shuke.kernel.text import Text
from shuke.offers.model import Gift, ItemPercent, Measure, OrderPercent, Remaining, Step, Threshold
from tests.support.quotes import coupon, goods, group, holding, offer, only, product, settled

NOW = datetime(2026, 3, 6, 4, tzinfo=UTC)
HERE = Situation(store_id=UUID(int=1), now=NOW, local=NOW)
TEA = goods("tea", 1000, 3)


def why(quote: Quote) -> list[tuple[str, Why, int]]:
    return [(missed.rule.partition(":")[2], missed.why, missed.missing) for missed in quote.missed]


def words(missed: Missed) -> Text:
    return missed_reason(missed, "CNY")


def test_what_is_missing_nearest_first() -> None:
    offers = [
        offer(Threshold((Step(9000, 2000),)), code="far", group="g"),
        offer(Threshold((Step(4200, 500),)), code="near", group="g"),
        offer(Threshold((Step(5, 100),), Measure.PIECES), code="pieces", group="g"),
    ]
    quote = settled([TEA], offers)
    assert why(quote) == [
        ("near", Why.MORE_MONEY, 1200),
        ("far", Why.MORE_MONEY, 6000),
        ("pieces", Why.MORE_PIECES, 2),
    ]
    assert words(quote.missed[0]) == Text("再买 ¥12 可用“优惠near”", "¥12 more to use Offer near")
    assert words(quote.missed[2]) == Text("再买 2 件可用“优惠pieces”", "2 more items to use Offer pieces")


def test_the_next_step_of_what_is_used() -> None:
    steps = offer(Threshold((Step(2000, 100), Step(5050, 500))), code="steps")
    quote = settled([TEA], [steps])
    assert why(quote) == [("steps", Why.MORE_MONEY, 2050)]
    assert words(quote.missed[0]).en == "¥20.50 more to use Offer steps"


def test_what_stands_in_the_way() -> None:
    big = offer(Threshold((Step(0, 900),)), code="big", group="g")
    small = offer(Threshold((Step(0, 100),)), code="small", group="g")
    other = offer(Threshold((Step(0, 50),)), code="other", group="h")
    quote = settled([TEA], [big, small, other], groups=[group("g", at_most=1, excludes={"h"})])
    assert why(quote) == [("small", Why.GROUP_FULL, 0), ("other", Why.EXCLUDED, 0)]
    assert words(quote.missed[0]) == Text(
        "“优惠small”不能与已用的“优惠big”叠加", "Offer small is not given on top of Offer big"
    )
    assert words(quote.missed[1]).en == "Offer other does not go together with Offer big"


def test_a_better_combination_was_found() -> None:
    """10 % off the cups would lose the threshold."""
    tenth = offer(ItemPercent(1000), code="tenth")
    thirty = offer(Threshold((Step(3000, 900),)), code="thirty")
    assert why(settled([TEA], [tenth, thirty])) == [("tenth", Why.BETTER_FOUND, 0)]


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        (None, NOW, Why.EXPIRED),
        (NOW + timedelta(days=1), None, Why.NOT_YET),
        (NOW, NOW + timedelta(days=1), None),
    ],
)
def test_coupons_out_of_time(since: datetime | None, until: datetime | None, expected: Why | None) -> None:
    held = coupon(offer(Threshold((Step(0, 100),)), code="c", kind="coupon"), 1, until, since)
    quote = settled([TEA], [], holding(held), situation=HERE)
    assert [missed.why for missed in quote.missed] == ([expected] if expected else [])
    assert all(missed.coupon_id == held.coupon_id for missed in quote.missed)


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        (Conditions(stores=frozenset({UUID(int=2)})), Why.OTHER_STORE),
        (Conditions(channels=frozenset({"mall"})), Why.OTHER_CHANNEL),
        (Conditions(audience=Audience(Who.FIRST_ORDER)), Why.OTHER_PEOPLE),
    ],
)
def test_coupons_that_do_not_hold_here(conditions: Conditions, expected: Why) -> None:
    held = coupon(offer(Threshold((Step(0, 100),)), code="c", kind="coupon", conditions=conditions))
    assert why(settled([TEA], [], holding(held), situation=HERE)) == [("c", expected, 0)]


def test_coupons_for_other_goods_used_up_or_declined() -> None:
    cup = coupon(offer(ItemPercent(1000), only("cup"), code="cup", kind="coupon"), 1)
    gone = coupon(offer(ItemPercent(1000), code="gone", kind="coupon"), 2)
    mine = coupon(offer(ItemPercent(1000), code="mine", kind="coupon"), 3)
    left = {gone.offer.offer_id: Remaining(uses=0), mine.offer.offer_id: Remaining(uses_of_member=0)}
    quote = settled([TEA], [], holding(cup, gone, mine), situation=Situation(left=left))
    assert why(quote) == [
        ("mine", Why.YOUR_LIMIT, 0),
        ("gone", Why.USED_UP, 0),
        ("cup", Why.NOTHING_IN_SCOPE, 0),
    ]
    chosen = settled([TEA], [], holding(mine), Choices(coupons=frozenset()))
    assert why(chosen) == [("mine", Why.DECLINED, 0)]


def test_a_coupon_that_would_save_nothing_more() -> None:
    free = offer(OrderPercent((Step(0, 10_000),)), code="free")
    held = coupon(offer(Threshold((Step(0, 100),)), code="c", kind="coupon"))
    assert why(settled([TEA], [free], holding(held))) == [("c", Why.SAVES_NOTHING, 0)]


def test_a_stranger_hears_what_members_get() -> None:
    members = offer(ItemPercent(1000), code="m", conditions=Conditions(audience=Audience(Who.MEMBERS)))
    quote = settled([TEA], [members], None)
    assert (why(quote), quote.joining_saves_minor) == ([("m", Why.JOIN, 0)], 300)
    assert words(quote.missed[0]).en == "Join to use Offer m"


def test_gifts_that_may_be_added() -> None:
    jam = offer(Gift(product("jam"), 2, 3000), code="jam")
    assert [(gift.rule, gift.quantity) for gift in settled([TEA], [jam]).gifts] == [("promotion:jam", 2)]
    one = settled([TEA, goods("jam", 250)], [jam])
    assert [(gift.quantity, one.discount_minor) for gift in one.gifts] == [(1, 250)]
    assert settled([TEA, goods("jam", 250, 2)], [jam]).gifts == ()
    poor = settled([goods("tea", 1000)], [jam])
    assert (poor.gifts, why(poor)) == ((), [("jam", Why.MORE_MONEY, 2000)])


def test_every_reason_has_words() -> None:
    for reason in Why:
        said = words(Missed("coupon:x", Text("券", "Coupon"), reason, 100, Text("另", "other")))
        assert "券" in said.zh
        assert "Coupon" in said.en


def test_of_every_coupon_it_is_told_why_it_is_not_applied() -> None:
    """However many there are; of promotions only the nearest."""
    promotions = [offer(Threshold((Step(9000 + number, 100),)), code=f"p{number:02}") for number in range(20)]
    held = [coupon(offer(Threshold((Step(8000, 100),)), code=f"c{number:02}"), number) for number in range(20)]
    quote = settled([TEA], promotions, holding(*held))
    assert {one.coupon_id for one in quote.missed if one.coupon_id} == {right.coupon_id for right in held}
    assert [one.rule.partition(":")[2] for one in quote.missed if not one.coupon_id] == [f"p{n:02}" for n in range(12)]
