"""What of events goes with a member: by what they name her, and all that is personal. That something happened stays."""

import orjson
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSON, JSONB

from shuke.events.feed import telling
from shuke.events.progress import Reader, reached
from shuke.events.sealing import PERSONAL, QUARANTINE, unsealed
from shuke.events.tables import event_personal, event_quarantine, tracked_events
from shuke.infra.database import Unit
from shuke.kernel.text import Text
from shuke.members import service as members
from shuke.members.service import Goes, Her, Part, Stays, opened

_event, _personal = tracked_events.c, event_personal.c
_AT_ONCE = 500


def _count(unit: Unit, her: Her) -> int:
    query = sa.select(sa.func.count()).where(_event.merchant_id == unit.merchant_id, hers(unit, her))
    return unit.connection.scalar(query) or 0


def hers(unit: Unit, her: Her) -> sa.ColumnElement[bool]:
    """Those that were followed to her, and those that name her and were not followed yet, or so long ago that it is not
    kept any more to whom."""
    key = sa.func.json_array_elements(_event["keys"]).table_valued("value", name="key")
    named = (
        sa.select(sa.literal(1)).select_from(key).where(sa.cast(key.c.value, JSON)[1].as_string().in_(her.marks.hexes))
    )
    place = reached(unit, Reader.PEOPLE)
    ahead = sa.tuple_(_event.transaction_id, _event.message_key) > (place.transaction_id, place.message_key)
    begins = members.timeline_begins(unit)
    unsaid = sa.true() if begins is None else sa.or_(ahead, _event.occurred_at < begins)
    waiting = [key for key, told in telling(unit, place) if her.marks.in_(orjson.dumps(told).decode())]
    return sa.or_(
        _event.message_key.in_(members.event_keys(unit, her.people)),
        _event.message_key.in_(waiting),
        sa.and_(unsaid, named.exists()),
    )


def _forget(unit: Unit, her: Her) -> int:
    """Her events lose their keys, what is personal, and where they came from; others' lose only what is hers. The rows
    stay: a message that is sent again is known by them."""
    mine = [
        *unit.connection.scalars(
            sa.select(_event.message_key).where(_event.merchant_id == unit.merchant_id, hers(unit, her))
        )
    ]
    for start in range(0, len(mine), _AT_ONCE):
        some = mine[start : start + _AT_ONCE]
        bare = sa.cast(sa.cast(_event.body, JSONB).op("-")(sa.cast(list(_SAYS), sa.ARRAY(sa.Text))), JSON)
        here = (_event.merchant_id == unit.merchant_id, _event.message_key.in_(some))
        unit.connection.execute(tracked_events.update().where(*here).values(keys=[], body=bare))
        gone = (_personal.merchant_id == unit.merchant_id, _personal.message_key.in_(some))
        unit.connection.execute(event_personal.delete().where(*gone))
    return len(mine) + _beside(unit, her)


_SAYS = ("context", "traits", "userId", "anonymousId", "previousId", "groupId")
"""Parts of a message that say who and where she was."""


def _beside(unit: Unit, her: Her) -> int:
    """Events of others in which something of hers was seen."""
    if not her.beside:
        return 0
    hexes, count = set(her.marks.hexes), 0
    rows = unit.connection.execute(
        sa.select(_event.message_key, _event["keys"], _personal.sealed)
        .outerjoin(
            event_personal,
            sa.and_(_personal.merchant_id == _event.merchant_id, _personal.message_key == _event.message_key),
        )
        .where(
            _event.merchant_id == unit.merchant_id,
            _event.message_key.in_(members.event_keys(unit, her.beside)),
        )
    ).all()
    for key, keys, sealed in rows:
        left = [each for each in keys if each[1] not in hexes]
        here = (_event.merchant_id == unit.merchant_id, _event.message_key == key)
        named = sealed is not None and her.marks.in_(_text(unsealed(unit, PERSONAL, sealed)))
        if len(left) < len(keys):
            unit.connection.execute(tracked_events.update().where(*here).values(keys=left))
        if named:
            gone = (_personal.merchant_id == unit.merchant_id, _personal.message_key == key)
            unit.connection.execute(event_personal.delete().where(*gone))
        count += named or len(left) < len(keys)
    return count


def _text(block: bytes) -> str:
    return block.decode(errors="replace")


def message(unit: Unit, sealed: bytes) -> str:
    """What was set aside, as it came."""
    return _text(unsealed(unit, QUARANTINE, sealed))


ERASES = Part(
    goes=(
        Goes(
            "tracked_events",
            Text("行为事件中的标识与个人部分", "What names her in events, and their personal parts"),
            ("tracked_events.keys", "tracked_events.body", "event_personal"),
            _count,
            _forget,
        ),
        opened(
            event_quarantine,
            "sealed",
            Text("隔离区中的消息", "Messages set aside"),
            message,
        ),
    ),
    stays=(
        Stays(
            Text("发生过的事件", "That something happened"),
            Text(
                "重复发送的消息据此识别；它不再指向任何人。",
                "By it a message sent again is known; it leads to nobody any more.",
            ),
            ("tracked_events",),
        ),
    ),
    nobodys=("event_progress", "event_retention", "event_schemas", "event_sources"),
)
