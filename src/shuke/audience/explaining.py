"""Why a rule tree holds one member or does not, by the same facts by which it is asked of all."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import ibis

from shuke.audience.asking import Lake, lake_of
from shuke.audience.errors import NotInTheLake
from shuke.audience.model import ATTRIBUTES, FACTS, MOMENTS, PROPERTY, Fact, Listed, Node, Percentile, SinceLastOrder
from shuke.audience.reading.behaving import standing
from shuke.audience.reading.one import MemberFacts, Place, Row
from shuke.audience.reading.tables import TABLES
from shuke.audience.reading.why import Verdict, explained
from shuke.audience.references import check, holding
from shuke.audience.rules.walking import behaviours, leaves, percentiles, registered
from shuke.audience.traits.reading import standing as last_night
from shuke.infra.database import Unit
from shuke.members import service as members

SECONDS = 5
"""What an explanation may take."""


@dataclass(frozen=True, slots=True)
class Explanation:
    verdict: Verdict
    today: date


def explain(unit: Unit, root: Path, tree: Node, member_id: UUID) -> Explanation:
    """What every node of `tree` says of a member. Raises MemberNotFound, TreeRefused, LakeEmpty, NotInTheLake and
    TooSlow."""
    members.get(unit, member_id)
    check(unit, tree)
    lake = lake_of(unit, root)
    asked = lake.asked(tree)
    facts = _facts(lake, asked, member_id, holding(unit, tree, member_id))
    night = last_night(unit, root)
    traits = (night.of_member(member_id) if night else None) or {}
    return Explanation(explained(asked, replace(facts, traits=traits), lake.today), lake.today)


def _facts(lake: Lake, tree: Node, member_id: UUID, lists: frozenset[Listed]) -> MemberFacts:
    """What the lake has of the member, as far as `tree` asks for it."""
    found = _rows(
        lake,
        ("member_no", "joined_day", "birthday", *ATTRIBUTES, *sorted(registered(tree))),
        "members",
        f"member_id = '{member_id}'",
    )
    if not found:
        raise NotInTheLake
    whats = [what for leaf in leaves(tree) for what in behaviours(leaf)]
    asked = {what.fact for what in whats}
    if any(isinstance(what.window, SinceLastOrder) for what in whats):
        asked.add(Fact.ORDER)
    hers = f"member_no = {found[0]['member_no']}"

    def facts(fact: Fact) -> Sequence[Row]:
        if fact not in asked:
            return ()
        columns = ("day", MOMENTS[fact], *(_OF_EVENTS if fact is Fact.EVENT else FACTS[fact]))
        rows = _rows(lake, columns, TABLES[fact].get_name(), hers)
        return [_with_properties(row) for row in rows] if fact is Fact.EVENT else rows

    return MemberFacts(found[0], {fact: facts(fact) for fact in Fact}, lists, _places(lake, tree, hers))


_OF_EVENTS = ("type", "name", "texts", "numbers")


def _with_properties(row: Mapping[str, Any]) -> Row:
    """An event with each of its properties by the name by which it is asked for."""
    own = {f"{PROPERTY}{name}": value for name, value in (*row["texts"], *row["numbers"])}
    return {**{name: row[name] for name in ("day", MOMENTS[Fact.EVENT], "type", "name")}, **own}


def _places(lake: Lake, tree: Node, hers: str) -> Mapping[Percentile, Place]:
    found = {}
    for percentile in percentiles(tree):
        everybody = ibis.to_sql(standing(percentile, lake.today), dialect=lake.engine.dialect)
        for row in _rows(lake, ("below", '"of"'), f"({everybody})", hers):
            found[percentile] = Place(*(int(str(each)) for each in row.values()))
    return found


def _rows(lake: Lake, columns: Iterable[str], table: str, where: str) -> Sequence[Row]:
    sql = f"SELECT {', '.join(columns)} FROM {table} WHERE {where}"  # noqa: S608 - names and ids of our own
    rows: Sequence[Row] = lake.rows(sql, SECONDS).to_pylist()
    return rows
