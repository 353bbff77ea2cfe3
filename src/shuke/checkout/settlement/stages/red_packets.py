"""Red packets pay as much as they may: campaign by campaign, each up to its caps, in the order of spending."""

from collections.abc import Sequence

from shuke.checkout.settlement.model import MoneyUse, PacketRight
from shuke.kernel.rounding import Rounding, share_bps


def spent(packets: Sequence[PacketRight], due_minor: int, wanted: int | None) -> list[int]:
    """What each campaign's packets pay of an order of `due_minor`, at most `wanted` in all (None: no matter)."""
    paid: list[int] = []
    due = due_minor
    left = due if wanted is None else min(due, wanted)
    for packet in packets:
        if due_minor < packet.from_minor:
            paid.append(0)
            continue
        most = min(packet.balance_minor, share_bps(due, packet.share_bps, Rounding.DOWN), left)
        if packet.order_minor is not None:
            most = min(most, packet.order_minor)
        paid.append(most)
        due -= most
        left -= most
    return paid


def packets_in(packets: Sequence[PacketRight], due_minor: int, wanted: int | None) -> MoneyUse:
    """What a quote says of red packets, `due_minor` being due before them."""
    usable = sum(spent(packets, due_minor, None))
    return MoneyUse(usable, usable if wanted is None else sum(spent(packets, due_minor, wanted)))
