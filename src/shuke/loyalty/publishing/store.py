"""The only SQL of programmes: versions as documents, the draft, and the rows of tiers."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from pydantic import TypeAdapter
from sqlalchemy.dialects.postgresql import insert

from shuke.infra.database import Unit
from shuke.infra.standing import Standing
from shuke.loyalty.errors import NoProgramme
from shuke.loyalty.model import Programme, Tier
from shuke.loyalty.tables import programme_versions, programmes, tiers
from shuke.tenancy import service as tenancy

_DOCUMENT = TypeAdapter(Programme)

_READ = sa.select(programmes.c.version, programme_versions.c.document).join(
    programme_versions,
    sa.and_(
        programme_versions.c.merchant_id == programmes.c.merchant_id,
        programme_versions.c.version == programmes.c.version,
    ),
)


def _load(unit: Unit) -> Programme | None:
    row = unit.connection.execute(_READ.where(programmes.c.merchant_id == unit.merchant_id)).first()
    return None if row is None else _read(unit, row.document, row.version)


def _read(unit: Unit, document: object, version: int) -> Programme:
    """The document with the merchant's own currency and time zone, whatever it was written with."""
    merchant = tenancy.merchant(unit)
    found = _DOCUMENT.validate_python(document)
    return replace(found, currency=merchant.currency, timezone=merchant.timezone, version=version)


_LIVE: Standing[Programme | None] = Standing(_load, "programme", "tenancy")


def live(unit: Unit) -> Programme | None:
    """The programme that is live; None where there is none yet."""
    return _LIVE.of(unit)


def current(unit: Unit) -> Programme:
    """The live programme read from its tables, for who has changed it. Raises NoProgramme."""
    found = _load(unit)
    if found is None:
        raise NoProgramme
    return found


def hold(unit: Unit) -> Programme | None:
    """The live programme, read from its tables, and its row held until the transaction ends."""
    held = sa.select(programmes.c.version).where(programmes.c.merchant_id == unit.merchant_id).with_for_update()
    return _load(unit) if unit.connection.scalar(held) is not None else None


def add(unit: Unit, made: Programme, at: datetime) -> bool:
    """Store `made` as the first version; False, and nothing changed, when the merchant has a programme."""
    version = _version(unit, made, at)
    added = unit.connection.execute(
        insert(programme_versions).values(version).on_conflict_do_nothing().returning(programme_versions.c.version)
    ).first()
    if added is None:
        return False
    unit.connection.execute(programmes.insert().values(merchant_id=unit.merchant_id, version=made.version))
    put_tiers(unit, made.tiers)
    return True


def publish(unit: Unit, made: Programme, at: datetime) -> None:
    """Store `made` as a further version, live from now on; the draft is gone. The programme's row is held."""
    unit.connection.execute(programme_versions.insert().values(_version(unit, made, at)))
    unit.connection.execute(
        programmes.update()
        .where(programmes.c.merchant_id == unit.merchant_id)
        .values(version=made.version, draft=None, draft_changed_at=None)
    )
    put_tiers(unit, made.tiers)


def _version(unit: Unit, made: Programme, at: datetime) -> dict[str, object]:
    return {
        "merchant_id": unit.merchant_id,
        "version": made.version,
        "document": _DOCUMENT.dump_python(made, mode="json"),
        "published_at": at,
        "published_by": unit.principal.id,
        "published_by_name": unit.principal.name,
    }


def draft(unit: Unit) -> tuple[Programme, datetime] | None:
    """The draft, and when it was changed last."""
    row = unit.connection.execute(
        sa.select(programmes.c.version, programmes.c.draft, programmes.c.draft_changed_at).where(
            programmes.c.merchant_id == unit.merchant_id, programmes.c.draft.is_not(None)
        )
    ).first()
    return None if row is None else (_read(unit, row.draft, row.version + 1), row.draft_changed_at)


def put_draft(unit: Unit, made: Programme | None, at: datetime) -> None:
    """Keep `made` as the draft; None drops it."""
    document = None if made is None else _DOCUMENT.dump_python(made, mode="json")
    unit.connection.execute(
        programmes.update()
        .where(programmes.c.merchant_id == unit.merchant_id)
        .values(draft=sa.null() if document is None else document, draft_changed_at=None if made is None else at)
    )


def put_tiers(unit: Unit, made: Sequence[Tier]) -> None:
    """Rows of tiers as a version has them; those it lacks stay behind, retired."""
    table = tiers.c
    row = insert(tiers).values([{"merchant_id": unit.merchant_id, **asdict(tier)} for tier in made])
    changed = ("name", "rank", "threshold_growth", "discount_bps", "points_multiplier_bps")
    unit.connection.execute(
        row.on_conflict_do_update(
            index_elements=["merchant_id", "tier_id"],
            set_={**{name: row.excluded[name] for name in changed}, "retired_at": None},
        )
    )
    unit.connection.execute(
        tiers.update()
        .where(
            table.merchant_id == unit.merchant_id,
            table.tier_id.not_in([tier.tier_id for tier in made]),
            table.retired_at.is_(None),
        )
        .values(retired_at=unit.now())
    )


def tier_ids(unit: Unit) -> dict[str, UUID]:
    """Code → id of every tier there ever was: a code means the same tier for ever."""
    table = tiers.c
    rows = unit.connection.execute(sa.select(table.code, table.tier_id).where(table.merchant_id == unit.merchant_id))
    return {row.code: row.tier_id for row in rows}


@dataclass(frozen=True, slots=True)
class Published:
    """A version: what it was, when it was published, and by whom."""

    programme: Programme
    at: datetime
    by: str


def versions(unit: Unit, limit: int) -> list[Published]:
    """The newest `limit` versions, newest first."""
    rows = unit.connection.execute(
        sa.select(programme_versions)
        .where(programme_versions.c.merchant_id == unit.merchant_id)
        .order_by(programme_versions.c.version.desc())
        .limit(limit)
    )
    return [Published(_read(unit, row.document, row.version), row.published_at, row.published_by_name) for row in rows]


def version(unit: Unit, number: int) -> Programme | None:
    """A version as it was published."""
    table = programme_versions.c
    found = unit.connection.scalar(
        sa.select(table.document).where(table.merchant_id == unit.merchant_id, table.version == number)
    )
    return None if found is None else _read(unit, found, number)
