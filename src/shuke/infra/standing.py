"""Standing data: what changes rarely and every checkout needs. Each process keeps copies, never a stale one.

Tables declared with a `topic` note in `merchant_versions`, by trigger, which transaction changed the topic last. A
unit of work reads its merchant's versions once, and a copy counts while its versions do. A version is the number of a
transaction, so one that was rolled back never comes again.

Who changes standing data reads it from its tables; copies are for those who only use it.
"""

from collections.abc import Callable, Iterable
from typing import Any, Generic, TypeVar
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Ask, Unit, at_once
from shuke.infra.schema import tenant_table

merchant_versions = tenant_table(
    "merchant_versions",
    sa.Column("topic", sa.Text, primary_key=True),
    sa.Column("version", sa.BigInteger, nullable=False, comment="the transaction that changed the topic last"),
)

MERCHANTS_KEPT = 1_000
"""Merchants whose copies one process keeps; the one met first goes first."""

Value = TypeVar("Value")

_READ = (
    "SELECT topic, version, coalesce(version = pg_current_xact_id_if_assigned()::text::bigint, false) AS ours "
    "FROM merchant_versions WHERE merchant_id = %(merchant)s"
)


class Standing(Generic[Value]):
    """What `load` makes of the topics it reads, once for each merchant and version.

    Copies are shared between threads: values are immutable, or such that only ever gain what is true.
    """

    def __init__(self, load: Callable[[Unit], Value], *topics: str) -> None:
        self._load = load
        self._topics = topics
        self._kept: dict[UUID, tuple[tuple[int, ...], Value]] = {}

    def of(self, unit: Unit) -> Value:
        """The value as it stands for the unit's merchant."""
        known = versions(unit)
        wanted = tuple(known.get(topic, 0) for topic in self._topics)
        kept = self._kept.get(unit.merchant_id)
        if kept is not None and kept[0] == wanted:
            return kept[1]
        value = self._load(unit)
        if not self.settled(unit):
            return value
        if len(self._kept) >= MERCHANTS_KEPT:
            self._kept.pop(next(iter(self._kept)), None)
        self._kept[unit.merchant_id] = (wanted, value)
        return value

    def settled(self, unit: Unit) -> bool:
        """Whether what was just loaded is what everybody sees at the unit's versions: nobody has changed the topics
        meanwhile, this transaction least of all."""
        known = versions(unit)
        rows = {row.topic: row for row in at_once(unit.connection, asking(unit.merchant_id))[0]}
        return all(
            known.get(topic, 0) == (rows[topic].version if topic in rows else 0)
            and not (topic in rows and rows[topic].ours)
            for topic in self._topics
        )


def versions(unit: Unit) -> dict[str, int]:
    """Topic → version, as they were when this unit of work first asked."""
    if unit.merchant_id not in unit.versions:
        note(unit, at_once(unit.connection, asking(unit.merchant_id))[0])
    return unit.versions[unit.merchant_id]


def asking(merchant_id: UUID) -> Ask:
    """For whoever has other things to ask in the same round trip; `note` takes the answer."""
    return Ask(_READ, {"merchant": merchant_id})


def note(unit: Unit, rows: Iterable[Any]) -> None:
    """`rows` are the versions that this unit of work goes by."""
    unit.versions[unit.merchant_id] = {row.topic: row.version for row in rows}
