"""What a purchase takes from stored value."""

from collections.abc import Sequence

from shuke.kernel.rounding import allocate
from shuke.ledger.model import Asset
from shuke.stored_value.model import Funds, Spend, SpendOrder


def plan_spend(funds: Sequence[Funds], amount_minor: int, order: SpendOrder) -> tuple[Spend, ...]:
    """How to take `amount_minor`, or as much of it as there is, from wallets in the order given.

    A wallet is used up before the next is touched; `order` decides between bonus and principal within it.
    """
    spends: list[Spend] = []
    left = amount_minor
    for wallet in funds:
        part = min(left, wallet.total_minor)
        if part <= 0:
            continue
        bonus = _bonus_of(part, wallet, order)
        if bonus:
            spends.append(Spend(wallet.wallet_id, Asset.STORED_BONUS, bonus))
        if part > bonus:
            spends.append(Spend(wallet.wallet_id, Asset.STORED_PRINCIPAL, part - bonus))
        left -= part
    return tuple(spends)


def _bonus_of(part: int, wallet: Funds, order: SpendOrder) -> int:
    """How much bonus there is in `part`, which the wallet has."""
    match order:
        case SpendOrder.BONUS_FIRST:
            return min(part, wallet.bonus_minor)
        case SpendOrder.PRINCIPAL_FIRST:
            return max(0, part - wallet.principal_minor)
        case SpendOrder.PROPORTIONAL:
            return allocate(part, (wallet.principal_minor, wallet.bonus_minor))[1]
