"""The lake's tables as readers see them, and the members who are held by lists that lie elsewhere."""

import ibis
import ibis.expr.types as ir

from shuke.audience.model import ATTRIBUTES, COLUMNS, FACTS, MOMENTS, TRAITS, Consented, Fact, In, Kind, Listed, Tagged

_TYPES = {Kind.NUMBER: "int64", Kind.TEXT: "string"}
_TABLES = {Fact.ORDER: "orders", Fact.LINE: "lines", Fact.REFUND: "refunds", Fact.EVENT: "events"}
_OWN = {Fact.EVENT: {"type": "string", "name": "string", "texts": "map<string,string>", "numbers": "map<string,int64>"}}

MEMBERS = ibis.table(
    {
        "member_no": "int64",
        "member_id": "string",
        "joined_day": "date",
        "birthday": "int64",
        **{name: _TYPES[kind] for name, kind in {**ATTRIBUTES, **COLUMNS}.items()},
    },
    name="members",
)
TABLES = {
    fact: ibis.table(
        {
            "member_no": "int64",
            "day": "date",
            MOMENTS[fact]: "timestamp",
            **{name: _TYPES[kind] for name, kind in FACTS[fact].items()},
            **_OWN.get(fact, {}),
        },
        name=name,
    )
    for fact, name in _TABLES.items()
}


STANDING = ibis.table({"member_id": "string", **{n: _TYPES[k] for n, k in TRAITS.items()}}, name="traits")
"""What was reckoned last night, given along with a question that asks for it: only the columns that it asks for."""


def everybody() -> ir.Table:
    return MEMBERS.select("member_no")


def those(found: ir.Table) -> ir.Table:
    """The `member_no` of the members in a table of `member_id`."""
    return MEMBERS.semi_join(found.select("member_id"), "member_id").select("member_no")


def list_name(node: Listed) -> str:
    """The table of `member_id` that is given along with a question that asks for this list."""
    match node:
        case In(segment_id):
            return f"in_{segment_id}"
        case Tagged(tag_id):
            return f"tagged_{tag_id}"
        case Consented(purpose, channel):
            return f"consented_{purpose}_{channel.name.lower()}"


TOUCHED = "touched"
"""A table of `member_id` that may be given along: those who alone are asked about."""


def touched() -> ir.Table:
    return MEMBERS.semi_join(ibis.table({"member_id": "string"}, name=TOUCHED), "member_id").select("member_no")


def listed(node: Listed) -> ir.Table:
    """The `member_no` of those on a list."""
    given = ibis.table({"member_id": "string"}, name=list_name(node))
    return those(given)
