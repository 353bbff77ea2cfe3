"""The merchant's rules of who is one person: read, written down, changed."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from shuke.infra.database import Unit
from shuke.infra.standing import Standing
from shuke.kernel.errors import invalid_field
from shuke.members import profile
from shuke.members import rules as writing
from shuke.members.identity.model import Policy, Space, SpaceRule, TwoMembers
from shuke.members.identity.rules.defaults import NOBODY, OF_PROGRAMS, SPACES, check_spaces
from shuke.members.identity.tables import identity_policies
from shuke.tenancy import service as tenancy

_table = identity_policies.c


@dataclass(frozen=True, slots=True)
class Blocked:
    """A value that never links: the till's own phone number, say."""

    space: Space
    value: str


@dataclass(frozen=True, slots=True)
class Rules:
    """What a merchant decided, in clear; `blocked` beside what is blocked everywhere."""

    spaces: tuple[SpaceRule, ...]
    blocked: tuple[Blocked, ...]
    two_members: TwoMembers = TwoMembers.PROPOSE


def written(unit: Unit, space: Space, value: str) -> str:
    """A value as it is stored. Raises Invalid."""
    match space:
        case Space.PHONE:
            return writing.normal_phone(value, profile.phone_regions(tenancy.merchant(unit)))
        case Space.EMAIL:
            return writing.normal_email(value)
        case Space.CARD:
            return writing.normal_card(value)
    if not value.strip():
        raise invalid_field("value", "标识不能为空。", "An identifier is not empty.")
    return value.strip()


def rules(unit: Unit) -> Rules:
    """What the merchant decided, or begins with."""
    row = unit.connection.execute(
        sa.select(_table.spaces, _table.blocked, _table.two_members).where(_table.merchant_id == unit.merchant_id)
    ).first()
    if row is None:
        return Rules(SPACES, ())
    return Rules(
        tuple(SpaceRule(Space(each["space"]), each["ever"], each["month"], each["day"]) for each in row.spaces),
        tuple(Blocked(Space(each["space"]), unit.open("blocked", _bytes(each["sealed"]))) for each in row.blocked),
        TwoMembers(row.two_members),
    )


def checked(
    unit: Unit,
    spaces: Sequence[SpaceRule],
    blocked: Sequence[Blocked],
    two_members: TwoMembers = TwoMembers.PROPOSE,
) -> Rules:
    """Rules as they may be kept. Raises Invalid."""
    check_spaces(spaces)
    values = dict.fromkeys(Blocked(each.space, written(unit, each.space, each.value)) for each in blocked)
    return Rules(tuple(spaces), tuple(values), two_members)


def policy_of(unit: Unit, said: Rules) -> Policy:
    """The same, as identifiers are compared with it."""
    everywhere = {(str(space), unit.index(space, value)) for space in OF_PROGRAMS for value in NOBODY}
    theirs = {(str(each.space), unit.index(each.space, each.value)) for each in said.blocked}
    zone = ZoneInfo(tenancy.merchant(unit).timezone)
    return Policy(said.spaces, frozenset(everywhere | theirs), zone, said.two_members)


_KEPT = Standing(lambda unit: policy_of(unit, rules(unit)), "identity")


def policy(unit: Unit) -> Policy:
    """The policy in force, from this process's copy."""
    return _KEPT.of(unit)


def change(unit: Unit, said: Rules) -> Rules:
    """Recognise people by these rules from now on; what was seen before stays as it was seen."""
    before = rules(unit)
    if said == before:
        return before
    statement = insert(identity_policies).values(
        merchant_id=unit.merchant_id,
        spaces=[_spelled(rule) for rule in said.spaces],
        blocked=[
            {"space": str(each.space), "sealed": base64.b64encode(unit.seal("blocked", each.value)).decode()}
            for each in said.blocked
        ],
        two_members=str(said.two_members),
        changed_at=unit.now(),
    )
    new = statement.excluded
    unit.connection.execute(
        statement.on_conflict_do_update(
            index_elements=["merchant_id"],
            set_={name: new[name] for name in ("spaces", "blocked", "two_members", "changed_at")},
        )
    )
    tenancy.record_change(unit, "identity_policy.changed", "merchant", unit.merchant_id, _told(before), _told(said))
    return said


def _told(said: Rules) -> dict[str, Any]:
    """Without what is blocked, which may be personal."""
    spaces = [_spelled(rule) for rule in said.spaces]
    return {"spaces": spaces, "blocked": len(said.blocked), "two_members": str(said.two_members)}


def _spelled(rule: SpaceRule) -> dict[str, Any]:
    return {"space": str(rule.space), "ever": rule.ever, "month": rule.month, "day": rule.day}


def _bytes(text: str) -> bytes:
    return base64.b64decode(text)
