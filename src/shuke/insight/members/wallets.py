"""A member's wallet, put together: what she holds of each asset, and what came and went."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from shuke.infra.database import Unit
from shuke.infra.http import TextView
from shuke.insight.members.wallet_views import (
    Expiring,
    GrowthHolding,
    Holding,
    PointsHolding,
    StatementEntry,
    Wallet,
    WalletLot,
    WalletStatement,
)
from shuke.kernel.text import Text
from shuke.ledger import service as ledger
from shuke.ledger.model import Asset, Lot, Posting
from shuke.members.model import Member
from shuke.offers import service as offers
from shuke.tenancy import service as tenancy

MAX_LOTS = 100


@dataclass(frozen=True, slots=True)
class _Reader:
    """Whose wallet, in whose days, and the campaigns that may have given."""

    unit: Unit
    member_id: UUID
    timezone: str
    campaigns: Mapping[UUID, Text]

    def holding(self, asset: Asset, balance: int) -> Holding:
        lots = ledger.lots(self.unit, self.member_id, asset)
        waiting = ledger.pending_lots(self.unit, self.member_id, asset)
        return Holding(
            balance=balance,
            pending=sum(lot.remaining for lot in waiting),
            lots=[self._lot(lot) for lot in [*lots, *waiting][:MAX_LOTS]],
            lots_total=len(lots) + len(waiting),
            expiring=[Expiring(on=item.on, amount=item.amount) for item in ledger.expiring(lots, self.timezone)],
        )

    def _lot(self, lot: Lot) -> WalletLot:
        source = self.campaigns.get(lot.source_id) if lot.source_id else None
        return WalletLot(
            id=lot.lot_id,
            granted=lot.granted,
            remaining=lot.remaining,
            earned_at=lot.earned_at,
            available_at=lot.available_at,
            expires_at=lot.expires_at,
            order_id=lot.order_id,
            source=TextView.of(source) if source else None,
        )


def wallet(unit: Unit, member: Member, asset: Asset | None, cursor: str | None, limit: int) -> Wallet:
    """`asset`: of the statement, only this. Raises BadCursor."""
    page = ledger.statement(unit, member.member_id, asset=asset, cursor=cursor, limit=limit)
    balances = ledger.balances(unit, member.member_id)
    campaigns = {campaign.campaign_id: campaign.name for campaign in offers.live(unit).packets.values()}
    reader = _Reader(unit, member.member_id, tenancy.merchant(unit).timezone, campaigns)
    points = reader.holding(Asset.POINTS, balances.points)
    return Wallet(
        points=PointsHolding(**dict(points), owed=balances.points_owed),
        growth=GrowthHolding(balance=balances.growth),
        stored_principal=reader.holding(Asset.STORED_PRINCIPAL, balances.stored_principal),
        stored_bonus=reader.holding(Asset.STORED_BONUS, balances.stored_bonus),
        red_packets=reader.holding(Asset.RED_PACKET, balances.red_packet),
        statement=WalletStatement(items=[_entry(posting) for posting in page.items], next_cursor=page.next_cursor),
    )


def _entry(posting: Posting) -> StatementEntry:
    return StatementEntry(
        id=posting.posting_id,
        at=posting.at,
        asset=posting.asset,
        amount=posting.amount,
        kind=posting.kind,
        order_id=posting.order_id,
        note=posting.note,
    )
