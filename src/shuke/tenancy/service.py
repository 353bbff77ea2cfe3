"""Merchants and the audit log, as other domains use them."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.infra.outbox import emit
from shuke.infra.standing import Standing
from shuke.kernel.clock import business_day
from shuke.kernel.errors import NotFound
from shuke.kernel.ids import new_id
from shuke.tenancy import places
from shuke.tenancy.model import Merchant, Premises, Store
from shuke.tenancy.tables import audit_log, merchants, staff
from shuke.tenancy.tables import stores as store_table


def merchant(unit: Unit) -> Merchant:
    """The merchant this unit of work is for."""
    table = merchants.c
    row = unit.connection.execute(
        sa.select(table.merchant_id, table.name, table.currency, table.timezone, table.locale).where(
            table.merchant_id == unit.merchant_id
        )
    ).first()
    if row is None:
        raise NotFound(what="merchant")
    return Merchant(*row)


def merchant_ids(unit: Unit) -> list[UUID]:
    """Every merchant, oldest first; needs a unit of the platform."""
    return list(unit.connection.scalars(sa.select(merchants.c.merchant_id).order_by(merchants.c.merchant_id)))


def today(unit: Unit) -> date:
    """The present business day."""
    return business_day(unit.now(), merchant(unit).timezone)


def staff_with_login(unit: Unit, logins: Collection[str]) -> set[str]:
    """Those of the logins with which somebody of the merchant's staff may sign in."""
    if not logins:
        return set()
    table = staff.c
    found = sa.select(table.login).where(
        table.merchant_id == unit.merchant_id, table.login.in_(list(logins)), table.disabled_at.is_(None)
    )
    return set(unit.connection.scalars(found))


def opened_on(unit: Unit) -> date:
    """The business day on which the merchant came here."""
    row = unit.connection.execute(
        sa.select(merchants.c.created_at, merchants.c.timezone).where(merchants.c.merchant_id == unit.merchant_id)
    ).one()
    return business_day(row.created_at, row.timezone)


def record_change(
    unit: Unit,
    action: str,
    subject_type: str,
    subject_id: UUID,
    before: Mapping[str, object] | None,
    after: Mapping[str, object] | None,
    *,
    member_id: UUID | None = None,
    payload: Mapping[str, object] | None = None,
) -> None:
    """Write who did what: an audit entry and the event of the same name, in this transaction.

    `action` is `noun.verb` in the past tense; `before` and `after` hold what differs, without personal data.
    `member_id` puts the event into that member's timeline; `payload` is what the event itself carries.
    """
    unit.connection.execute(
        audit_log.insert().values(
            merchant_id=unit.merchant_id,
            entry_id=new_id(),
            at=unit.now(),
            actor_kind=unit.principal.kind,
            actor_id=unit.principal.id,
            actor_name=unit.principal.name,
            action=action,
            subject_type=subject_type,
            subject_id=subject_id,
            before=_jsonable(before),
            after=_jsonable(after),
        )
    )
    emit(unit, action, subject_id, _jsonable(payload), member_id=member_id)


def unsay(unit: Unit, subjects: Collection[UUID]) -> int:
    """What people typed (reasons and notes) goes from the audit entries about these; how many had any. All else in them
    stays as it was written."""
    return unit.connection.scalar(sa.select(sa.func.unsay(list(subjects), type_=sa.BigInteger))) or 0


def _jsonable(values: Mapping[str, object] | None) -> dict[str, object] | None:
    if values is None:
        return None
    return {name: _plain(value) for name, value in values.items()}


def _plain(value: object) -> object:
    match value:
        case None | bool() | int() | float():
            return value
        case datetime() | date():
            return value.isoformat()
        case Mapping():
            return _jsonable(value)
        case list() | tuple():
            return [_plain(item) for item in value]
        case set() | frozenset():
            return sorted(str(item) for item in value)
        case _:
            return str(value)


def stores(unit: Unit, store_ids: Collection[UUID] | None = None) -> list[Store]:
    """Stores by code: those named, or (None) all that the principal may see."""
    wanted = unit.principal.store_ids if store_ids is None else store_ids
    return places.stores(unit, wanted)


_PREMISES: Standing[Premises] = Standing(
    lambda unit: Premises(merchant(unit), {found.store_id: found for found in places.stores(unit, None)}), "tenancy"
)


def premises(unit: Unit) -> Premises:
    """The merchant with all its stores, from this process's copy. Whoever changes them reads `merchant` and `store`."""
    return _PREMISES.of(unit)


def store(unit: Unit, store_id: UUID) -> Store:
    """One store within the principal's reach; raises NotFound."""
    unit.principal.require_store(store_id)
    found = places.stores(unit, [store_id])
    if not found:
        raise NotFound(what="store")
    return found[0]


def store_refs(unit: Unit, store_ids: Collection[UUID]) -> dict[UUID, Store]:
    """Stores by id, for showing names beside what happened in them.

    The principal's reach does not matter here: whoever may see an order or a member may see where it was.
    Ids that are not the merchant's are left out.
    """
    wanted = set(store_ids)
    return {found.store_id: found for found in places.stores(unit, wanted)} if wanted else {}


def staff_names(unit: Unit, staff_ids: Collection[UUID]) -> dict[UUID, str]:
    """Names of those of the ids that are the merchant's staff, disabled ones too, for showing beside what they did."""
    if not staff_ids:
        return {}
    rows = unit.connection.execute(
        sa.select(staff.c.staff_id, staff.c.name).where(
            staff.c.merchant_id == unit.merchant_id, staff.c.staff_id.in_(list(staff_ids))
        )
    )
    return {row.staff_id: row.name for row in rows}


def stores_relation() -> sa.FromClause:
    """Columns merchant_id, store_id, code, name, region_id, opened_on, closed_on, for read models to join."""
    table = store_table.c
    return sa.select(
        table.merchant_id, table.store_id, table.code, table.name, table.region_id, table.opened_on, table.closed_on
    ).subquery("stores")
