"""Tags follow the segments that put them."""

from uuid import UUID

from shuke.audience.segments import tagging
from shuke.infra.database import Database


def follow_segments(database: Database, merchant_id: UUID) -> None:
    """Whoever left a segment loses its tag, then whoever came gets it: batch by batch, each in a transaction of its
    own. What breaks off is gone on with the next time."""
    with database.merchant(merchant_id) as unit:
        waiting = tagging.to_follow(unit)
    for rule in waiting:
        taken, more = False, True
        while more:
            with database.merchant(merchant_id) as unit:
                more = tagging.take(unit, rule)
            taken = taken or more
        if taken:
            with database.merchant(merchant_id) as unit:
                tagging.make_room(unit, rule)
    with database.merchant(merchant_id) as unit:
        waiting = tagging.to_follow(unit)
    for rule in waiting:
        more = True
        while more:
            with database.merchant(merchant_id) as unit:
                more = tagging.give(unit, rule)
        with database.merchant(merchant_id) as unit:
            tagging.done(unit, rule)
