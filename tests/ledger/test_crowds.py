"""Giving to crowds: what one statement posts is what as many calls would have."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from shuke.infra.outbox import domain_events
from shuke.kernel.clock import SimulatedClock
from shuke.kernel.ids import new_id
from shuke.ledger import service as ledger
from shuke.ledger.errors import AlreadyPosted
from shuke.ledger.model import Account, Asset, Balances, ClawBack, Kind, Posted, WalletKind
from tests.support.wallets import broken, earn, spend
from tests.support.world import World


@dataclass(frozen=True)
class Grant:
    reference_id: UUID
    wallet_id: UUID
    asset: Asset
    amount: int
    at: datetime
    expires_at: datetime | None = None
    available_at: datetime | None = None
    source_id: UUID | None = None


def rows(grants: Sequence[Grant]) -> sa.Select[Any]:
    types = {
        "reference_id": sa.Uuid,
        "wallet_id": sa.Uuid,
        "asset": sa.Text,
        "amount": sa.BigInteger,
        "at": sa.DateTime(timezone=True),
        "expires_at": sa.DateTime(timezone=True),
        "available_at": sa.DateTime(timezone=True),
        "source_id": sa.Uuid,
    }
    listed = sa.values(*(sa.column(name, kind) for name, kind in types.items()), name="given").data(
        [tuple(str(v) if isinstance(v := getattr(grant, name), Asset) else v for name in types) for grant in grants]
    )
    return sa.select(*(sa.cast(listed.c[name], kind).label(name) for name, kind in types.items()))


def test_every_row_is_a_grant_of_its_own(world: World, clock: SimulatedClock) -> None:
    shop = world.merchant()
    ann, bea, card = shop.member().member_id, shop.member().member_id, new_id()
    campaign, soon = new_id(), clock.now() + timedelta(days=3)
    grants = [
        Grant(new_id(), ann, Asset.RED_PACKET, 500, clock.now(), soon, None, campaign),
        Grant(new_id(), ann, Asset.POINTS, 30, clock.now(), None, soon, campaign),
        Grant(new_id(), bea, Asset.POINTS, 7, clock.now()),
        Grant(new_id(), bea, Asset.GROWTH, 5, clock.now()),
        Grant(new_id(), bea, Asset.POINTS, 0, clock.now()),
        Grant(new_id(), card, Asset.STORED_BONUS, 9, clock.now()),
    ]
    with shop.unit() as unit:
        earn(unit, ann, 1)
        ledger.open_wallets(unit, [card], WalletKind.CARD)
        posted = ledger.post_many(unit, Kind.CAMPAIGN_GRANTED, Account.GRANTED, rows(grants))
        assert posted == Posted(count=5, amount=546)
        again = ledger.post_many(unit, Kind.CAMPAIGN_GRANTED, Account.GRANTED, rows([*grants, grants[0]]))
        assert again == Posted(), "what was posted is left alone"
        assert ledger.balances(unit, ann) == Balances(points=1, points_pending=30, red_packet=500)
        assert ledger.balances(unit, bea) == Balances(points=7, growth=5)
        (lot,) = ledger.lots(unit, ann, Asset.RED_PACKET)
        assert (lot.expires_at, lot.source_id) == (soon, campaign)
        assert broken(unit) == []
        table = domain_events.c
        told = unit.connection.execute(
            sa.select(table.type, table.member_id).where(table.type.like("%.granted")).order_by(table.type)
        ).all()
    assert [event.type for event in told] == ["points.granted"] * 3 + ["red_packet.granted", "stored_value.granted"]
    assert [event.member_id for event in told[3:]] == [ann, None], "a card is nobody's event"


def test_debt_is_paid_off_row_by_row(world: World, clock: SimulatedClock) -> None:
    shop = world.merchant()
    member_id = shop.member().member_id
    with shop.unit() as unit:
        order_id = earn(unit, member_id, 100)
        spend(unit, member_id, 100)
        ledger.claw_back(
            unit,
            ClawBack(
                Kind.ORDER_REFUNDED,
                new_id(),
                unit.now(),
                member_id,
                Asset.POINTS,
                100,
                Kind.ORDER_EARNED,
                order_id,
            ),
        )
    grants = [
        Grant(new_id(), member_id, Asset.POINTS, amount, clock.now() + timedelta(seconds=number))
        for number, amount in enumerate((30, 60, 25, 5))
    ]
    with shop.unit() as unit:
        ledger.post_many(unit, Kind.CAMPAIGN_GRANTED, Account.GRANTED, rows(grants))
        assert ledger.balances(unit, member_id) == Balances(points=20)
        assert [lot.granted for lot in ledger.lots(unit, member_id)] == [15, 5]
        assert broken(unit) == []


def test_a_reference_twice_in_one_call_is_refused_whole(world: World, clock: SimulatedClock) -> None:
    shop = world.merchant()
    grant = Grant(new_id(), shop.member().member_id, Asset.POINTS, 5, clock.now())
    with pytest.raises(AlreadyPosted), shop.unit() as unit:
        ledger.post_many(unit, Kind.CAMPAIGN_GRANTED, Account.GRANTED, rows([grant, grant]))
    with shop.unit() as unit:
        assert ledger.balances(unit, grant.wallet_id) == Balances()
