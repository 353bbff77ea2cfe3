"""What a quote takes besides money: out of wallets, of the rights to offers, and what of it pays for which line."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from shuke.checkout.families import points_moves
from shuke.checkout.model import Instrument, Share
from shuke.checkout.quoting import PricedCart
from shuke.checkout.settlement.model import Quote, Stage
from shuke.infra.database import Unit
from shuke.kernel.rounding import apportion
from shuke.ledger.model import Account, Asset, Move, Take
from shuke.offers import service as offers
from shuke.offers.model import HeldPacket, OfferUse, Used
from shuke.stored_value import service as stored_value
from shuke.stored_value.model import Spend

INSTRUMENTS = {
    Asset.STORED_PRINCIPAL: Instrument.STORED_PRINCIPAL,
    Asset.STORED_BONUS: Instrument.STORED_BONUS,
}


@dataclass(frozen=True, slots=True)
class Takings:
    """`moves` out of wallets; `payments` of each line, in the order of the lines; `use` of offers and coupons."""

    moves: tuple[Move, ...]
    payments: tuple[tuple[Share, ...], ...]
    use: OfferUse


def takings(unit: Unit, priced: PricedCart) -> Takings:
    """What `priced` takes, from the wallets and lots that the quote looked at."""
    quoted = priced.quote
    wanted = quoted.stored_value.used_minor
    spends = stored_value.plan_spend(unit, priced.funds, wanted) if wanted else ()
    moves = [Move(spend.wallet_id, spend.asset, -spend.amount_minor, Account.SPENT) for spend in spends]
    if priced.known is not None:
        member_id = priced.known.member.member_id
        if quoted.points.used:
            of_family = priced.known.shared
            own = priced.known.points - (of_family.points if of_family else 0)
            moves += points_moves(member_id, own, of_family, quoted.points.used)
        if quoted.red_packet.used_minor:
            rules = {campaign_id: packet.rule for campaign_id, packet in offers.live(unit).packets.items()}
            takes = packet_takes(quoted, priced.packets, rules)
            moves.append(Move(member_id, Asset.RED_PACKET, -quoted.red_packet.used_minor, Account.SPENT, lots=takes))
    paid = line_payments([line.stored_value_minor for line in quoted.lines], spends)
    return Takings(tuple(moves), tuple(paid), offer_use(quoted))


def packet_takes(quoted: Quote, packets: Sequence[HeldPacket], rules: dict[UUID, str]) -> tuple[Take, ...]:
    """Out of which lots the red packets of a quote are paid: each campaign's own, in the order of spending."""
    wanted: dict[str, int] = {}
    for line in quoted.lines:
        for adjustment in line.adjustments:
            if adjustment.stage is Stage.RED_PACKET:
                wanted[adjustment.rule] = wanted.get(adjustment.rule, 0) + adjustment.amount_minor
    takes = []
    for packet in packets:
        rule = rules.get(packet.campaign_id, "")
        part = min(wanted.get(rule, 0), packet.amount_minor)
        if part:
            wanted[rule] -= part
            takes.append(Take(packet.lot_id, part))
    return tuple(takes)


def line_payments(by_line: Sequence[int], spends: Sequence[Spend]) -> list[tuple[Share, ...]]:
    """What each line gets of each spend: by its share of the whole, so that rows and columns both add up."""
    columns = [spend.amount_minor for spend in spends]
    lines, so_far, before = [], 0, [0] * len(columns)
    for amount in by_line:
        so_far += amount
        after = apportion(so_far, columns)
        parts = [now - was for now, was in zip(after, before, strict=True)]
        lines.append(
            tuple(
                Share(INSTRUMENTS[spend.asset], part, spend.wallet_id)
                for spend, part in zip(spends, parts, strict=True)
                if part
            )
        )
        before = after
    return lines


def offer_use(quoted: Quote) -> OfferUse:
    """How often the quote uses which offer, and the coupons it takes. Red packets were counted when they were given."""
    used: dict[UUID, Used] = {}
    coupons = []
    for right in quoted.used:
        if right.coupon_id is not None:
            coupons.append(right.coupon_id)
        if right.offer_id is not None and right.stage is not Stage.RED_PACKET:
            was = used.get(right.offer_id, Used(0))
            used[right.offer_id] = Used(was.uses + 1, was.pieces + right.pieces, was.minor + right.amount_minor)
    return OfferUse(used, tuple(coupons))
