"""People in events are recognised: a reader with a position of its own follows what sources sent."""

from collections.abc import Mapping
from uuid import UUID

from shuke.entrypoints.merging import PLAN
from shuke.events import feed, progress
from shuke.events.progress import Place, Reader
from shuke.infra.database import Database, Unit
from shuke.members.identity import timeline
from shuke.members.identity.model import Sighting, Space
from shuke.members.identity.resolving import resolve_batch
from shuke.members.identity.seeing import Eye

AT_ONCE = 1_000


def recognise(database: Database, merchant_id: UUID) -> None:
    """Recognise whoever is in the events that came since the last time, batch by batch."""
    more = True
    while more:
        with database.merchant(merchant_id) as unit:
            more = follow(unit)


def follow(unit: Unit, limit: int = AT_ONCE) -> bool:
    """Recognise the people of the next events; whether there may be more.

    The position moves in the same transaction: whatever breaks off, no event is passed over or followed twice.
    """
    place = progress.hold(unit, Reader.PEOPLE)
    if place is None:
        return False
    came = feed.after(unit, place, limit)
    if not came:
        return False
    last = Place(came[-1].transaction_id, came[-1].message_key)
    came.sort(key=lambda each: (each.occurred_at, each.message_key))
    eye = Eye(unit)
    found = resolve_batch(unit, [_sighting(eye, each) for each in came], PLAN)
    whose = zip(came, found, strict=True)
    timeline.note(unit, [(each.occurred_at, each.message_key, who) for each, who in whose])
    progress.move(unit, Reader.PEOPLE, last)
    return len(came) == limit


def _sighting(eye: Eye, event: feed.Followed) -> Sighting:
    said = event.links
    proven = None
    if said.shown is not None:
        proven = eye.proven(said.shown, event.received_at)
        if proven is None and said.believed:
            proven = eye.named(said.shown)
    values: Mapping[Space, str] = {
        Space(space): value for space, value in said.values.items() if proven is None or space != Space.USER_ID
    }
    indexed = [(space, bytes.fromhex(index)) for space, index in said.indexed]
    return eye.sighting(event.occurred_at, values, indexed, proven)
