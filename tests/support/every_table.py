"""One row in every table of a merchant, made from the tables' own declarations: new tables come along by themselves."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa

from shuke.entrypoints.tables import metadata
from shuke.infra.database import Unit

Row = Mapping[str, Any]

TENANT_TABLES = tuple(table for table in metadata.sorted_tables if table.info["tenant"])
PLATFORM_TABLES = tuple(table for table in metadata.sorted_tables if not table.info["tenant"])
WHEN = datetime(2026, 3, 1, 12, tzinfo=UTC)


def fill(unit: Unit, marker: str) -> dict[str, Row]:
    """A row in every tenant table of the unit's merchant: one that is there, or one with `marker` in its texts."""
    made: dict[str, Row] = {}
    waiting = [table for table in TENANT_TABLES if table.name != "merchants"]
    while waiting:
        table = next(table for table in waiting if set(table.info["refers_in_sets"].values()) <= set(made))
        waiting.remove(table)
        made[table.name] = _present(unit, table) or _insert(unit, table, row_for(table, unit.merchant_id, marker, made))
    return made


def _present(unit: Unit, table: sa.Table) -> Row | None:
    row = unit.connection.execute(sa.select(table).where(table.c.merchant_id == unit.merchant_id).limit(1)).first()
    return row._mapping if row else None  # type: ignore[return-value]


def _insert(unit: Unit, table: sa.Table, row: dict[str, Any]) -> Row:
    if table.name in _SEALED:
        column, field = _SEALED[table.name]
        row[column] = unit.seal(field, '{"name": "sealed", "row": {"name": "sealed"}, "zh": "x", "en": "x"}')
    unit.connection.execute(table.insert().values(row))
    return row


def row_for(table: sa.Table, merchant_id: UUID, marker: str, made: Mapping[str, Row]) -> dict[str, Any]:
    """Values that the table's constraints allow, referring to the rows `made` already."""
    row = {column.name: _value(column, marker) for column in table.columns if _needed(column)}
    for constraint in table.foreign_key_constraints:
        parent = made.get(constraint.referred_table.name)
        for element in constraint.elements:
            if parent is not None:
                row[element.parent.name] = parent[element.column.name]
    for column_name, parent_name in table.info["refers_in_sets"].items():
        row[column_name] = made[parent_name][column_name]
    return {**row, "merchant_id": merchant_id}


def _value(column: sa.Column[Any], marker: str) -> Any:
    if column.name == "rank":
        return 0  # programmes start with it
    word = _WORDS.get(f"{column.table.name}.{column.name}") or _WORDS.get(column.name)
    if word is not None:
        return word
    kind = column.type
    match kind:
        case sa.Uuid():
            return uuid4()
        case sa.Boolean():
            return False
        case sa.Numeric():
            return Decimal(1)
        case sa.Integer():
            # Amounts that add up when all are the same: gross = discount + paid only for nothing.
            return 0 if column.name in _ADDING_UP else 1
        case sa.DateTime():
            return WHEN
        case sa.Date():
            return date(2026, 3, 1)
        case sa.LargeBinary():
            return uuid4().bytes
        case sa.ARRAY():
            return ["stores.read"]
        case sa.JSON():
            return {"zh": marker, "en": marker}
    return f"{marker}-{uuid4().hex[:6]}"


_ADDING_UP = {"gross_minor", "discount_minor", "paid_minor", "net_minor", "money_minor", "deducted_minor"}

_SEALED = {
    "import_rejects": ("row_cipher", "import_row"),
    "partner_codes": ("code_cipher", "partner_code"),
    "event_sources": ("key_cipher", "write_key"),
    "event_quarantine": ("sealed", "event_quarantine"),
}
"""Ciphertexts that pages open, where no builder of the world makes the row: column and field."""

_WORDS = {
    "role": "analyst",
    "status": "active",
    "sold_by": "piece",
    "refresh": "daily",
    "event_sources.profiles": "fill",
    "segments.kind": "rule",
    "segments.tree": {"rule": "all", "of": []},
    "kind": "adjusted",
    "asset": "points",
    "counter_account": "adjusted",
    "source": "shuke",
    "actor_kind": "system",
    "orders.status": "paid",
    "imports.kind": "members",
    "imports.status": "done",
    "promotions.status": "published",
    "coupon_templates.status": "published",
    "red_packet_campaigns.status": "published",
    "coupons.status": "available",
    "coupons.valid_until": WHEN + timedelta(days=30),
    "shared_packets.parts": [1],
    "tag_groups.colour": "blue",
    "two_members": "merge",
    "trait_runs.terms": {"year": 365},
    "trait_runs.parameters": {"bg_nbd": {"r": 0.2}},
    "trait_runs.thresholds": [{"measure": "recency", "score": 2, "above": -7}],
    "trait_states.lifecycle": "new",
    "trait_states.grade": "active",
    "member_tags.source": "hand",
    "tag_history.source": "hand",
    "merges.cause": "hand",
    "channel": "pos",
    "purpose": "terms",
    "access_log.place": "list",
    "consent_states.channel": "*",
    "erasures.counts": {"members": 1},
    "erasures.losses": {"points": 1},
    "consent_texts.channel": "*",
    "member_consents.channel": "*",
    "member_consents.kind": "given",
    "payments.purpose": "order",
    "payments.provider": "wechat",
    "payments.method": "native",
    "payments.status": "pending",
    "payment_refunds.status": "pending",
    "payment_accounts.provider": "wechat",
    "spend_order": "bonus_first",
    "bonus_rule": "keep",
    "tenders": [],
    "order_policies.money_back": "same",
    "earns_to": "family",
    "points_requests.status": "pending",
    "family_invitations.status": "open",
    "top_up_refunds.kind": "cash",
    "bonus_bearer": "merchant",
    "debtor": "platform",
    "creditor": "merchant",
    "clearing_entries.reason": "subsidy",
    "clearing_entries.kind": "order",
    "clearing_facts.kind": "order",
    "event_sources.kind": "web",
    "event_sources.mode": "inferred",
    "event_schemas.mode": "inferred",
    "event_schemas.type": "track",
    "event_schemas.properties": {"price": {"types": ["number"], "required": False}},
    "event_schemas.sightings": {"price": {"number": 1}},
    "attribute_definitions.type": "text",
    "event_retention.events_days": 400,
    "tracked_events.type": "track",
    "tracked_events.keys": [["user_id", "00"]],
    "event_quarantine.reason": "future",
    "identity_policies.spaces": [{"space": "phone", "ever": 1, "month": None, "day": None}],
    "blocked": [],
    "identity_sightings.keys": [["phone", "00"], ["email", "00"]],
    "dropped": [],
    "proposals.status": "open",
    "proposals.cause": "event",
    "proposals.namespaces": ["phone"],
    "proposals.evidence": [{"column": "name", "level": "same", "weight_millis": 9_000}],
    "proposals.probability_bps": 9_900,
    "proposal_runs.status": "done",
    "proposal_runs.bands": [[9_500, 1]],
    "proposal_runs.model": {"prior": 0.001, "fields": {"name": {"same": [0.9, 0.01]}}},
    "proposal_acceptances.status": "done",
    "acceptance_pairs.outcome": "left",
    "acceptance_pairs.reason": {"code": "already_decided", "zh": "已处理", "en": "Decided"},
}
"""Words of closed sets, by column or by table and column."""


def _needed(column: sa.Column[Any]) -> bool:
    named = f"{column.table.name}.{column.name}" in _WORDS
    return named or (not column.nullable and column.server_default is None)
