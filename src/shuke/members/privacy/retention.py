"""How long data of people is kept that nobody asked to erase: a rule for each sort, with the least that law or
function needs, and what is over deleted batch by batch."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from shuke.infra.database import Unit
from shuke.kernel.errors import FieldProblem, Invalid
from shuke.kernel.text import Text
from shuke.members.identity.resolving import hold as hold_recognising
from shuke.members.identity.tables import identifiers, identity_sightings, person_events, visitors
from shuke.members.privacy.retention_tables import retention_rules
from shuke.members.privacy.tables import access_log
from shuke.members.tables import members
from shuke.tenancy import service as tenancy

BATCH = 5_000
MOST = 36_500
_RULE, _V, _ID, _S = retention_rules.c, visitors.c, identifiers.c, identity_sightings.c

Older = Callable[[Unit, datetime], Sequence[sa.ColumnElement[bool]]]
"""Says which rows of the unit's merchant are older than a moment."""


def _own(unit: Unit) -> Mapping[str, int]:
    rows = unit.connection.execute(sa.select(_RULE.subject, _RULE.days).where(_RULE.merchant_id == unit.merchant_id))
    return {row.subject: row.days for row in rows}


def _keep(unit: Unit, subject: str, days: int) -> None:
    kept = insert(retention_rules).values(merchant_id=unit.merchant_id, subject=subject, days=days)
    unit.connection.execute(kept.on_conflict_do_update(index_elements=["merchant_id", "subject"], set_={"days": days}))


@dataclass(frozen=True, slots=True)
class Subject:
    """A sort of data. `least`: the fewest days, and why; `over` counts what is older than a moment, `forget` deletes
    up to so many of it. `days` and `keep` are set where the rule is kept elsewhere."""

    code: str
    what: Text
    default: int
    least: int
    why: Text
    over: Callable[[Unit, datetime], int]
    forget: Callable[[Unit, datetime, int], int]
    days: Callable[[Unit], int] | None = None
    keep: Callable[[Unit, int], None] | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    subject: Subject
    days: int


def rules(unit: Unit, subjects: Sequence[Subject]) -> list[Rule]:
    own = _own(unit)
    return [Rule(each, each.days(unit) if each.days else own.get(each.code, each.default)) for each in subjects]


def keep_for(unit: Unit, subjects: Sequence[Subject], wanted: Mapping[str, int]) -> list[Rule]:
    """Change how long things are kept. Raises Invalid for what cannot be kept for so short."""
    _check(subjects, wanted)
    before = {rule.subject.code: rule.days for rule in rules(unit, subjects)}
    changed = {code: days for code, days in wanted.items() if before[code] != days}
    for subject in subjects:
        if subject.code in changed and subject.keep is not None:
            subject.keep(unit, changed[subject.code])
        elif subject.code in changed:
            _keep(unit, subject.code, changed[subject.code])
    if changed:
        was = {code: before[code] for code in changed}
        tenancy.record_change(unit, "retention.changed", "retention", unit.merchant_id, was, changed)
    return rules(unit, subjects)


def preview(unit: Unit, subjects: Sequence[Subject], wanted: Mapping[str, int]) -> dict[str, int]:
    """How many rows of each sort the next night would delete under these rules, which are tried and taken back. Raises
    what keeping them would."""
    now = unit.now()
    with unit.connection.begin_nested() as trial:
        kept = keep_for(unit, subjects, wanted)
        trial.rollback()
    return {rule.subject.code: rule.subject.over(unit, now - timedelta(days=rule.days)) for rule in kept}


def forget_batch(unit: Unit, subjects: Sequence[Subject], limit: int = BATCH) -> int:
    """Delete some of what is over; how much, 0 when nothing is left."""
    now = unit.now()
    return sum(rule.subject.forget(unit, now - timedelta(days=rule.days), limit) for rule in rules(unit, subjects))


def _check(subjects: Sequence[Subject], wanted: Mapping[str, int]) -> None:
    known = {each.code: each for each in subjects}
    wrong = [
        FieldProblem(f"rules.{code}", known[code].why if code in known else Text("没有这一项。", "There is no such."))
        for code, days in wanted.items()
        if code not in known or not known[code].least <= days <= MOST
    ]
    if wrong:
        raise Invalid(fields=tuple(wrong))


def _access(unit: Unit, before: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    return access_log.c.merchant_id == unit.merchant_id, access_log.c.at < before


def _timeline(unit: Unit, before: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    return person_events.c.merchant_id == unit.merchant_id, person_events.c.occurred_at < before


def _strangers(unit: Unit, before: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    """Visitors who became nobody we know and were not seen since."""
    return _V.merchant_id == unit.merchant_id, _V.became_id.is_(None), _V.last_seen_on < before.date()


def over(table: sa.Table, older: Older) -> Callable[[Unit, datetime], int]:
    """Counts the rows of a table that are older than a moment."""

    def count(unit: Unit, before: datetime) -> int:
        return unit.connection.scalar(sa.select(sa.func.count()).select_from(table).where(*older(unit, before))) or 0

    return count


def few(table: sa.Table, older: Older, first: str | None = None) -> Callable[[Unit, datetime, int], int]:
    """Deletes rows by their keys, up to so many; those that come `first` by an indexed column, where one is named."""

    def forget(unit: Unit, before: datetime, limit: int) -> int:
        keys = [column for column in table.primary_key.columns if column.name != "merchant_id"]
        some = sa.select(*keys).where(*older(unit, before)).limit(sa.literal(limit, literal_execute=True))
        some = some if first is None else some.order_by(table.c[first])
        mine = (table.c.merchant_id == unit.merchant_id, sa.tuple_(*keys).in_(some))
        return unit.connection.execute(table.delete().where(*mine)).rowcount

    return forget


def _seen_together(unit: Unit, before: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    """Sets of identifiers not seen since, of which the strongest is nobody's, or a visitor's: why a member is taken for
    one person is kept with her."""
    held = sa.and_(_ID.merchant_id == _S.merchant_id, _ID.namespace == _S.namespace, _ID.value_index == _S.value_index)
    of_member = sa.and_(members.c.merchant_id == _ID.merchant_id, members.c.member_id == _ID.person_id)
    members_own = sa.exists(sa.select(sa.literal(1)).select_from(identifiers).join(members, of_member).where(held))
    old = (_S.first_at < before, _S.last_at < before)  # the first is by an index, and holds where the second does
    return (_S.merchant_id == unit.merchant_id, *old, sa.not_(members_own))


_few_seen_together = few(identity_sightings, _seen_together, "first_at")


def _forget_seen_together(unit: Unit, before: datetime, limit: int) -> int:
    """Nobody is recognised meanwhile: it could be by one of these."""
    hold_recognising(unit)
    return _few_seen_together(unit, before, limit)


def _forget_strangers(unit: Unit, before: datetime, limit: int) -> int:
    """With those who turned out to be one of them. Nobody is recognised meanwhile: it could be one of these."""
    hold_recognising(unit)
    some = sa.select(_V.person_id).where(*_strangers(unit, before)).order_by(_V.last_seen_on)
    few_of_them = some.limit(sa.literal(limit, literal_execute=True)).with_for_update(skip_locked=True)
    last = list(unit.connection.scalars(few_of_them))
    were = sa.select(_V.person_id).where(_V.merchant_id == unit.merchant_id, _V.became_id.in_(last))
    found = [*last, *unit.connection.scalars(were)] if last else []
    for table in (identifiers, person_events, visitors) if found else ():
        mine = (table.c.merchant_id == unit.merchant_id, table.c.person_id.in_(found))
        unit.connection.execute(table.delete().where(*mine))
    return len(found)


SUBJECTS = (
    Subject(
        "access_log",
        Text("个人信息访问记录", "The log of who looked at personal data"),
        1_095,
        180,
        Text("法律要求至少保存 180 天。", "The law asks for at least 180 days."),
        over(access_log, _access),
        few(access_log, _access, "at"),
    ),
    Subject(
        "timeline",
        Text("行为时间线", "Timelines of what people did"),
        730,
        30,
        Text("至少 30 天。", "At least 30 days."),
        over(person_events, _timeline),
        few(person_events, _timeline, "occurred_at"),
    ),
    Subject(
        "visitors",
        Text("未成为会员的访客", "Visitors who never became members"),
        400,
        30,
        Text("至少 30 天，否则回访者无法识别。", "At least 30 days, or nobody is known again who comes back."),
        over(visitors, _strangers),
        _forget_strangers,
    ),
    Subject(
        "sightings",
        Text("访客同时出现的标识", "Identifiers of visitors that were seen together"),
        400,
        30,
        Text(
            "至少 30 天，否则看不出访客为何是同一人，也无法试算规则。",
            "At least 30 days, or nobody sees why visitors are one, nor what other rules would make of them.",
        ),
        over(identity_sightings, _seen_together),
        _forget_seen_together,
    ),
)
