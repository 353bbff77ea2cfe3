"""The yardstick of `shuke bench settle`: what an order reads and writes, as a script of hand-written SQL for pgbench.

An order that was settled just now is taken apart: the script writes the very same rows, with fresh ids and for other
members, and reads what a settlement must read. It decides nothing, checks nothing, and sends all of it in two trips to
the server; row-level security does not concern it. So it is what the database could do if there were no program.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
from psycopg import sql
from psycopg.rows import dict_row

from shuke.entrypoints.cli.benches.ground import Ground
from shuke.entrypoints.cli.benches.shop import Shop

Row = dict[str, Any]

_TRANSACTIONS = "SELECT transaction_id FROM ledger_transactions WHERE reference_id = %(order)s"
_POSTINGS = f"SELECT posting_id FROM ledger_postings WHERE transaction_id IN ({_TRANSACTIONS})"  # noqa: S608
_ROWS = {
    "ledger_transactions": "reference_id = %(order)s",
    "ledger_postings": f"transaction_id IN ({_TRANSACTIONS})",
    "ledger_lots": f"lot_id IN ({_POSTINGS})",
    "ledger_lot_uses": f"posting_id IN ({_POSTINGS})",
    "coupon_redemptions": "order_id = %(order)s",
    "offer_uses": "order_id = %(order)s",
    "domain_events": "subject_id = %(order)s OR payload->>'order_id' = %(order)s::text",
    "orders": "order_id = %(order)s",
    "order_lines": "order_id = %(order)s",
    "idempotency_keys": "created_at = (SELECT max(created_at) FROM idempotency_keys)",
}
"""Tables that an order adds rows to, and which of them are its own."""

_LEFT_TO_DEFAULTS = {"domain_events": {"transaction_id"}}

_READS = """
SELECT key_id, name, scopes, expires_at, revoked_at FROM api_keys WHERE merchant_id = {m} AND secret_hash = {hash};
SELECT topic, version FROM merchant_versions WHERE merchant_id = {m};
SELECT request_hash FROM idempotency_keys WHERE merchant_id = {m} AND principal_id = {by} AND key = :member::text;
SELECT * FROM members m LEFT JOIN identifiers i ON i.merchant_id = m.merchant_id AND i.person_id = m.member_id
WHERE m.merchant_id = {m} AND m.member_id = :member;
SELECT tier_id FROM member_tiers WHERE merchant_id = {m} AND member_id = :member FOR UPDATE;
SELECT * FROM ledger_balances WHERE merchant_id = {m} AND wallet_id = :member FOR UPDATE;
SELECT * FROM ledger_lots WHERE merchant_id = {m} AND wallet_id = :member AND remaining > 0;
SELECT coupon_id, template_id, valid_from, valid_until FROM coupons
WHERE merchant_id = {m} AND member_id = :member AND valid_until > now();
SELECT * FROM offer_counters WHERE merchant_id = {m};
"""


_UPDATES = """lots AS (UPDATE ledger_lots SET remaining = remaining
  WHERE merchant_id = {m} AND wallet_id = :member AND asset IN ({assets}) AND source_id IS NULL AND remaining > 0
  RETURNING lot_id, asset),
taken AS (UPDATE coupons SET status = 'redeemed', order_id = fresh.u0 FROM fresh
  WHERE merchant_id = {m} AND coupon_id IN (SELECT coupon_id FROM coupons
    WHERE merchant_id = {m} AND member_id = :member ORDER BY coupon_id LIMIT {coupons}) RETURNING coupon_id),
held AS (UPDATE ledger_balances SET points = points WHERE merchant_id = {m} AND wallet_id = :member),
counted AS (UPDATE offer_counters SET uses = uses + 1 WHERE merchant_id = {m} AND offer_id IN ({offers}))"""


def written(ground: Ground, shop: Shop, folder: Path) -> Path:
    """The script, made after the order that was settled last; for members of its own, who have a table to be drawn
    from."""
    with psycopg.connect(ground.server_url, row_factory=dict_row) as connection:
        found = _Order(connection)
        _draw_from(connection, shop)
        script = folder / "settle.sql"
        script.write_text("\n".join(found.lines(len(shop.spare))))
    return script


def _draw_from(connection: psycopg.Connection[Row], shop: Shop) -> None:
    connection.execute("CREATE TABLE by_hand (n integer PRIMARY KEY, member_id uuid NOT NULL)")
    with connection.cursor() as cursor:
        cursor.executemany("INSERT INTO by_hand VALUES (%s, %s)", list(enumerate(shop.spare, 1)))


class _Order:
    """The order settled last, with all the rows that came with it."""

    def __init__(self, connection: psycopg.Connection[Row]) -> None:
        self._connection = connection
        last = connection.execute("SELECT * FROM orders ORDER BY placed_at DESC, order_id DESC LIMIT 1").fetchone()
        assert last is not None
        self._id, self._member, self._merchant = last["order_id"], last["member_id"], last["merchant_id"]
        self._rows = {table: self._read(table, where) for table, where in _ROWS.items()}
        key = connection.execute("SELECT secret_hash FROM api_keys ORDER BY created_at DESC LIMIT 1").fetchone()
        assert key is not None
        self._hash = key["secret_hash"]
        fresh = [self._id, *self._all("ledger_transactions", "transaction_id"), *self._posted()]
        self._names = {old: f"fresh.u{place}" for place, old in enumerate(fresh)}

    def _read(self, table: str, where: str) -> list[Row]:
        select = sql.SQL("SELECT * FROM {} WHERE {}").format(sql.Identifier(table), sql.SQL(where))
        return self._connection.execute(select, {"order": self._id}).fetchall()

    def _all(self, table: str, column: str) -> list[UUID]:
        return [row[column] for row in self._rows[table]]

    def _posted(self) -> list[UUID]:
        return self._all("ledger_postings", "posting_id") + self._all("domain_events", "event_id")

    def lines(self, members: int) -> Iterator[str]:
        yield f"\\set n random(1, {members})"
        yield "SELECT member_id AS member FROM by_hand WHERE n = :n \\gset"
        yield "\\startpipeline"
        yield "BEGIN;"
        by = self._rows["idempotency_keys"][0]["principal_id"]
        reads = _READS.format(m=_spell(self._merchant), by=_spell(by), hash=_spell(self._hash))
        yield reads.strip().replace(":member", ":member::uuid")
        yield self._writes().replace(":member", ":member::uuid")
        yield "COMMIT;"
        yield "\\endpipeline"

    def _writes(self) -> str:
        """All rows in one statement. Lots and coupons are those of the member; they are written as they were, so that
        nobody ever runs out."""
        uses = {row["lot_id"]: self._asset(row["posting_id"]) for row in self._rows["ledger_lot_uses"]}
        lots = {old: f"(SELECT lot_id FROM lots WHERE asset = '{asset}')" for old, asset in uses.items()}  # noqa: S608
        taken = [row["coupon_id"] for row in self._rows["coupon_redemptions"]]
        coupons = {old: f"(SELECT coupon_id FROM taken OFFSET {place} LIMIT 1)" for place, old in enumerate(taken)}  # noqa: S608
        names = {**self._names, **lots, **coupons, self._member: ":member"}
        fresh = ", ".join(f"gen_random_uuid() AS u{place}" for place in range(len(self._names)))
        values = {
            "m": _spell(self._merchant),
            "assets": ", ".join(f"'{asset}'" for asset in uses.values()),
            "coupons": len(taken),
            "offers": ", ".join(_spell(row["offer_id"]) for row in self._rows["offer_uses"]) or "NULL",
        }
        parts = [
            f"fresh AS MATERIALIZED (SELECT {fresh})",
            _UPDATES.format(**values),
            *(f"{table}_ AS ({self._insert(table, rows, names)})" for table, rows in self._rows.items() if rows),
        ]
        return f"WITH {', '.join(parts)} SELECT 1;"

    def _asset(self, posting_id: UUID) -> str:
        return next(str(row["asset"]) for row in self._rows["ledger_postings"] if row["posting_id"] == posting_id)

    def _insert(self, table: str, rows: Sequence[Row], names: Mapping[UUID, str]) -> str:
        columns = [name for name in rows[0] if name not in _LEFT_TO_DEFAULTS.get(table, ())]
        kinds = self._kinds(table)
        selects = (
            "SELECT "  # noqa: S608
            + ", ".join(f"{self._cell(table, name, row[name], names)}::{kinds[name]}" for name in columns)
            + " FROM fresh"
            for row in rows
        )
        return f"INSERT INTO {table} ({', '.join(columns)})\n  " + "\n  UNION ALL ".join(selects)

    def _kinds(self, table: str) -> dict[str, str]:
        rows = self._connection.execute(
            "SELECT attname, format_type(atttypid, atttypmod) AS kind FROM pg_attribute WHERE attrelid = %s::regclass",
            [table],
        )
        return {row["attname"]: row["kind"] for row in rows}

    def _cell(self, table: str, column: str, value: Any, names: Mapping[UUID, str]) -> str:
        if (table, column) in {("orders", "number"), ("idempotency_keys", "key")}:
            return "fresh.u0::text"
        if isinstance(value, UUID) and value in names:
            return names[value]
        return _spell(value)


def _spell(value: object) -> str:
    """A literal of any type. pgbench looks for variables in texts too: they have no colons."""
    match value:
        case None:
            return "NULL"
        case dict() | list():
            text = json.dumps(value, ensure_ascii=False)
        case bytes():
            text = f"\\x{value.hex()}"
        case _:
            text = str(value)
    quoted = text.replace("\\", "\\\\").replace("'", "''").replace(":", "\\x3a")
    return f"E'{quoted}'"
