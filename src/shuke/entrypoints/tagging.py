"""Tags follow the segments that put them."""

from collections.abc import Callable, Sequence
from uuid import UUID

from shuke.audience.segments import tagging
from shuke.audience.segments.model import Following
from shuke.infra.database import Database, Unit

_Batch = Callable[[Unit, Following, UUID], UUID | None]


def follow_segments(database: Database, merchant_id: UUID) -> None:
    """Whoever left a segment loses its tag, then whoever came gets it: batch by batch, each in a transaction of its
    own. What breaks off is gone on with the next time; what is looked at meanwhile, at once."""
    while waiting := _waiting(database, merchant_id):
        for rule in waiting:
            _by_batches(database, merchant_id, rule, tagging.take)
        for rule in waiting:
            _by_batches(database, merchant_id, rule, tagging.give)
            with database.merchant(merchant_id) as unit:
                tagging.done(unit, rule)


def _waiting(database: Database, merchant_id: UUID) -> Sequence[Following]:
    with database.merchant(merchant_id) as unit:
        return tagging.to_follow(unit)


def _by_batches(database: Database, merchant_id: UUID, rule: Following, do: _Batch) -> None:
    after: UUID | None = UUID(int=0)
    while after is not None:
        with database.merchant(merchant_id) as unit:
            after = do(unit, rule, after)
