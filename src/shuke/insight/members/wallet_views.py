"""A member's wallet, as the API shows it."""

from datetime import date, datetime

from shuke.infra.http import TextView, View
from shuke.infra.http_ids import LotId, OrderId, PostingId
from shuke.ledger.model import Asset, Kind


class WalletLot(View):
    """Granted together. It can be spent from `available_at` on (null: at once), and is gone from `expires_at` on (null:
    never). `source`: the campaign that gave it, where one did."""

    id: LotId
    granted: int
    remaining: int
    earned_at: datetime
    available_at: datetime | None
    expires_at: datetime | None
    order_id: OrderId | None
    source: TextView | None


class Expiring(View):
    """`amount` can be spent up to and including the day `on`."""

    on: date
    amount: int


class Holding(View):
    """What she has of an asset. `balance` can be spent now; `lots` in the order in which they will be, then those that
    wait, at most the first hundred of `lots_total`."""

    balance: int
    pending: int
    lots: list[WalletLot]
    lots_total: int
    expiring: list[Expiring]


class PointsHolding(Holding):
    """`owed` is paid off by what she earns next; a member is told `balance` − `owed`."""

    owed: int


class GrowthHolding(View):
    balance: int


class StatementEntry(View):
    id: PostingId
    at: datetime
    asset: Asset
    amount: int
    kind: Kind
    order_id: OrderId | None
    note: str | None


class WalletStatement(View):
    items: list[StatementEntry]
    next_cursor: str | None


class Wallet(View):
    """Points and growth are counted; the others are minor units."""

    points: PointsHolding
    growth: GrowthHolding
    stored_principal: Holding
    stored_bonus: Holding
    red_packets: Holding
    statement: WalletStatement
