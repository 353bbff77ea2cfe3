"""What segments are made of: nothing goes round in circles, and nothing goes that another one needs."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from uuid import UUID

import sqlalchemy as sa

from shuke.audience.errors import CircularSegments, SegmentInUse, TreeRefused
from shuke.audience.model import In, Node, Tagged
from shuke.audience.rules.uses import cycle, inner_first
from shuke.audience.rules.walking import lists, ranking, registered
from shuke.audience.segments import store
from shuke.audience.segments.model import Lineage, Refresh
from shuke.audience.segments.tables import segment_tags, segment_uses
from shuke.infra.database import Unit
from shuke.kernel.errors import FieldProblem
from shuke.kernel.ids import Prefix, parse
from shuke.kernel.text import Text

_U = segment_uses.c
_UNKNOWN = Text("没有这个人群，或已归档，请另选。", "There is no such segment, or it is archived. Choose another.")


def used_by(tree: Node | None) -> set[UUID]:
    """The segments that `tree` names. Its ids are known to be well formed."""
    named = lists(tree) if tree is not None else ()
    return {parse(Prefix.SEGMENT, each.segment_id) for each in named if isinstance(each, In)}


def check(unit: Unit, tree: Node | None) -> None:
    """Raises TreeRefused if `tree` names segments that are not there or archived."""
    wanted = used_by(tree)
    if wanted - store.active(unit, wanted):
        raise TreeRefused(fields=(FieldProblem("tree", _UNKNOWN),))


def hold(unit: Unit) -> None:
    """Nobody else changes what segments are made of until this transaction ends."""
    lock = f"segment-uses:{unit.merchant_id}"
    unit.connection.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtextextended(lock, 0))))


def note(unit: Unit, segment_id: UUID, tree: Node | None) -> None:
    """Note what a segment is made of from now on. Raises TreeRefused and CircularSegments."""
    hold(unit)
    check(unit, tree)
    refuse_circle(unit, segment_id, tree)
    wanted = used_by(tree)
    forget(unit, segment_id)
    if wanted:
        rows = [{"merchant_id": unit.merchant_id, "segment_id": segment_id, "used_id": used} for used in sorted(wanted)]
        unit.connection.execute(segment_uses.insert(), rows)


def refuse_circle(unit: Unit, segment_id: UUID, tree: Node | None) -> None:
    """Raises CircularSegments if a segment would be made of itself by `tree`, however far, or by the tags it puts."""
    way = cycle(segment_id, {**all_uses(unit), segment_id: used_by(tree) | _putting(tree, putters(unit))})
    if way is not None:
        names = store.refs(unit, set(way))
        raise CircularSegments(path=" → ".join(names[each].name for each in way))


def forget(unit: Unit, segment_id: UUID) -> None:
    mine = (_U.merchant_id == unit.merchant_id, _U.segment_id == segment_id)
    unit.connection.execute(segment_uses.delete().where(*mine))


def refuse_if_used(unit: Unit, segment_id: UUID) -> None:
    """Raises SegmentInUse, naming by whom."""
    hold(unit)
    users = unit.connection.scalars(
        sa.select(_U.segment_id).where(_U.merchant_id == unit.merchant_id, _U.used_id == segment_id)
    )
    if names := [ref.name for ref in store.refs(unit, set(users)).values()]:
        raise SegmentInUse(zh="、".join(names), en=", ".join(names))


def all_uses(unit: Unit) -> dict[UUID, set[UUID]]:
    """Segment → the segments that it is made of, by name or by the tags that they put."""
    found: dict[UUID, set[UUID]] = defaultdict(set)
    rows = unit.connection.execute(
        sa.select(_U.segment_id, _U.used_id)
        .where(_U.merchant_id == unit.merchant_id)
        .order_by(_U.segment_id, _U.used_id)
    )
    for segment_id, used_id in rows:
        found[segment_id].add(used_id)
    if tags := putters(unit):
        for segment_id, tree in store.trees(unit):
            found[segment_id] |= _putting(tree, tags)
    return {segment_id: used for segment_id, used in found.items() if used}


def putters(unit: Unit) -> dict[UUID, UUID]:
    """Tag → the segment that puts it."""
    tag = segment_tags.c
    query = sa.select(tag.tag_id, tag.segment_id).where(tag.merchant_id == unit.merchant_id, ~tag.ended)
    return {row.tag_id: row.segment_id for row in unit.connection.execute(query)}


def _putting(tree: Node | None, putters: Mapping[UUID, UUID]) -> set[UUID]:
    """The segments that put the tags which `tree` names."""
    named = lists(tree) if tree is not None else ()
    tags = {parse(Prefix.TAG, each.tag_id) for each in named if isinstance(each, Tagged)}
    return {putters[tag_id] for tag_id in tags & putters.keys()}


def lineage(unit: Unit, segment_id: UUID) -> Lineage:
    """Raises SegmentNotFound."""
    uses = all_uses(unit)
    users: dict[UUID, set[UUID]] = defaultdict(set)
    for user, used in ((user, used) for user, inner in uses.items() for used in inner):
        users[used].add(user)
    below, above = _reached(segment_id, uses), _reached(segment_id, users)
    pairs = {(user, used) for user in below for used in uses.get(user, ())}
    pairs |= {(user, used) for used in above for user in users.get(used, ())}
    refs = store.refs(unit, below | above)
    return Lineage([refs[each] for each in sorted(refs)], sorted(pairs))


def _reached(start: UUID, ways: Mapping[UUID, Iterable[UUID]]) -> set[UUID]:
    found, waiting = {start}, [start]
    while waiting:
        for each in ways.get(waiting.pop(), ()):
            if each not in found:
                found.add(each)
                waiting.append(each)
    return found


def finding_by(unit: Unit, attribute: str) -> list[str]:
    """The names of active segments that ask for a registered attribute."""
    return [name for name, tree, cap in store.rules(unit) if attribute in registered(tree) | ranking(cap)]


def to_refresh(unit: Unit, refresh: Refresh) -> list[UUID]:
    """Active segments that are looked at like this, each after those that it is made of."""
    return inner_first(store.looked_at(unit, refresh), all_uses(unit))
