"""Whose wallets a member pays from: her own first, then her family's, as far as she may spend of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from shuke.infra.database import Unit
from shuke.kernel.money import format_minor
from shuke.ledger import service as ledger
from shuke.ledger.model import STORED_ASSETS, Account, Asset, Move
from shuke.loyalty import service as loyalty
from shuke.loyalty.errors import NotInFamily, OverFamilyLimit
from shuke.loyalty.model import Programme, Rights, WalletOf
from shuke.stored_value import service as stored_value
from shuke.stored_value.model import Funds


@dataclass(frozen=True, slots=True)
class Shared:
    """What of her family's wallet she may spend now: it is there, and within her limits."""

    wallet: WalletOf
    points: int
    funds: Funds


def shared(unit: Unit, programme: Programme, rights: Rights, member_id: UUID) -> Shared | None:
    """None for who is in no family; then nothing is asked."""
    if rights.family_id is None:
        return None
    wallet = loyalty.wallet_for(unit, programme, member_id)
    held = ledger.balances(unit, wallet.wallet_id)
    points = max(held.points, 0)
    if wallet.points_left is not None:
        points = min(points, wallet.points_left)
    funds = Funds(wallet.wallet_id, held.stored_principal, held.stored_bonus)
    return Shared(wallet, points, _within(unit, funds, wallet.value_left_minor))


def _within(unit: Unit, funds: Funds, left_minor: int | None) -> Funds:
    """What of `funds` would be taken first, up to the limit."""
    if left_minor is None or funds.total_minor <= left_minor:
        return funds
    parts = {spend.asset: spend.amount_minor for spend in stored_value.plan_spend(unit, [funds], left_minor)}
    return Funds(funds.wallet_id, *(parts.get(asset, 0) for asset in STORED_ASSETS))


def points_moves(member_id: UUID, own: int, shared: Shared | None, wanted: int) -> list[Move]:
    """`wanted` points out of her own wallet, which has `own`, and what is missing out of the family's."""
    mine = wanted if shared is None else min(wanted, max(own, 0))
    parts = [(member_id, mine)]
    if shared is not None:
        parts.append((shared.wallet.wallet_id, wanted - mine))
    return [Move(wallet_id, Asset.POINTS, -part, Account.SPENT) for wallet_id, part in parts if part]


def hold(unit: Unit, programme: Programme, member_id: UUID, of: Shared, moves: Sequence[Move]) -> None:
    """Nobody else spends in her name until the transaction ends; two tills look at her limits one after the other.

    Raises OverFamilyLimit when another order has used up meanwhile what `moves` take, NotInFamily when she has left.
    """
    taken = dict.fromkeys(Asset, 0)
    for move in moves:
        if move.wallet_id == of.wallet.wallet_id:
            taken[move.asset] -= move.amount
    if not any(taken.values()):
        return
    now = loyalty.wallet_for(unit, programme, member_id, hold=True)
    if now.wallet_id != of.wallet.wallet_id:
        raise NotInFamily
    points, value = taken[Asset.POINTS], sum(taken[asset] for asset in STORED_ASSETS)
    if now.points_left is not None and points > now.points_left:
        raise OverFamilyLimit(left=now.points_left, wanted=points)
    if now.value_left_minor is not None and value > now.value_left_minor:
        minor = (format_minor(each, programme.currency) for each in (now.value_left_minor, value))
        raise OverFamilyLimit(left=next(minor), wanted=next(minor))


def earns_to(unit: Unit, programme: Programme, rights: Rights, member_id: UUID) -> UUID:
    """Whose wallet her points go to."""
    return member_id if rights.family_id is None else loyalty.wallet_for(unit, programme, member_id).earns_to
