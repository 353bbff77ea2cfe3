"""A merchant with very many members, for benches of what touches crowds."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import psycopg
import sqlalchemy as sa

from shuke.entrypoints.cli.benches.ground import Ground
from shuke.entrypoints.setup import open_shop
from shuke.infra.database import Database
from shuke.infra.fresh_ids import fresh_id_sql
from shuke.infra.passwords import generate_password
from shuke.kernel.ids import new_id
from shuke.tenancy.model import Merchant

_MEMBERS = f"""
INSERT INTO members (merchant_id, member_id, number, status, joined_at, join_channel)
SELECT %(merchant)s, {fresh_id_sql("statement_timestamp()")}, 'B' || n, 'active', now(), 'import'
FROM generate_series(1, %(count)s) AS n
"""  # noqa: S608 - built from constants


@dataclass(frozen=True)
class Crowd:
    """`wallets`: the members' ids; the database has them too, in a table `crowd` of this merchant's only."""

    ground: Ground
    merchant_id: UUID
    wallets: Sequence[UUID]

    @property
    def database(self) -> Database:
        return self.ground.installation.database

    def settle_down(self) -> None:
        self.ground.settle_down()


def gather(ground: Ground, count: int) -> Crowd:
    """A merchant with `count` members who have nothing yet."""
    merchant = Merchant(new_id(), "Bench", "CNY", "Asia/Shanghai", "zh-CN")
    login = f"bench{merchant.merchant_id.hex[-8:]}"
    open_shop(ground.installation.database, merchant, login=login, owner_name="B", password=generate_password())
    with psycopg.connect(ground.server_url, autocommit=True) as connection:
        connection.execute("SELECT set_config('shuke.merchant_id', %s, false)", [str(merchant.merchant_id)])
        connection.execute(_MEMBERS, {"merchant": merchant.merchant_id, "count": count})
        connection.execute("CREATE TABLE IF NOT EXISTS crowd (merchant_id uuid, wallet_id uuid)")
        connection.execute("GRANT SELECT ON crowd TO PUBLIC")
        connection.execute(
            "INSERT INTO crowd SELECT merchant_id, member_id FROM members WHERE merchant_id = %s",
            [merchant.merchant_id],
        )
    with ground.installation.database.merchant(merchant.merchant_id) as unit:
        rows = unit.connection.scalars(
            sa.text("SELECT wallet_id FROM crowd WHERE merchant_id = :merchant ORDER BY wallet_id"),
            {"merchant": merchant.merchant_id},
        )
        return Crowd(ground, merchant.merchant_id, list(rows))
