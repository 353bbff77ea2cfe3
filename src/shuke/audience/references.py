"""What a tree names beyond itself: segments and tags. They have to be there, and lie in PostgreSQL, not in the lake."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from uuid import UUID

import pyarrow as pa
import sqlalchemy as sa

from shuke.audience.errors import TreeRefused
from shuke.audience.model import Cap, Consented, In, Listed, Node, Tagged
from shuke.audience.reading.tables import list_name
from shuke.audience.registered import registered
from shuke.audience.rules.capping import cap_problems
from shuke.audience.rules.checking import problems
from shuke.audience.rules.walking import below, lists, traits
from shuke.audience.segments import store
from shuke.audience.traits.reading import columns, standing
from shuke.infra.database import Unit
from shuke.infra.lake.fetching import fetch
from shuke.kernel.errors import FieldProblem
from shuke.kernel.ids import Prefix, parse
from shuke.kernel.text import Text
from shuke.members import service as members

_NO_SEGMENT = Text("没有这个人群，或已归档，请另选。", "There is no such segment, or it is archived. Choose another.")
_NO_TAG = Text("没有这个标签，请另选。", "There is no such tag. Choose another.")
_IDS = pa.schema({"member_id": pa.string()})


def check(unit: Unit, tree: Node, cap: Cap | None = None) -> None:
    """Raises TreeRefused, naming each problem at its field."""
    known = registered(unit)
    found = [*problems(tree, known), *(cap_problems(cap, known) if cap else ())]
    if not found:
        found = list(_missing(unit, tree))
    if found:
        raise TreeRefused(fields=tuple(found))


def _missing(unit: Unit, tree: Node) -> Iterator[FieldProblem]:
    named = lists(tree)
    segments = store.active(unit, {parse(Prefix.SEGMENT, each.segment_id) for each in named if isinstance(each, In)})
    tags = members.tag_names(unit, {parse(Prefix.TAG, each.tag_id) for each in named if isinstance(each, Tagged)})
    for path, node in _nodes(tree, "tree") if named else ():
        match node:
            case In(id) if parse(Prefix.SEGMENT, id) not in segments:
                yield FieldProblem(f"{path}.segment_id", _NO_SEGMENT)
            case Tagged(id) if parse(Prefix.TAG, id) not in tags:
                yield FieldProblem(f"{path}.tag_id", _NO_TAG)


def _nodes(node: Node, path: str) -> Iterator[tuple[str, Node]]:
    yield path, node
    inner = below(node)
    for place, child in enumerate(inner):
        yield from _nodes(child, f"{path}.of" if node.rule == "not" else f"{path}.of.{place}")


def given(unit: Unit, root: Path, tree: Node) -> Mapping[str, pa.Table]:
    """What a question about `tree` reads beside the lake's facts: its lists, each a table of `member_id`, and last
    night's traits."""
    found = {}
    if asked := traits(tree):
        found["traits"] = columns(standing(unit, root), asked)
    for each in lists(tree):
        held = _members(unit, each).subquery()
        texts = sa.select(sa.cast(held.c.member_id, sa.Text).label("member_id"))
        found[list_name(each)] = fetch(unit, texts, _IDS)
    return found


def holding(unit: Unit, tree: Node, member_id: UUID) -> frozenset[Listed]:
    """The lists of `tree` that a member is on."""
    asked = list(lists(tree))
    if not asked:
        return frozenset()
    on = [sa.literal(member_id, sa.Uuid).in_(_members(unit, each)) for each in asked]
    row = unit.connection.execute(sa.select(*on)).one()
    return frozenset(each for each, is_on in zip(asked, row, strict=True) if is_on)


def _members(unit: Unit, node: Listed) -> sa.Select[tuple[UUID]]:
    match node:
        case In(id):
            return store.held(unit, parse(Prefix.SEGMENT, id))
        case Tagged(id):
            return members.tagged(unit, parse(Prefix.TAG, id), unit.now())
        case Consented(purpose, channel):
            return members.agreeing(unit, purpose, channel)
