"""The merchant's policy and its ladders."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from shuke.infra.database import Unit
from shuke.infra.keyset import Sort, page
from shuke.infra.standing import Standing
from shuke.kernel.errors import invalid_field
from shuke.stored_value.errors import LadderNotFound, LadderNotRight
from shuke.stored_value.model import BonusRule, Ladder, Policy, SpendOrder, Step
from shuke.stored_value.rules.ladders import problems
from shuke.stored_value.tables import stored_value_policies, top_up_ladders, top_up_steps
from shuke.tenancy import service as tenancy

_L, _S = top_up_ladders.c, top_up_steps.c


@dataclass(frozen=True, slots=True)
class Programme:
    """The policy with all ladders that are not retired."""

    policy: Policy
    ladders: tuple[Ladder, ...]


def policy(unit: Unit) -> Policy:
    """The merchant's policy, from this process's copy; the default where it set none."""
    return programme(unit).policy


def programme(unit: Unit) -> Programme:
    """Policy and ladders, from this process's copy."""
    return _PROGRAMME.of(unit)


def read_policy(unit: Unit) -> Policy:
    """As stored."""
    row = unit.connection.execute(
        sa.select(stored_value_policies).where(stored_value_policies.c.merchant_id == unit.merchant_id)
    ).first()
    if row is None:
        return Policy()
    return Policy(
        spend_order=SpendOrder(row.spend_order),
        bonus_rule=BonusRule(row.bonus_rule),
        min_top_up_minor=row.min_top_up_minor,
        max_top_up_minor=row.max_top_up_minor,
        max_balance_minor=row.max_balance_minor,
        any_amount=row.any_amount,
    )


def put_policy(unit: Unit, wanted: Policy) -> Policy:
    """Store the policy whole. Raises Invalid."""
    if wanted.min_top_up_minor > wanted.max_top_up_minor:
        raise invalid_field(
            "max_top_up_minor", "不能小于最低充值金额。", "Must not be less than the least amount to pay in."
        )
    if wanted.max_balance_minor is not None and wanted.max_balance_minor < wanted.max_top_up_minor:
        raise invalid_field(
            "max_balance_minor", "不能小于单次最高充值金额。", "Must not be less than the most that can be paid in."
        )
    before = read_policy(unit)
    values = asdict(wanted)
    unit.connection.execute(
        insert(stored_value_policies)
        .values(merchant_id=unit.merchant_id, **values)
        .on_conflict_do_update(index_elements=["merchant_id"], set_=values)
    )
    was = asdict(before)
    changed = [name for name in values if values[name] != was[name]]
    if changed:
        tenancy.record_change(
            unit,
            "stored_value_policy.changed",
            "stored_value_policy",
            unit.merchant_id,
            {name: was[name] for name in changed},
            {name: values[name] for name in changed},
        )
    return wanted


def create_ladder(unit: Unit, wanted: Ladder) -> Ladder:
    """Put a new ladder on offer. Raises LadderNotRight, Invalid, NotFound (store)."""
    wrong = problems(wanted.steps)
    if wrong:
        raise LadderNotRight(wrong)
    if wanted.starts_at and wanted.ends_at and wanted.ends_at <= wanted.starts_at:
        raise invalid_field("ends_at", "结束时间必须晚于开始时间。", "Must be after the start.")
    for store_id in wanted.store_ids:
        tenancy.store(unit, store_id)
    mine = {"merchant_id": unit.merchant_id, "ladder_id": wanted.ladder_id}
    unit.connection.execute(
        top_up_ladders.insert().values(
            **mine,
            name=wanted.name,
            starts_at=wanted.starts_at,
            ends_at=wanted.ends_at,
            store_ids=sorted(store_id.hex for store_id in wanted.store_ids),
            created_at=unit.now(),
        )
    )
    unit.connection.execute(top_up_steps.insert(), [{**mine, **asdict(step)} for step in wanted.steps])
    after = {
        "name": wanted.name,
        "steps": [f"{step.pay_minor}+{step.bonus_minor}" for step in wanted.steps],
        "starts_at": wanted.starts_at,
        "ends_at": wanted.ends_at,
    }
    tenancy.record_change(unit, "top_up_ladder.created", "top_up_ladder", wanted.ladder_id, None, after)
    return wanted


def retire_ladder(unit: Unit, ladder_id: UUID) -> Ladder:
    """From now on the ladder gives nothing. Again: the same. Raises LadderNotFound."""
    here = (_L.merchant_id == unit.merchant_id, _L.ladder_id == ladder_id)
    unit.connection.execute(sa.select(_L.ladder_id).where(*here).with_for_update())
    found = _ladders(unit, *here)
    if not found:
        raise LadderNotFound
    if found[0].retired_at is not None:
        return found[0]
    now = unit.now()
    unit.connection.execute(top_up_ladders.update().where(*here).values(retired_at=now))
    after = {"retired_at": now}
    tenancy.record_change(unit, "top_up_ladder.retired", "top_up_ladder", ladder_id, {"retired_at": None}, after)
    return replace(found[0], retired_at=now)


def list_ladders(unit: Unit, *, retired: bool, cursor: str | None, limit: int) -> tuple[list[Ladder], str | None]:
    """Ladders, newest first; `retired`: those too. Raises BadCursor."""
    query = sa.select(_L.ladder_id).where(_L.merchant_id == unit.merchant_id)
    if not retired:
        query = query.where(_L.retired_at.is_(None))
    rows, following = page(unit, query, Sort(_L.created_at, _L.ladder_id, descending=True), cursor, limit)
    ids = [row.ladder_id for row in rows]
    found = {ladder.ladder_id: ladder for ladder in _ladders(unit, _L.ladder_id.in_(ids))} if ids else {}
    return [found[ladder_id] for ladder_id in ids], following


def _ladders(unit: Unit, *where: sa.ColumnElement[bool]) -> list[Ladder]:
    rows = unit.connection.execute(
        sa.select(top_up_ladders).where(_L.merchant_id == unit.merchant_id, *where).order_by(_L.ladder_id)
    ).all()
    if not rows:
        return []
    steps: dict[UUID, list[Step]] = {}
    for row in unit.connection.execute(
        sa.select(top_up_steps)
        .where(_S.merchant_id == unit.merchant_id, _S.ladder_id.in_([row.ladder_id for row in rows]))
        .order_by(_S.pay_minor)
    ):
        step = Step(row.step_id, row.pay_minor, row.bonus_minor, row.bonus_days, row.per_member)
        steps.setdefault(row.ladder_id, []).append(step)
    return [_ladder(row, steps.get(row.ladder_id, [])) for row in rows]


def _ladder(row: sa.Row[Any], steps: Sequence[Step]) -> Ladder:
    return Ladder(
        ladder_id=row.ladder_id,
        name=row.name,
        steps=tuple(steps),
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        store_ids=frozenset(UUID(store_id) for store_id in row.store_ids),
        retired_at=row.retired_at,
    )


_PROGRAMME: Standing[Programme] = Standing(
    lambda unit: Programme(read_policy(unit), tuple(_ladders(unit, _L.retired_at.is_(None)))), "stored_value"
)
