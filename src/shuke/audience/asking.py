"""Asking the lake whom a rule tree holds: the present native copy, within a limit of time."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path

import ibis
import pyarrow as pa

from shuke.audience.errors import LakeBehind, LakeEmpty, Stopped, TooSlow, TreeRefused
from shuke.audience.facts import spark
from shuke.audience.facts.native import LAYOUT, made
from shuke.audience.model import Cap, Node, RegisteredAs
from shuke.audience.reading.capping import capped
from shuke.audience.reading.crowd import members_where
from shuke.audience.reading.tables import touched
from shuke.audience.registered import registered
from shuke.audience.rules.ids import cap_in_the_lake, in_the_lake
from shuke.audience.rules.walking import ranking
from shuke.audience.rules.walking import registered as registered_in
from shuke.infra.config import spark_master
from shuke.infra.database import Unit
from shuke.infra.lake.engine import Engine, engine_of
from shuke.infra.lake.folder import LakeFolder, upto_of
from shuke.infra.lake.stopping import Interrupted, Stop
from shuke.kernel.errors import FieldProblem
from shuke.kernel.text import Text
from shuke.tenancy import service as tenancy

_GONE = Text("条件里的属性已归档，请修改。", "It asks for an attribute that is archived. Change it.")


@dataclass(frozen=True, slots=True)
class Lake:
    """A merchant's lake at one moment: all up to the transaction `upto`, seen from the business day `today`."""

    engine: Engine
    native: Path
    today: date
    registered: Mapping[str, RegisteredAs]
    stop: Stop | None = None
    """What may end the questions that are asked of it."""

    @property
    def upto(self) -> int:
        return upto_of(self.native)

    def holding(self, tree: Node, cap: Cap | None = None) -> str:
        """The statement that finds the `member_no` of those whom `tree` holds, or of as many as `cap` leaves."""
        self._reached(ranking(cap))
        few = cap and cap_in_the_lake(cap, self.registered)
        return spelled(self.asked(tree), self.today, self.engine.dialect, few)

    def holding_among(self, tree: Node) -> str:
        """The same, of those alone whose `member_id` is in the given table TOUCHED."""
        return spelled(self.asked(tree), self.today, self.engine.dialect, among=True)

    def asked(self, tree: Node) -> Node:
        """`tree` as it is asked here. Raises LakeBehind where it asks for what has not reached the lake, and
        TreeRefused for what is no longer registered."""
        self._reached(registered_in(tree))
        return in_the_lake(tree, self.registered)

    def _reached(self, names: Collection[str]) -> None:
        for name in sorted(names):
            known = self.registered.get(name)
            if known is None:
                raise TreeRefused(fields=(FieldProblem("tree", _GONE),))
            if known.since > self.upto:
                raise LakeBehind(name=name)

    def rows(self, sql: str, seconds: float, given: Mapping[str, pa.Table] | None = None) -> pa.Table:
        """The answer; `given` are tables that the statement reads beside the lake's own. Raises TooSlow and Stopped."""
        try:
            return self.engine.rows(sql, seconds, given or {}, self.stop)
        except Interrupted as error:
            if self.stop and self.stop.said:
                raise Stopped from error
            raise TooSlow(seconds=seconds) from error


def lake_of(unit: Unit, root: Path, stop: Stop | None = None) -> Lake:
    """What the merchant's lake is now. Raises LakeEmpty."""
    native = LakeFolder.of(root, unit.merchant_id).current()
    if native is None or not _of_this_version(native):
        raise LakeEmpty
    return Lake(engine_of(native), native, tenancy.today(unit), registered(unit), stop)


@lru_cache(maxsize=64)
def _of_this_version(native: Path) -> bool:
    """One of another version is made anew by the worker; tables may be called otherwise in it."""
    return made(native).get("layout") == LAYOUT


def crowds_of(unit: Unit, root: Path, stop: Stop | None = None) -> Lake:
    """`lake_of` for questions about everybody: the same tables on Spark, where the installation has one."""
    lake = lake_of(unit, root, stop)
    if not (master := spark_master()):
        return lake
    return replace(lake, engine=spark.engine_of(master, LakeFolder.of(root, unit.merchant_id), lake.upto))


@lru_cache(maxsize=512)
def spelled(tree: Node, today: date, dialect: str, cap: Cap | None = None, *, among: bool = False) -> str:
    """`members_where` as a statement, of a tree and a cap as they are asked in the lake; spelling it takes as long as
    asking it."""
    found = members_where(tree, today, touched() if among else None)
    return str(ibis.to_sql(found if cap is None else capped(found, cap, today), dialect=dialect))
