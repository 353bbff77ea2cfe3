"""Stacking groups: written, listed, taken away."""

from typing import Any
from uuid import uuid5

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from shuke.infra.database import Unit
from shuke.kernel.errors import Invalid
from shuke.kernel.text import Text
from shuke.offers.errors import GroupInUse, GroupNotFound
from shuke.offers.model import OfferStatus, StackingGroup
from shuke.offers.rules.problems import Problems
from shuke.offers.rules.stacking import check_group
from shuke.offers.rules.terms import check_heading, check_name
from shuke.offers.tables import coupon_templates, promotions, stacking_groups
from shuke.tenancy import service as tenancy

_G = stacking_groups.c


def listed(unit: Unit) -> list[StackingGroup]:
    """All by code."""
    rows = unit.connection.execute(
        sa.select(stacking_groups).where(_G.merchant_id == unit.merchant_id).order_by(_G.code)
    )
    return [
        StackingGroup(row.code, Text(**row.name), row.at_most, frozenset(row.after), frozenset(row.excludes))
        for row in rows
    ]


def exists(unit: Unit, code: str) -> bool:
    found = sa.exists().where(_G.merchant_id == unit.merchant_id, _G.code == code)
    return bool(unit.connection.scalar(sa.select(found)))


def put(unit: Unit, group: StackingGroup) -> StackingGroup:
    """Create the group or change what it was; raises Invalid."""
    hold(unit)
    check_heading(group.code, group.name)
    known = {other.code: other for other in listed(unit)}
    before = known.pop(group.code, None)
    problems = Problems()
    check_name(group.name, problems)
    check_group(group, known.values(), problems)
    if problems.found:
        raise Invalid(fields=tuple(problems.found))
    if before == group:
        return group
    values = _values(group)
    statement = insert(stacking_groups).values(merchant_id=unit.merchant_id, code=group.code, **values)
    unit.connection.execute(statement.on_conflict_do_update(index_elements=["merchant_id", "code"], set_=values))
    _record(unit, "stacking_group.changed" if before else "stacking_group.created", group.code, before, group)
    return group


def remove(unit: Unit, code: str) -> None:
    """Raises GroupNotFound, and GroupInUse while an offer that has not ended, or another group, names it."""
    hold(unit)
    known = {group.code: group for group in listed(unit)}
    if code not in known:
        raise GroupNotFound
    users = sum(code in group.after | group.excludes for group in known.values())
    for table in (promotions, coupon_templates):
        users += (
            unit.connection.scalar(
                sa.select(sa.func.count()).where(
                    table.c.merchant_id == unit.merchant_id,
                    table.c.group_code == code,
                    table.c.status != OfferStatus.ENDED.value,
                )
            )
            or 0
        )
    if users:
        raise GroupInUse(count=users)
    unit.connection.execute(stacking_groups.delete().where(_G.merchant_id == unit.merchant_id, _G.code == code))
    _record(unit, "stacking_group.removed", code, known[code], None)


def hold(unit: Unit) -> None:
    """One change of groups, or of what names them, after another: each is checked against all others."""
    lock = f"stacking_groups/{unit.merchant_id}"
    unit.connection.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtextextended(lock, 0))))


def _values(group: StackingGroup) -> dict[str, Any]:
    return {
        "name": {"zh": group.name.zh, "en": group.name.en},
        "at_most": group.at_most,
        "after": sorted(group.after),
        "excludes": sorted(group.excludes),
    }


def _record(unit: Unit, action: str, code: str, before: StackingGroup | None, after: StackingGroup | None) -> None:
    subject = uuid5(unit.merchant_id, f"stacking_group/{code}")
    was, now = (None if group is None else {"code": code, **_values(group)} for group in (before, after))
    tenancy.record_change(unit, action, "stacking_group", subject, was, now, payload={"code": code})
