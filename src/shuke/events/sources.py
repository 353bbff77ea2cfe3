"""Sources are opened and closed; and the one behind a write key is found."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from shuke.events import keys
from shuke.events.errors import ForgetsTooSoon, NotBelieved, WrongWriteKey
from shuke.events.model import Profiles, SchemaMode, Source, SourceKind
from shuke.events.retention import retention
from shuke.events.rules.linking import BELIEVED
from shuke.events.tables import event_sources
from shuke.infra import standing
from shuke.infra.crypto import secret_hash
from shuke.infra.database import Ask, Unit, at_once, entering
from shuke.infra.keyset import Sort, page
from shuke.kernel.errors import NotFound
from shuke.kernel.ids import new_id
from shuke.kernel.principal import Principal, PrincipalKind
from shuke.tenancy import service as tenancy

_table = event_sources.c
_FIND = (
    "SELECT source_id, name, kind, per_second, late_days, mode, profiles, created_at, revoked_at FROM event_sources "
    "WHERE merchant_id = %(merchant)s AND key_hash = %(hash)s"
)


def enter_with(unit: Unit, write_key: str) -> tuple[Unit, Source]:
    """Go to work for the merchant of a write key, as its source. Raises WrongWriteKey."""
    merchant_id = keys.merchant_of(write_key)
    if merchant_id is None:
        raise WrongWriteKey
    find = Ask(_FIND, {"merchant": merchant_id, "hash": secret_hash(write_key)})
    _, found, versions = at_once(
        unit.connection, entering(merchant_id, limited=True), find, standing.asking(merchant_id)
    )
    if not found or found[0].revoked_at is not None:
        raise WrongWriteKey
    source = _source(found[0])
    here = unit.acting_as(Principal(PrincipalKind.API_KEY, source.source_id, source.name, merchant_id, frozenset()))
    standing.note(here, versions)
    return here, source


def create(
    unit: Unit,
    name: str,
    kind: SourceKind,
    per_second: int,
    late_days: int,
    profiles: Profiles = Profiles.FILL,
) -> tuple[Source, str]:
    """A new source and its write key. Raises ForgetsTooSoon, NotBelieved."""
    _check(kind, profiles)
    if late_days >= retention(unit).events_days:
        raise ForgetsTooSoon(source=name, late=late_days)
    source = Source(new_id(), name, kind, per_second, late_days, SchemaMode.INFERRED, profiles, unit.now(), None)
    key = keys.new_write_key(unit.merchant_id)
    unit.connection.execute(
        event_sources.insert().values(
            merchant_id=unit.merchant_id,
            source_id=source.source_id,
            name=name,
            kind=kind,
            key_hash=secret_hash(key),
            key_cipher=unit.seal("write_key", key),
            per_second=per_second,
            late_days=late_days,
            mode=source.mode,
            profiles=profiles,
            created_at=source.created_at,
        )
    )
    made = {"name": name, "kind": kind, "per_second": per_second, "late_days": late_days, "profiles": profiles}
    tenancy.record_change(unit, "event_source.created", "event_source", source.source_id, None, made)
    return source, key


def change(
    unit: Unit, source_id: UUID, mode: SchemaMode | None = None, profiles: Profiles | None = None
) -> tuple[Source, str]:
    """Whether the source may send only what is decided, and what its traits do to members' fields; None: as it is.
    Raises NotFound, NotBelieved."""
    row = _held(unit, source_id)
    before = _source(row)
    after = replace(before, mode=mode or before.mode, profiles=profiles or before.profiles)
    _check(after.kind, after.profiles)
    changed = [name for name in ("mode", "profiles") if getattr(before, name) != getattr(after, name)]
    if changed:
        values = {name: getattr(after, name) for name in changed}
        unit.connection.execute(event_sources.update().where(_is(unit, source_id)).values(values))
        was = {name: getattr(before, name) for name in changed}
        tenancy.record_change(unit, "event_source.changed", "event_source", source_id, was, values)
    return after, unit.open("write_key", row.key_cipher)


def _check(kind: SourceKind, profiles: Profiles) -> None:
    if profiles is Profiles.OVERWRITE and kind not in BELIEVED:
        raise NotBelieved


def revoke(unit: Unit, source_id: UUID) -> None:
    """From now on its key sends nothing; revoking it again changes nothing. Raises NotFound."""
    row = _held(unit, source_id)
    if row.revoked_at is None:
        unit.connection.execute(event_sources.update().where(_is(unit, source_id)).values(revoked_at=unit.now()))
        tenancy.record_change(unit, "event_source.revoked", "event_source", source_id, None, {"name": row.name})


def list_sources(unit: Unit, cursor: str | None, limit: int) -> tuple[list[tuple[Source, str]], str | None]:
    """Sources with their write keys, the newest first. Raises BadCursor."""
    query = sa.select(event_sources).where(_table.merchant_id == unit.merchant_id)
    rows, following = page(unit, query, Sort(_table.created_at, _table.source_id, descending=True), cursor, limit)
    return [(_source(row), unit.open("write_key", row.key_cipher)) for row in rows], following


def sources_by_id(unit: Unit, source_ids: Collection[UUID]) -> dict[UUID, Source]:
    mine = sa.and_(_table.merchant_id == unit.merchant_id, _table.source_id.in_(list(source_ids)))
    return {row.source_id: _source(row) for row in unit.connection.execute(sa.select(event_sources).where(mine))}


def all_sources(unit: Unit) -> list[Source]:
    """Those revoked, too."""
    mine = sa.select(event_sources).where(_table.merchant_id == unit.merchant_id)
    return [_source(row) for row in unit.connection.execute(mine)]


def _is(unit: Unit, source_id: UUID) -> sa.ColumnElement[bool]:
    return sa.and_(_table.merchant_id == unit.merchant_id, _table.source_id == source_id)


def _held(unit: Unit, source_id: UUID) -> Any:
    row = unit.connection.execute(sa.select(event_sources).where(_is(unit, source_id)).with_for_update()).first()
    if row is None:
        raise NotFound(what="source")
    return row


def _source(row: Any) -> Source:
    return Source(
        source_id=row.source_id,
        name=row.name,
        kind=SourceKind(row.kind),
        per_second=row.per_second,
        late_days=row.late_days,
        mode=SchemaMode(row.mode),
        profiles=Profiles(row.profiles),
        created_at=row.created_at,
        revoked_at=row.revoked_at,
    )
