"""Tags follow the segments that put them."""

from collections.abc import Callable
from uuid import UUID

from shuke.audience.segments import tagging
from shuke.audience.segments.model import Following
from shuke.infra.database import Database, Unit

_Batch = Callable[[Unit, Following, UUID], UUID | None]


def follow_segments(database: Database, merchant_id: UUID) -> None:
    """Whoever left a segment loses its tag, then whoever came gets it: batch by batch, each in a transaction of its
    own. What breaks off is gone on with the next time."""
    with database.merchant(merchant_id) as unit:
        waiting = tagging.to_follow(unit)
    for rule in waiting:
        if _by_batches(database, merchant_id, rule, tagging.take):
            with database.merchant(merchant_id) as unit:
                tagging.make_room(unit, rule)
    with database.merchant(merchant_id) as unit:
        waiting = tagging.to_follow(unit)
    for rule in waiting:
        _by_batches(database, merchant_id, rule, tagging.give)
        with database.merchant(merchant_id) as unit:
            tagging.done(unit, rule)


def _by_batches(database: Database, merchant_id: UUID, rule: Following, do: _Batch) -> bool:
    """Whether there was anybody."""
    after = UUID(int=0)
    while True:
        with database.merchant(merchant_id) as unit:
            last = do(unit, rule, after)
        if last is None:
            return after.int > 0
        after = last
