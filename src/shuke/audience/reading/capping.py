"""So many of those whom a tree holds."""

from datetime import date

import ibis
import ibis.expr.types as ir

from shuke.audience.model import ByAttribute, ByMeasure, ByRegistered, Cap, Random, Top
from shuke.audience.reading.behaving import facts_of, value_of
from shuke.audience.reading.tables import MEMBERS


def capped(found: ir.Table, cap: Cap, today: date) -> ir.Table:
    """The `member_no` of those of `found` whom the cap leaves."""
    match cap:
        case Random(seed=seed):
            people = _named(found)
            drawn = (ibis.literal(f"{seed}:") + people.member_id).hexdigest("md5")
            ordered = people.order_by(drawn, people.member_id)
        case Top(_, by, lowest):
            valued = _valued(found, by, today)
            most = valued.value.asc() if lowest else valued.value.desc()
            ordered = valued.order_by(valued.value.isnull(), most, valued.member_id)
    return ordered.limit(cap.count).select("member_no")


def _named(found: ir.Table, *attributes: str) -> ir.Table:
    return MEMBERS.select("member_no", "member_id", *attributes).semi_join(found, "member_no")


def _valued(found: ir.Table, by: ByAttribute | ByRegistered | ByMeasure, today: date) -> ir.Table:
    """`member_no`, `member_id` and `value`, null where there is none."""
    if isinstance(by, ByAttribute | ByRegistered):
        people = _named(found, by.name)
        return people.select("member_no", "member_id", value=people[by.name])
    people = _named(found)
    facts = facts_of(by.what, today, people)
    value, of_nothing = value_of(facts, by.aggregate, by.property, today)
    each = facts.group_by(valued_no=facts.member_no).agg(value=value)
    joined = people.left_join(each, people.member_no == each.valued_no)
    known = joined.value if of_nothing is None else joined.value.fill_null(of_nothing)
    return joined.select("member_no", "member_id", value=known)
