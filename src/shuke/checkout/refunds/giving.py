"""Giving back what an order took from wallets: to the wallets and lots it came from, by the share that comes back."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from shuke.checkout.model import Instrument, Stage
from shuke.checkout.refunds.model import AssetBack, Plan, Refund, SoldLine
from shuke.checkout.spending import Taken, return_all
from shuke.infra.database import Unit
from shuke.kernel.rounding import apportion
from shuke.ledger import service as ledger
from shuke.ledger.model import Asset, GiveBack, Kind
from shuke.members import service as members
from shuke.offers import service as offers

STORED = {Instrument.STORED_PRINCIPAL: Asset.STORED_PRINCIPAL, Instrument.STORED_BONUS: Asset.STORED_BONUS}


def give_back(
    unit: Unit,
    order_id: UUID,
    refund_id: UUID,
    took: Sequence[Taken],
    back: Sequence[AssetBack],
    grace: timedelta | None,
    at: datetime,
) -> set[UUID]:
    """Points, stored value and red packets back to the lots they were taken from; the wallets that have it then."""
    if not back:
        return set()
    who = {(part.wallet_id, part.asset): part.member_id for part in took}
    backs = [
        GiveBack(
            kind=Kind.ORDER_RETURNED,
            reference_id=refund_id,
            at=at,
            wallet_id=item.wallet_id,
            asset=item.asset,
            amount=item.amount,
            of_kind=Kind.ORDER_SPENT,
            of_reference=order_id,
            grace=grace,
            member_id=who.get((item.wallet_id, item.asset)),
        )
        for item in back
    ]
    return return_all(unit, backs)


def keep_nothing(unit: Unit, gone: Collection[UUID], refund_id: UUID) -> None:
    """What came back to members who were erased is forfeited, as all they had was; coupons are void."""
    ledger.forfeit(unit, gone, refund_id)
    offers.void(unit, sorted(gone))


def assets_back(
    unit: Unit,
    took: Sequence[Taken],
    past: Sequence[Refund],
    sold: Sequence[SoldLine],
    plan: Plan,
    *,
    red_packets: bool,
) -> tuple[AssetBack, ...]:
    """What goes back to which wallet. Stored value knows where it came from; points and red packets go to the wallets
    that gave them, should they be several, by what is still out of each. What a member's wallet took may be another's
    by now: she may have become somebody, and be somebody else again."""
    paid = {(wallet_id, STORED[by]): amount for (by, wallet_id), amount in plan.paid.items() if wallet_id is not None}
    then = {*paid, *((back.wallet_id, back.asset) for refund in past for back in refund.assets)}
    now = _now(unit, took, then)
    amounts: Counter[tuple[UUID, Asset]] = Counter()
    for (wallet_id, asset), amount in paid.items():
        amounts[now[wallet_id, asset], asset] += amount
    shared = {Asset.POINTS: plan.points}
    if red_packets:
        shared[Asset.RED_PACKET] = _red_packets(sold, plan)
    for asset, amount in shared.items():
        out = {part.wallet_id: part.amount for part in took if part.asset is asset}
        for refund in past:
            for item in refund.assets:
                if item.asset is asset:
                    out[now[item.wallet_id, asset]] -= item.amount
        for wallet_id, part in zip(out, apportion(amount, list(out.values())), strict=True):
            amounts[wallet_id, asset] = part
    return tuple(AssetBack(*key, amount) for key, amount in amounts.items() if amount)


def _now(unit: Unit, took: Sequence[Taken], then: Collection[tuple[UUID, Asset]]) -> dict[tuple[UUID, Asset], UUID]:
    """Which wallet took what a document says that another did. An order takes of one member's wallet at most."""
    now = {(part.wallet_id, part.asset): part.wallet_id for part in took}
    moved = [key for key in then if key not in now]
    if moved:
        kin = set(members.kin_of(unit, {wallet_id for wallet_id, _ in moved}))
        hers = {part.asset: part.wallet_id for part in took if part.wallet_id in kin}
        now |= {(wallet_id, asset): hers.get(asset, wallet_id) for wallet_id, asset in moved}
    return now


def _red_packets(sold: Sequence[SoldLine], plan: Plan) -> int:
    """What comes back of the discounts that red packets paid for."""
    lines = {line.line_no: line for line in sold}
    return sum(
        off
        for part in plan.lines
        for item, off in zip(lines[part.line_no].discounts, part.discounts, strict=True)
        if item.stage is Stage.RED_PACKET
    )
