"""What an order earns, rule by rule and line by line, and what a refund takes back. Pure.

Everything is reckoned exactly, in whole numbers of a unit that all rates divide, and rounded once, for the order as a
whole; that is then shared out over rules and lines by largest remainder, so that explanations and refunds add up.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import lcm

from shuke.kernel.clock import business_day
from shuke.kernel.conditions import Audience, Who
from shuke.kernel.rounding import BPS, Rounding, allocate, divide
from shuke.kernel.text import Text
from shuke.loyalty.model import (
    Already,
    Earnable,
    EarnCaps,
    Earned,
    EarnedPart,
    EarnRule,
    Extra,
    GrowthSource,
    Multiplier,
    PaidLine,
    PointsMultiplier,
    Programme,
    Purchase,
    Rate,
    RefundedLine,
    Rights,
)

NOTHING_YET: Mapping[Earnable, Already] = {}

_ORDERS, _POINTS = Text("订单数", "Orders"), Text("积分", "Points")
_ONCE = PointsMultiplier("", Text("", ""))


@dataclass
class _Tally:
    """Exact amounts by rule and line while an order is being reckoned: `unit` of them make one whole."""

    size: int
    unit: int
    given: dict[str, tuple[Text, list[int]]] = field(default_factory=dict)

    def add(self, rule: str, name: Text, line: int, amount: int) -> None:
        if rule not in self.given:
            self.given[rule] = (name, [0] * self.size)
        self.given[rule][1][line] += amount

    def limit(self, rule: str, most: int) -> None:
        """Lower what `rule` gives to `most` whole ones, on all lines in proportion."""
        name, lines = self.given[rule]
        if sum(lines) > most * self.unit:
            self.given[rule] = (name, allocate(most * self.unit, lines))

    def rounded(self, how: Rounding) -> int:
        return divide(sum(sum(lines) for _, lines in self.given.values()), self.unit, how)

    def by_line(self, total: int) -> tuple[int, ...]:
        """`total` shared out over the lines."""
        lines = [sum(each) for each in zip(*(lines for _, lines in self.given.values()), strict=True)]
        return tuple(allocate(total, lines or [0] * self.size))

    def by_rule(self, asset: Earnable, total: int) -> tuple[EarnedPart, ...]:
        """`total` shared out over the rules."""
        amounts = allocate(total, [sum(lines) for _, lines in self.given.values()])
        parts = zip(self.given.items(), amounts, strict=True)
        return tuple(EarnedPart(rule, name, asset, amount) for (rule, (name, _)), amount in parts if amount)


def earn(
    programme: Programme, rights: Rights, bought: Purchase, already: Mapping[Earnable, Already] = NOTHING_YET
) -> Earned:
    """What `bought` earns a member with `rights`, who has `already` earned so much of what is capped."""
    points, points_lines, point_parts, cut = _earn_points(programme, rights, bought, already)
    growth, growth_lines, growth_parts = _earn_growth(programme, rights, bought, already, points, points_lines)
    return Earned(points, growth, (*point_parts, *growth_parts), points_lines, growth_lines, cut)


def _earn_points(
    programme: Programme, rights: Rights, bought: Purchase, already: Mapping[Earnable, Already]
) -> tuple[int, tuple[int, ...], tuple[EarnedPart, ...], int]:
    tier = rights.tier
    own = PointsMultiplier(f"tier:{tier.code}", tier.name, tier.points_multiplier_bps)
    tally = _reckon(programme, rights, bought, Earnable.POINTS, (own, *rights.multipliers))
    full = tally.rounded(programme.points.rounding)
    points = min(full, _room(programme.points.caps, already.get(Earnable.POINTS, Already())))
    return points, tally.by_line(points), tally.by_rule(Earnable.POINTS, points), full - points


def _earn_growth(
    programme: Programme,
    rights: Rights,
    bought: Purchase,
    already: Mapping[Earnable, Already],
    points: int,
    points_lines: tuple[int, ...],
) -> tuple[int, tuple[int, ...], tuple[EarnedPart, ...]]:
    policy = programme.growth
    room = _room(policy.caps, already.get(Earnable.GROWTH, Already()))
    paid = [max(line.paid_minor, 0) for line in bought.lines]
    match policy.source:
        case GrowthSource.SPEND:
            tally = _reckon(programme, rights, bought, Earnable.GROWTH, ())
            growth = min(tally.rounded(programme.points.rounding), room)
            return growth, tally.by_line(growth), tally.by_rule(Earnable.GROWTH, growth)
        case GrowthSource.ORDERS:
            counts = bool(paid) and sum(paid) > 0 and sum(paid) >= policy.order_minimum_minor
            growth = min(int(counts), room)
            lines, rule, name = tuple(allocate(growth, paid)), "orders", policy.counted or _ORDERS
        case GrowthSource.POINTS:
            growth = min(points, room)
            lines, rule, name = tuple(allocate(growth, points_lines)), "points", _POINTS
    parts = (EarnedPart(rule, name, Earnable.GROWTH, growth),) if growth else ()
    return growth, lines, parts


def _room(caps: EarnCaps, already: Already) -> int:
    """How much more the caps allow for one order."""
    limits = [
        cap - before
        for cap, before in (
            (caps.order, 0),
            (caps.day, already.day),
            (caps.month, already.month),
            (caps.ever, already.ever),
        )
        if cap is not None
    ]
    return max(min(limits), 0) if limits else 2**62


def _reckon(
    programme: Programme,
    rights: Rights,
    bought: Purchase,
    asset: Earnable,
    multipliers: Sequence[PointsMultiplier],
) -> _Tally:
    rules = [rule for rule in programme.earn_rules if rule.asset is asset and _meets(programme, rule, rights, bought)]
    per = lcm(*(rule.effect.per_minor for rule in rules if isinstance(rule.effect, Rate)))
    tally = _Tally(len(bought.lines), per * BPS)
    for number, line in enumerate(bought.lines):
        if line.paid_minor > 0:
            _earn_by_rate(tally, number, line, [rule for rule in rules if in_scope(rule, line)], multipliers)
    _earn_extras(tally, rules, bought)
    for rule in rules:
        if rule.order_cap is not None and rule.code in tally.given:
            tally.limit(rule.code, rule.order_cap)
    return tally


def _earn_by_rate(
    tally: _Tally, number: int, line: PaidLine, rules: Sequence[EarnRule], multipliers: Sequence[PointsMultiplier]
) -> None:
    """The best rate and those that stack, times the best multiplier and what stacking ones add."""
    paid = line.paid_minor * tally.unit
    rates = [
        (rule, paid * rule.effect.amount // rule.effect.per_minor) for rule in rules if isinstance(rule.effect, Rate)
    ]
    single = max((item for item in rates if not item[0].stacks), key=lambda item: item[1], default=None)
    given = [item for item in rates if item[0].stacks or item is single]
    base = sum(amount for _, amount in given)
    if not base:
        return
    best, stacking = _multipliers(rules, multipliers)
    for rule, amount in given:
        tally.add(rule.code, rule.name, number, amount * min(best.bps, BPS) // BPS)
    for more in (best, *stacking):
        if more.bps > BPS:
            tally.add(more.rule, more.name, number, base * (more.bps - BPS) // BPS)


def _multipliers(
    rules: Sequence[EarnRule], rights: Sequence[PointsMultiplier]
) -> tuple[PointsMultiplier, list[PointsMultiplier]]:
    """The best of those that do not go together, and those that come on top."""
    single = list(rights)
    stacking: list[PointsMultiplier] = []
    for rule in rules:
        if isinstance(rule.effect, Multiplier):
            named = PointsMultiplier(rule.code, rule.name, rule.effect.bps)
            (stacking if rule.stacks else single).append(named)
    return max(single, key=lambda multiplier: multiplier.bps, default=_ONCE), stacking


def _earn_extras(tally: _Tally, rules: Sequence[EarnRule], bought: Purchase) -> None:
    """The best fixed extra, and those that stack; the lines in scope carry it by what is paid for them."""
    worth: list[tuple[EarnRule, int, list[int]]] = []
    for rule in rules:
        if isinstance(rule.effect, Extra):
            paid = [max(line.paid_minor, 0) if in_scope(rule, line) else 0 for line in bought.lines]
            if sum(paid) > 0 and sum(paid) >= rule.effect.from_minor:
                worth.append((rule, _extra(rule.effect, paid, bought.lines), paid))
    single = max((item for item in worth if not item[0].stacks), key=lambda item: item[1], default=None)
    for rule, amount, paid in [item for item in worth if item[0].stacks or item is single]:
        for number, share in enumerate(allocate(amount * tally.unit, paid)):
            if share:
                tally.add(rule.code, rule.name, number, share)


def _extra(effect: Extra, paid: Sequence[int], lines: Sequence[PaidLine]) -> int:
    """What an extra is worth: once, or for each whole piece that is paid for."""
    if not effect.per_piece:
        return effect.amount
    return effect.amount * sum(int(line.quantity) for line, amount in zip(lines, paid, strict=True) if amount)


def in_scope(rule: EarnRule, line: PaidLine) -> bool:
    """Whether a rule looks at a line. A line without a product is in scope of rules for all goods."""
    if line.product_id is None:
        return rule.scope.everything
    return rule.scope.holds(line.product_id, line.categories, line.brand)


def _meets(programme: Programme, rule: EarnRule, rights: Rights, bought: Purchase) -> bool:
    condition = rule.conditions
    return (
        (not condition.stores or bought.store_id in condition.stores)
        and (not condition.channels or bought.channel in condition.channels)
        and condition.window.holds(bought.at, programme.timezone)
        and _addressed(programme, condition.audience, rights, bought)
    )


def _addressed(programme: Programme, audience: Audience, rights: Rights, bought: Purchase) -> bool:
    if audience.who is Who.FIRST_ORDER and not bought.first_order:
        return False
    if audience.tiers and rights.tier.tier_id not in audience.tiers:
        return False
    if (audience.plans and not audience.plans & rights.plans) or (audience.tags and not audience.tags & rights.tags):
        return False
    if audience.birthday is None:
        return True
    day = business_day(bought.at, programme.timezone)
    return bought.birthday is not None and audience.birthday.holds(bought.birthday, day)


def claw_back(lines: Iterable[RefundedLine]) -> tuple[int, int]:
    """Points and growth to take back for what is refunded now.

    Of each line as large a share as of what was paid, rounded down over all its refunds together: the last one takes
    exactly the rest, and what was earned on nothing paid goes with it.
    """
    points = growth = 0
    for line in lines:
        points += _due(line, line.points)
        growth += _due(line, line.growth)
    return points, growth


def _due(line: RefundedLine, earned: int) -> int:
    if not line.paid_minor:
        return 0
    after = line.before_minor + line.now_minor
    return earned * after // line.paid_minor - earned * line.before_minor // line.paid_minor
