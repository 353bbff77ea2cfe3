"""Traits that could fill no field are set aside: the event stays, and the value can be looked at and told again.

What is set aside is a message of its own, which says that one trait of that member at that moment: read again when the
attribute has become another one, or as somebody corrected it, it is followed as every message is.
"""

from collections.abc import Sequence

import orjson
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from shuke.events import keys
from shuke.events.model import EventType, Reason
from shuke.events.sealing import QUARANTINE, sealed
from shuke.events.tables import event_quarantine
from shuke.infra.database import Unit
from shuke.kernel.ids import Prefix, show
from shuke.members.service import Refused

_FIELD_MAX = 200


def set_aside(unit: Unit, refused: Sequence[Refused]) -> None:
    """Each once, however often it is told; also again what was read again in vain."""
    rows = {}
    for each in refused:
        message = {
            "type": EventType.IDENTIFY,
            "userId": show(Prefix.MEMBER, each.member_id),
            "timestamp": each.said.at.isoformat(),
            "traits": {each.trait: each.value},
        }
        key = keys.of_content(each.said.source_id, message)
        rows[key] = {
            "merchant_id": unit.merchant_id,
            "quarantined_id": key,
            "source_id": each.said.source_id,
            "received_at": unit.now(),
            "reason": str(Reason.TRAIT),
            "field": f"traits.{each.trait}"[:_FIELD_MAX],
            "sealed": sealed(unit, QUARANTINE, orjson.dumps(message)),
        }
    if rows:
        same, again = ["merchant_id", "quarantined_id"], {"replayed_at": sa.null()}
        adding = insert(event_quarantine).on_conflict_do_update(index_elements=same, set_=again)
        unit.connection.execute(adding, [rows[key] for key in sorted(rows)])
