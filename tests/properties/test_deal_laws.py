"""What holds for every quote whatsoever: any cart, offers, groups, coupons, packets, choices and taxes."""

from collections import Counter
from dataclasses import replace
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from shuke.checkout.settlement.model import STRANGER, Choices, Customer, PointsRight, Quote, QuotedLine, Stage
from shuke.checkout.settlement.pipeline import quote
from tests.support.deals import Deal, deals, numbered

NEWCOMER = Customer(PointsRight(0, 100, 1, 5_000))
PAID_APART = (Stage.TAX, Stage.STORED_VALUE)


def of(deal: Deal, customer: Customer | None = None, choices: Choices | None = None) -> Quote:
    return quote(deal.items, customer or deal.customer, choices or deal.choices, NEWCOMER, deal.index, deal.situation)


@settings(deadline=None)
@given(deals())
def test_adjustments_payments_and_payable_make_gross_and_tax(deal: Deal) -> None:
    settled = of(deal)
    for line in settled.lines:
        discount = sum(adjustment.amount_minor for adjustment in line.adjustments)
        assert discount + line.stored_value_minor + line.payable_minor == line.gross_minor + line.tax_added_minor
        assert line.paid_minor == line.payable_minor + line.stored_value_minor
        if not deal.situation.prices_include_tax:
            assert line.tax_minor == line.tax_added_minor
    for name in ("gross_minor", "discount_minor", "tax_minor", "tax_added_minor", "paid_minor", "payable_minor"):
        assert getattr(settled, name) == sum(getattr(line, name) for line in settled.lines), name
    assert settled.stored_value.used_minor == sum(line.stored_value_minor for line in settled.lines)


@settings(deadline=None)
@given(deals())
def test_the_waterfall_runs_from_gross_to_payable(deal: Deal) -> None:
    settled = of(deal)
    assert settled.stages[0].before_minor == settled.gross_minor
    assert settled.stages[-1].after_minor == settled.payable_minor
    for earlier, later in zip(settled.stages, settled.stages[1:], strict=False):
        assert earlier.after_minor == later.before_minor
    amounts: Counter[Stage] = Counter()
    for line in settled.lines:
        for adjustment in line.adjustments:
            amounts[adjustment.stage] += adjustment.amount_minor
        amounts[Stage.TAX] -= line.tax_added_minor
        amounts[Stage.STORED_VALUE] += line.stored_value_minor
    assert all(amounts[step.stage] == step.amount_minor for step in settled.stages)


@settings(deadline=None)
@given(deals())
def test_what_is_made_on_the_order_is_the_sum_of_its_shares(deal: Deal) -> None:
    settled = of(deal)
    shares: Counter[tuple[object, ...]] = Counter()
    for line in settled.lines:
        for adjustment in line.adjustments:
            shares[adjustment.stage, adjustment.rule, adjustment.funder, adjustment.party] += adjustment.amount_minor
    wholes: Counter[tuple[object, ...]] = Counter()
    for whole in settled.adjustments:
        wholes[whole.stage, whole.rule, whole.funder, whole.party] += whole.amount_minor
    assert all(shares[key] == amount for key, amount in wholes.items())
    used: Counter[tuple[Stage, str]] = Counter()
    for right in settled.used:
        used[right.stage, right.rule] += right.amount_minor
    by_rule: Counter[tuple[Stage, str]] = Counter()
    for (stage, rule, _, _), amount in shares.items():
        if stage is not Stage.POINTS:
            by_rule[Stage(str(stage)), str(rule)] += amount
    assert used == by_rule


@settings(deadline=None)
@given(deals())
def test_nothing_is_negative(deal: Deal) -> None:
    settled = of(deal)
    for line in settled.lines:
        assert min(line.payable_minor, line.stored_value_minor, line.tax_minor, line.tax_added_minor) >= 0
        assert all(adjustment.amount_minor > 0 for adjustment in line.adjustments)
    assert all(right.amount_minor > 0 for right in settled.used)
    assert min(settled.joining_saves_minor, settled.choice_costs_minor) >= 0
    assert 0 <= settled.points.used <= settled.points.usable
    assert 0 <= settled.red_packet.used_minor <= settled.red_packet.usable_minor
    assert 0 <= settled.stored_value.used_minor <= settled.stored_value.usable_minor


@settings(deadline=None)
@given(deals())
def test_caps_limits_and_groups_are_kept(deal: Deal) -> None:
    settled = of(deal)
    offers = {offer.rule: offer for offer in (*deal.offers, *(held.offer for held in deal.customer.coupons))}
    uses: Counter[str] = Counter()
    pieces: Counter[str] = Counter()
    money: Counter[str] = Counter()
    for right in settled.used:
        offer = offers.get(right.rule)
        if offer is not None:
            assert offer.caps.order_minor is None or right.amount_minor <= offer.caps.order_minor
            uses[right.rule] += 1
            pieces[right.rule] += right.pieces
            money[right.rule] += right.amount_minor
    for rule, offer in offers.items():
        left = deal.situation.left.get(offer.offer_id)
        if left is not None and uses[rule]:
            assert left.uses is None or uses[rule] <= left.uses
            assert left.uses_of_member is None or uses[rule] <= left.uses_of_member
            assert left.budget_minor is None or money[rule] <= left.budget_minor
            assert left.pieces_of_member is None or pieces[rule] <= left.pieces_of_member
    for line in settled.lines:
        for adjustment in line.adjustments:
            offer = offers.get(adjustment.rule)
            if offer is not None and offer.caps.line_minor is not None:
                of_rule = [each.amount_minor for each in line.adjustments if each.rule == adjustment.rule]
                assert sum(of_rule) <= offer.caps.line_minor * uses[adjustment.rule]
    in_group: Counter[str] = Counter()
    for rule, count in uses.items():
        in_group[offers[rule].group] += count
    for group in deal.groups:
        assert group.at_most is None or in_group[group.code] <= group.at_most
        assert not in_group[group.code] or not any(in_group[other] for other in group.excludes)


@settings(deadline=None)
@given(deals())
def test_delivery_is_touched_by_free_delivery_and_payment_only(deal: Deal) -> None:
    settled = of(deal)
    free = {offer.rule for offer in (*deal.offers, *(held.offer for held in deal.customer.coupons))}
    paying = (Stage.RED_PACKET, Stage.POINTS)
    for line in settled.lines:
        if line.item.sku == "~":
            for adjustment in line.adjustments:
                assert adjustment.stage in paying or adjustment.rule in free
                assert adjustment.stage not in (Stage.MEMBER_PRICE, Stage.TIER_DISCOUNT, Stage.ITEM_OFFER)


def what(line: QuotedLine) -> tuple[object, ...]:
    """A settled line without its number."""
    amounts = tuple((a.rule, a.funder, a.amount_minor) for a in line.adjustments)
    return (line.item.sku, line.item.quantity, line.gross_minor, line.tax_minor, line.payable_minor, amounts)


@settings(deadline=None)
@given(deals(), st.integers())
def test_the_order_of_input_does_not_matter(deal: Deal, seed: int) -> None:
    random = Random(seed)

    def shuffled(values: tuple[object, ...]) -> tuple[object, ...]:
        return tuple(random.sample(values, len(values)))

    other = replace(
        deal,
        items=numbered(shuffled(deal.items)),  # type: ignore[arg-type]
        offers=shuffled(deal.offers),  # type: ignore[arg-type]
        groups=shuffled(deal.groups),  # type: ignore[arg-type]
        customer=replace(
            deal.customer,
            coupons=shuffled(deal.customer.coupons),  # type: ignore[arg-type]
            rates=shuffled(deal.customer.rates),  # type: ignore[arg-type]
        ),
    )
    one, two = of(deal), of(other)
    assert (one.stages, one.points, one.used, one.missed, one.gifts) == (
        two.stages,
        two.points,
        two.used,
        two.missed,
        two.gifts,
    )
    assert Counter(map(what, one.lines)) == Counter(map(what, two.lines))


@settings(deadline=None)
@given(deals(guided=False), st.integers(0, 7))
def test_more_rights_never_cost_more(deal: Deal, which: int) -> None:
    """Whoever loses an offer, a coupon, a rate, a packet, or all her rights, does not pay less."""
    customer = deal.customer
    fewer = [
        replace(deal, offers=deal.offers[1:]),
        replace(deal, offers=deal.offers[:-1]),
        replace(deal, customer=replace(customer, coupons=customer.coupons[1:])),
        replace(deal, customer=replace(customer, coupons=())),
        replace(deal, customer=replace(customer, rates=customer.rates[1:])),
        replace(deal, customer=replace(customer, packets=customer.packets[:-1])),
        replace(deal, customer=replace(STRANGER, points=customer.points, packets=customer.packets)),
        replace(deal, offers=(), customer=replace(customer, coupons=(), rates=())),
    ]
    with_all, without = of(deal), of(fewer[which])
    assert with_all.proven
    assert with_all.cost_minor <= without.cost_minor


@settings(deadline=None)
@given(deals())
def test_her_own_choice_never_saves(deal: Deal) -> None:
    settled, free = of(deal), of(deal, choices=deal.choices.unguided)
    assert settled.cost_minor - settled.choice_costs_minor == free.cost_minor


@settings(deadline=None)
@given(deals())
def test_a_quote_is_a_function_of_its_input(deal: Deal) -> None:
    assert of(deal) == of(deal)
