"""Files that were uploaded before somebody was erased do not bring her back."""

from collections.abc import Collection
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from shuke.infra.database import Unit
from shuke.infra.imports.uploads import KEPT
from shuke.members.erasing.model import Her
from shuke.members.erasing.tables import erased_marks

_M = erased_marks.c
_LONGEST = timedelta(days=1)
"""A file that is kept for its last hour may be read for some more."""


def mark(unit: Unit, her: Her) -> None:
    """From now on a file from before is known to name her. Nothing is kept by which she is found elsewhere."""
    if her.written:
        rows = [
            {"merchant_id": unit.merchant_id, "mark": _mark(unit, *each), "erased_at": unit.now()}
            for each in her.written
        ]
        again = insert(erased_marks).values(rows)
        latest = {"erased_at": again.excluded.erased_at}
        unit.connection.execute(again.on_conflict_do_update(index_elements=["merchant_id", "mark"], set_=latest))


def erased_since(unit: Unit, since: datetime, written: Collection[tuple[str, str]]) -> set[tuple[str, str]]:
    """Those of the identifiers (kind, as it is written) by which somebody was known who was erased since."""
    marks = {
        bytes(each)
        for each in unit.connection.scalars(
            sa.select(_M.mark).where(_M.merchant_id == unit.merchant_id, _M.erased_at >= since)
        )
    }
    return {each for each in written if _mark(unit, *each) in marks} if marks else set()


def drop_marks(unit: Unit) -> int:
    """Delete those that no file needs any more; how many."""
    over = (_M.merchant_id == unit.merchant_id, _M.erased_at < unit.now() - KEPT - _LONGEST)
    return unit.connection.execute(erased_marks.delete().where(*over)).rowcount


def _mark(unit: Unit, kind: str, value: str) -> bytes:
    return unit.index(f"erased {kind}", value)
