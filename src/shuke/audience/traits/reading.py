"""What the last run found, read from its file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import UUID

import pyarrow as pa

from shuke.audience.errors import TooSlow
from shuke.audience.model import TRAITS, Kind
from shuke.audience.traits import store
from shuke.audience.traits.files import file_of
from shuke.audience.traits.model import Renewal, Run
from shuke.audience.traits.renewing import renewal_of
from shuke.infra.database import Unit
from shuke.infra.lake.engine import Engine, engine_of
from shuke.infra.lake.folder import LakeFolder
from shuke.infra.lake.stopping import Interrupted

SECONDS = 5
_TYPES = {Kind.NUMBER: pa.int64(), Kind.TEXT: pa.string()}
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Standing:
    """A run, and what it found. Statements raise TooSlow."""

    run: Run
    file: Path

    @property
    def engine(self) -> Engine:
        return engine_of(self.file)

    @property
    def renewal(self) -> Renewal:
        """When any of it was last reckoned."""
        return renewal_of(self.file)

    def rows(self, sql: str) -> Sequence[Row]:
        try:
            rows: Sequence[Row] = self.engine.rows(sql, SECONDS).to_pylist()
        except Interrupted as error:
            raise TooSlow(seconds=SECONDS) from error
        return rows

    def of_member(self, member_id: UUID) -> Row | None:
        """Her traits; None when she joined since."""
        found = self.rows(f"FROM traits WHERE member_id = '{member_id}'")
        return found[0] if found else None

    def grid(self) -> Sequence[Row]:
        """Members by their three scores."""
        return self.rows(
            "SELECT recency, frequency, monetary, count(*) AS members, sum(year_net_minor)::BIGINT AS net_minor"
            " FROM traits WHERE recency IS NOT NULL GROUP BY ALL ORDER BY ALL"
        )

    def curve(self) -> Sequence[Row]:
        return self.rows("FROM pareto ORDER BY members_bps")

    def counted(self, column: str) -> Sequence[Row]:
        """Members by one of the words they have in `traits`, with what they bring."""
        return self.rows(
            f"SELECT {column} AS word, count(*) AS members, sum(year_net_minor)::BIGINT AS net_minor,"  # noqa: S608
            f" coalesce(sum(clv_minor), 0)::BIGINT AS clv_minor FROM traits WHERE {column} IS NOT NULL"
            f" GROUP BY {column}"
        )

    def moments(self) -> Sequence[Row]:
        """Days on which everybody's stage is known, the last first."""
        return self.rows("SELECT back, day FROM moments ORDER BY back")

    def flow(self, from_back: int, to_back: int) -> Sequence[Row]:
        """How many members went from where to where, between two of the moments."""
        return self.rows(
            f"SELECT stage_{from_back} AS source, stage_{to_back} AS target, sum(members)::BIGINT AS members"  # noqa: S608
            " FROM paths GROUP BY ALL ORDER BY ALL"
        )

    def matrix(self, by: str = "'all'") -> Sequence[Row]:
        """Loyalty × activity of the members who ever bought, by a column of `traits`."""
        return self.rows(
            f"SELECT {by} AS place, loyalty, grade, count(*) AS members, sum(year_net_minor)::BIGINT AS net_minor"  # noqa: S608
            f" FROM traits WHERE loyalty IS NOT NULL AND {by} IS NOT NULL GROUP BY ALL ORDER BY ALL"
        )

    def spread(self, column: str, buckets: int) -> Sequence[Row]:
        """How a number of `traits` is spread: `low` of each bucket, its members and their sum. Buckets are of one
        width, up to where 98 of 100 members are; the last one has the rest."""
        return self.rows(
            f"WITH known AS (SELECT {column}::BIGINT AS value FROM traits WHERE {column} IS NOT NULL),"  # noqa: S608
            f" wide AS (SELECT greatest(1, quantile_disc(value, 0.98) // {buckets - 1}) AS width FROM known)"
            f" SELECT least(value // width, {buckets - 1}) * width AS low, any_value(width) AS width,"
            " count(*) AS members, sum(value)::BIGINT AS total FROM known CROSS JOIN wide GROUP BY low ORDER BY low"
        )

    def total(self, column: str) -> Row:
        return self.rows(
            f"SELECT count({column}) AS members, coalesce(sum({column}), 0)::BIGINT AS total,"  # noqa: S608
            f" quantile_disc({column}, 0.5) AS median FROM traits"
        )[0]

    def clusters(self) -> Sequence[Row]:
        return self.rows("FROM clusters ORDER BY cluster, feature")


def columns(found: Standing | None, names: Sequence[str]) -> pa.Table:
    """Some traits of everybody, with `member_id`; of nobody before the first run. Raises TooSlow."""
    if found is None:
        kinds = {"member_id": pa.string(), **{name: _TYPES[TRAITS[name]] for name in names}}
        return pa.schema(kinds).empty_table()
    try:
        return _columns(found.file, tuple(names))
    except Interrupted as error:
        raise TooSlow(seconds=SECONDS) from error


@lru_cache(maxsize=8)
def _columns(file: Path, names: Sequence[str]) -> pa.Table:
    return engine_of(file).rows(f"SELECT member_id, {', '.join(names)} FROM traits", SECONDS)  # noqa: S608 - known names


def standing(unit: Unit, root: Path) -> Standing | None:
    """The last run; None before the first, and where its file was lost with the lake, until it is made anew."""
    run = store.last_run(unit)
    if run is None:
        return None
    file = file_of(LakeFolder.of(root, unit.merchant_id), run.number)
    return Standing(run, file) if file.exists() else None
