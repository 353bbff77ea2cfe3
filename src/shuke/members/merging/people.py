"""What a merge does to members themselves: their fields, by what they are recognised and found."""

from collections.abc import Collection, Sequence
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.members import rules, store
from shuke.members.consent import service as consent
from shuke.members.consent.tables import consent_states, member_consents
from shuke.members.erasing.tables import erasures
from shuke.members.identity.model import Space
from shuke.members.identity.tables import identifiers, person_events, proposals, visitors
from shuke.members.merging.errors import OwnStaff
from shuke.members.merging.model import Pair
from shuke.members.merging.plan import Kept, Left, Moves, Plain, reckoned
from shuke.members.merging.tables import kept_apart, merges
from shuke.members.privacy.tables import access_log
from shuke.members.tables import member_search_terms, members
from shuke.members.telling import store as telling
from shuke.members.telling.tables import member_fields
from shuke.tenancy import service as tenancy

# Who is blocked under one name is blocked: nobody gets round it by a second card.
_SURVIVOR = sa.text(
    """
UPDATE members AS s SET name_cipher = coalesce(s.name_cipher, a.name_cipher), gender = coalesce(s.gender, a.gender),
  birthday = coalesce(s.birthday, a.birthday), attributes = a.attributes || s.attributes,
  status = CASE WHEN 'blocked' IN (s.status, a.status) THEN 'blocked' ELSE s.status END
FROM members AS a
WHERE a.merchant_id = :merchant AND a.member_id = :absorbed
  AND s.merchant_id = :merchant AND s.member_id = :survivor
"""
)
_LOGINS = (Space.PHONE, Space.EMAIL)
_SAME_MERCHANT = members.c.merchant_id == identifiers.c.merchant_id
_ABSORBED = sa.text(
    """
UPDATE members SET status = 'merged', merged_into = :survivor
WHERE merchant_id = :merchant AND member_id = :absorbed
"""
)
_IDENTIFIERS = sa.text(
    """
UPDATE identifiers AS i SET person_id = :survivor, main = i.main AND NOT EXISTS (
  SELECT FROM identifiers AS o WHERE o.merchant_id = :merchant AND o.person_id = :survivor
    AND o.namespace = i.namespace AND o.main)
WHERE i.merchant_id = :merchant AND i.person_id = :absorbed
"""
)


def _fields(unit: Unit, pair: Pair) -> None:
    values = {"merchant": unit.merchant_id, "survivor": pair.survivor, "absorbed": pair.absorbed}
    unit.connection.execute(_SURVIVOR, values)
    unit.connection.execute(_ABSORBED, values)


def _identifiers(unit: Unit, pair: Pair) -> None:
    values = {"merchant": unit.merchant_id, "survivor": pair.survivor, "absorbed": pair.absorbed}
    unit.connection.execute(_IDENTIFIERS, values)


def _found_by(unit: Unit, member_ids: Collection[UUID]) -> None:
    """Search terms, and the consumer above, follow from the name and the phone that each has now."""
    people = store.read(unit, members.c.member_id.in_(list(member_ids)))
    store.set_consumers(unit, {member.member_id: member.phone for member in people})
    store.drop_terms(unit, *member_ids)
    store.add_terms_of(unit, {each.member_id: rules.search_terms(each.name, each.phone) for each in people})


def _agreed(unit: Unit, pair: Pair) -> None:
    consent.unite(unit, {pair.absorbed: pair.survivor})


def _agreed_each(unit: Unit, pairs: Sequence[Pair]) -> None:
    consent.unite(unit, {pair.absorbed: pair.survivor for pair in pairs})


def _own_staff(unit: Unit, pair: Pair) -> None:
    """A number that staff sign in with is typed at the till for whoever has none."""
    rows = unit.connection.execute(
        sa.select(identifiers.c.namespace, identifiers.c.value_cipher, members.c.number)
        .join_from(identifiers, members, sa.and_(_SAME_MERCHANT, members.c.member_id == identifiers.c.person_id))
        .where(
            identifiers.c.merchant_id == unit.merchant_id,
            identifiers.c.person_id.in_(pair.both),
            identifiers.c.namespace.in_(list(_LOGINS)),
            identifiers.c.value_cipher.is_not(None),
        )
    ).all()
    whose = {login: row.number for row in rows for login in _logins(unit.open(row.namespace, row.value_cipher))}
    taken = tenancy.staff_with_login(unit, whose)
    if taken:
        raise OwnStaff(number=whose[min(taken)])


def _logins(value: str) -> set[str]:
    """As what somebody may sign in who has this phone number or e-mail address."""
    return {value.lower(), value.removeprefix("+"), rules.display_phone(value).replace(" ", "")}


_OWN: Sequence[Left] = (
    *(Left(merges, column, "the record of merges") for column in ("survivor_id", "absorbed_id")),
    *(Left(kept_apart, column, "the record of merges undone") for column in ("a_id", "b_id")),
    *(Left(proposals, column, "the record of who was proposed to be one") for column in ("a_id", "b_id")),
    Left(erasures, "member_id", "the record of erasures; who was erased is merged with nobody"),
    Left(visitors, "person_id", "the visitor's own id"),
    Left(person_events, "person_id", "read for her and whom she absorbed"),
)

MOVES = Moves(
    moves=(
        Kept(member_fields, "member_id", telling.unite),
        Kept(members, "member_id", _fields, by_name=("attributes",)),
        Kept(identifiers, "person_id", _identifiers),
        reckoned(member_search_terms, "member_id", _found_by),
        Plain(members, "merged_into"),
        Plain(visitors, "became_id"),
        Kept(consent_states, "member_id", _agreed, together=_agreed_each),
        Left(member_consents, "member_id", "read for her and whom she absorbed"),
        Left(access_log, "member_id", "who looked at her, under the id she had then"),
        *_OWN,
    ),
    refuses=(_own_staff,),
)
