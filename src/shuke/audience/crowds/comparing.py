"""The numbers of a crowd and of everybody, side by side: a few statements over the members found once."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any

import pyarrow as pa

from shuke.audience.asking import Lake, lake_of
from shuke.audience.model import Node
from shuke.audience.model.crowds import Both, Cohort, Crowd, Worth
from shuke.audience.references import check, given
from shuke.audience.traits.reading import standing
from shuke.infra.database import Unit

SECONDS = 5
YEAR = 365
MONTHS = 12

_SIDES = (
    "WITH side AS (SELECT member_no, member_id, found.member_no IS NOT NULL AS here"
    " FROM members LEFT JOIN found USING (member_no))"
)
_BOTH = "coalesce(sum({of}) FILTER (here), 0)::BIGINT AS here, coalesce(sum({of}), 0)::BIGINT AS everybody"
_PROFILE = {
    "gender": "gender",
    "age": "(({year} - birth_year) // 10 * 10)::VARCHAR",
    "tier": "tier_rank::VARCHAR",
    "join_channel": "join_channel",
}
_STANDING = {"lifecycle": "lifecycle", "grade": "grade", "loyalty": "loyalty"}
_SALES = {"category": ("lines", "category_id"), "store": ("orders", "store_id"), "channel": ("orders", "channel")}
_NO_TRAITS = pa.schema(
    {**dict.fromkeys(("member_id", "lifecycle", "grade", "loyalty"), pa.string()), "clv_minor": pa.int64()}
)


@dataclass(frozen=True, slots=True)
class _Ground:
    """The lake, with the crowd's `found` and everybody's `standing` beside it, and the days of the year."""

    lake: Lake
    given: Mapping[str, pa.Table]

    def rows(self, sql: str) -> Sequence[Mapping[str, Any]]:
        rows: Sequence[Mapping[str, Any]] = self.lake.rows(sql, SECONDS, self.given).to_pylist()
        return rows

    @property
    def this_year(self) -> str:
        last = self.lake.today
        return f"day > DATE '{last - timedelta(days=YEAR)}' AND day <= DATE '{last}'"


def crowd(unit: Unit, root: Path, tree: Node) -> Crowd:
    """Whom `tree` holds, against everybody. Raises TreeRefused, LakeEmpty and TooSlow."""
    check(unit, tree)
    lake = lake_of(unit, root)
    found = lake.rows(lake.holding(tree), SECONDS, given(unit, root, tree))
    ground = _Ground(lake, {"found": found, "standing": _standing(unit, root)})
    counted = ground.rows(f"{_SIDES} SELECT {_BOTH.format(of=1)} FROM side")[0]  # noqa: S608 - constants
    here, everybody = _worth(ground)
    return Crowd(
        lake.today, counted["here"], counted["everybody"], _profile(ground), here, everybody, _sales(ground),
        _cohorts(ground),
    )  # fmt: skip


def _standing(unit: Unit, root: Path) -> pa.Table:
    night = standing(unit, root)
    if night is None:
        return _NO_TRAITS.empty_table()
    return night.engine.rows(f"SELECT {', '.join(_NO_TRAITS.names)} FROM traits", SECONDS)  # noqa: S608 - constants


def _profile(ground: _Ground) -> Mapping[str, Sequence[Both]]:
    counts = _BOTH.format(of=1)
    year = ground.lake.today.year
    parts = [
        f"SELECT '{name}' AS name, {of.format(year=year)} AS value, {counts} FROM side JOIN members USING (member_no)"  # noqa: S608
        " GROUP BY value"
        for name, of in _PROFILE.items()
    ]
    parts += [
        f"SELECT '{name}' AS name, {of} AS value, {counts} FROM side JOIN standing USING (member_id) GROUP BY value"  # noqa: S608
        for name, of in _STANDING.items()
    ]
    return _named(ground, parts, (*_PROFILE, *_STANDING))


def _sales(ground: _Ground) -> Mapping[str, Sequence[Both]]:
    parts = [
        f"SELECT '{name}' AS name, {column} AS value, {_BOTH.format(of='net_minor')}"  # noqa: S608
        f" FROM side JOIN {table} USING (member_no) WHERE {ground.this_year} GROUP BY value"
        for name, (table, column) in _SALES.items()
    ]
    return _named(ground, parts, tuple(_SALES))


def _named(ground: _Ground, parts: Sequence[str], names: Sequence[str]) -> Mapping[str, Sequence[Both]]:
    """What most of the crowd are comes first."""
    by_name: dict[str, list[Both]] = defaultdict(list)
    sql = f"{_SIDES} {' UNION ALL '.join(parts)} ORDER BY name, here DESC, everybody DESC, value"
    for row in ground.rows(sql):
        by_name[row["name"]].append(Both(row["value"], row["here"], row["everybody"]))
    return {name: by_name[name] for name in names}


def _worth(ground: _Ground) -> tuple[Worth, Worth]:
    names = Worth.__dataclass_fields__
    sums = ", ".join(f"coalesce(sum({name}) {{only}}, 0)::BIGINT AS {name}" for name in names)
    sql = (
        f"{_SIDES}, bought AS ("  # noqa: S608 - names and days of our own
        " SELECT member_no, count(*) AS orders, count(DISTINCT day) AS days, sum(net_minor) AS net_minor,"
        f" sum(discount_minor) AS discount_minor FROM orders WHERE {ground.this_year} GROUP BY member_no"
        "), returned AS ("
        f" SELECT member_no, sum(net_minor) AS back_minor FROM refunds WHERE {ground.this_year} GROUP BY member_no"
        "), each AS ("
        " SELECT here, 1 AS members, (orders IS NOT NULL)::INT AS buyers, orders, days,"
        " coalesce(net_minor, 0) - coalesce(back_minor, 0) AS net_minor, discount_minor, clv_minor"
        " FROM side LEFT JOIN bought USING (member_no) LEFT JOIN returned USING (member_no)"
        " LEFT JOIN standing USING (member_id)"
        f") SELECT {sums.format(only='FILTER (here)')} FROM each UNION ALL SELECT {sums.format(only='')} FROM each"
    )
    here, everybody = (Worth(**row) for row in ground.rows(sql))
    return here, everybody


def _cohorts(ground: _Ground) -> Sequence[Cohort]:
    start = _months_before(ground.lake.today, MONTHS - 1)
    sql = (
        f"{_SIDES}, months AS ("  # noqa: S608 - a day of our own
        " SELECT DISTINCT member_no, date_trunc('month', day)::DATE AS month FROM orders WHERE member_no IS NOT NULL"
        f" AND day <= DATE '{ground.lake.today}'"
        "), began AS (SELECT member_no, min(month) AS first FROM months GROUP BY member_no)"
        f" SELECT first, datediff('month', first, month) AS later, {_BOTH.format(of=1)}"
        " FROM months JOIN began USING (member_no) JOIN side USING (member_no)"
        f" WHERE first >= DATE '{start}' GROUP BY first, later ORDER BY first, later"
    )
    found = []
    for first, rows in groupby(ground.rows(sql), key=lambda row: row["first"]):
        by_month = {row["later"]: row for row in rows}
        length = (ground.lake.today.year - first.year) * 12 + ground.lake.today.month - first.month + 1
        none = {"here": 0, "everybody": 0}
        series = [by_month.get(later, none) for later in range(length)]
        found.append(Cohort(first, [each["here"] for each in series], [each["everybody"] for each in series]))
    return found


def _months_before(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, 1)
