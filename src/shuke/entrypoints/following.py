"""People in events are recognised: a reader with a position of its own follows what sources sent."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from uuid import UUID

from shuke.entrypoints.merging import PLAN
from shuke.events import feed, progress
from shuke.events.progress import Place, Reader
from shuke.events.setting_aside import set_aside
from shuke.infra.database import Database, Unit
from shuke.members.identity import timeline
from shuke.members.identity.becoming import heard
from shuke.members.identity.model import Recognised, Sighting, Space
from shuke.members.identity.resolving import resolve_batch
from shuke.members.identity.seeing import Eye
from shuke.members.telling.filling import fill
from shuke.members.telling.model import Said

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
        return _fill(unit, {}, limit)
    last = Place(came[-1].transaction_id, came[-1].message_key)
    came.sort(key=lambda each: (each.occurred_at, each.message_key))
    eye = Eye(unit)
    found = resolve_batch(unit, [_sighting(eye, each) for each in came], PLAN)
    whose = list(zip(came, found, strict=True))
    timeline.note(unit, [(each.occurred_at, each.message_key, who) for each, who in whose])
    more = _fill(unit, _told(whose), limit)
    progress.move(unit, Reader.PEOPLE, last)
    return more or len(came) == limit


def _told(whose: Iterable[tuple[feed.Followed, Recognised | None]]) -> dict[UUID, list[Said]]:
    told: dict[UUID, list[Said]] = defaultdict(list)
    for each, who in whose:
        if who is not None and each.told is not None:
            told[who.person_id].append(each.told)
    return told


def _fill(unit: Unit, told: dict[UUID, list[Said]], limit: int) -> bool:
    """What was told of members fills their fields; of those whom visitors turned out to be, all that ever was. Whether
    there may be more of these."""
    new = heard(unit, limit)
    for member_id in new:
        told[member_id] = feed.told_of(unit, timeline.events_of(unit, member_id))
    set_aside(unit, fill(unit, told))
    return len(new) == limit


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
