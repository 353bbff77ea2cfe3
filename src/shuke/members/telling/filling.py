"""Members' fields are filled with what was told of them, many members at once."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.kernel.clock import business_day
from shuke.kernel.principal import Principal, PrincipalKind
from shuke.members import rules, store
from shuke.members.attributes.registry import definitions
from shuke.members.changing import MEMBER_CHANGED
from shuke.members.model import Gender
from shuke.members.tables import members
from shuke.members.telling import store as since_store
from shuke.members.telling.model import Field, Refused, Said, Since
from shuke.members.telling.rules import Kept, Value, read, taken, takes
from shuke.tenancy import service as tenancy

_M = members.c


@dataclass(slots=True)
class _Her:
    """A member's fields, as they are and as they become, and from whom each has what it has."""

    member_id: UUID
    joined_at: datetime
    before: Mapping[Field, Value]
    now: dict[Field, Value]
    by: dict[Field, Said] = field(default_factory=dict)

    def changed(self) -> list[Field]:
        return [each for each, value in self.now.items() if not _same(self.before.get(each), value)]

    def attributes(self) -> dict[str, Value]:
        start = "attributes."
        return {each[len(start) :]: value for each, value in self.now.items() if each.startswith(start)}


def fill(unit: Unit, told: Mapping[UUID, Sequence[Said]]) -> list[Refused]:
    """What was told of people fills their fields where they are members (of whom nobody else writes until the
    transaction ends); what of it is refused. Telling it again changes nothing. Who was merged after she was recognised
    is who she became."""
    refused: list[Refused] = []
    rows = _held(unit, told)
    went = {row.member_id: row.merged_into for row in rows if row.merged_into is not None}
    if went:
        told = _told_of(told, went)
        rows = _held(unit, told)
    people = [_her(unit, row) for row in rows if row.merged_into is None and row.erased_at is None]
    if not people:
        return refused
    zone = tenancy.merchant(unit).timezone
    kept = Kept(definitions(unit), ZoneInfo(zone), business_day(unit.now(), zone))
    since = since_store.since(unit, [her.member_id for her in people])
    changed: dict[tuple[UUID, Field], Since] = {}
    for her in people:
        for said in told[her.member_id]:
            values, unfit = read(said, kept)
            refused += [Refused(said, her.member_id, name, value) for name, value in unfit.items()]
            for name, value in values.items():
                place = (her.member_id, name)
                present = her.now.get(name)
                if takes(said, since.get(place), present, her.joined_at) and _room(her, name):
                    since[place] = changed[place] = taken(said, since.get(place), present)
                    her.now[name], her.by[name] = value, said
    since_store.keep(unit, changed)
    _save(unit, [her for her in people if her.changed()])
    return refused


def _told_of(told: Mapping[UUID, Sequence[Said]], went: Mapping[UUID, UUID]) -> dict[UUID, list[Said]]:
    of: dict[UUID, list[Said]] = defaultdict(list)
    for person_id, said in told.items():
        of[went.get(person_id, person_id)] += said
    return of


def _held(unit: Unit, told: Mapping[UUID, Sequence[Said]]) -> Sequence[Any]:
    """Those of whom something was told and who are members, by id; no visitors."""
    ids = [each for each, said in told.items() if said]
    if not ids:
        return []
    has = (_M.name_cipher, _M.gender, _M.birthday, _M.attributes)
    return unit.connection.execute(
        sa.select(_M.member_id, _M.merged_into, _M.erased_at, _M.joined_at, *has)
        .where(_M.merchant_id == unit.merchant_id, _M.member_id.in_(ids))
        .order_by(_M.member_id)
        .with_for_update(key_share=True)
    ).all()


def _her(unit: Unit, row: Any) -> _Her:
    has: dict[Field, Value | None] = {
        "name": None if row.name_cipher is None else unit.open("name", row.name_cipher),
        "gender": None if row.gender is None else Gender(row.gender),
        "birthday": row.birthday,
        **{f"attributes.{name}": value for name, value in row.attributes.items()},
    }
    before = {name: value for name, value in has.items() if value is not None}
    return _Her(row.member_id, row.joined_at, before, dict(before))


def _room(her: _Her, name: Field) -> bool:
    return not name.startswith("attributes.") or name in her.now or len(her.attributes()) < rules.ATTRIBUTES_MAX


def _save(unit: Unit, people: Sequence[_Her]) -> None:
    renamed: list[UUID] = []
    for her in people:
        fields = her.changed()
        values: dict[str, object] = {each: her.now[each] for each in ("gender", "birthday") if each in fields}
        if "name" in fields:
            values["name_cipher"] = unit.seal("name", str(her.now["name"]))
            renamed.append(her.member_id)
        if any(each.startswith("attributes.") for each in fields):
            values["attributes"] = her.attributes()
        store.update(unit, her.member_id, values)
        _tell(unit, her, fields)
    if renamed:
        _found_by(unit, renamed)


def _found_by(unit: Unit, member_ids: Sequence[UUID]) -> None:
    people = store.read(unit, _M.member_id.in_(list(member_ids)))
    store.drop_terms(unit, *member_ids)
    store.add_terms_of(unit, {each.member_id: rules.search_terms(each.name, each.phone) for each in people})


def _tell(unit: Unit, her: _Her, fields: Sequence[Field]) -> None:
    """One entry for each source: which fields it filled, and not with what."""
    of: dict[tuple[UUID, str], list[Field]] = defaultdict(list)
    for each in fields:
        of[her.by[each].source_id, her.by[each].source_name].append(each)
    for (source_id, name), filled in sorted(of.items()):
        source = Principal(PrincipalKind.API_KEY, source_id, name, unit.merchant_id, frozenset())
        top = list(dict.fromkeys(each.partition(".")[0] for each in filled))
        tenancy.record_change(
            unit.acting_as(source),
            MEMBER_CHANGED,
            "member",
            her.member_id,
            {},
            {"fields": filled, "source": name},
            member_id=her.member_id,
            payload={"fields": top, "source": name},
        )


def _same(one: Value | None, other: Value | None) -> bool:
    return type(one) is type(other) and one == other
