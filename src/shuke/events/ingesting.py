"""Messages become events, or are set aside with a reason: all of a request in one statement, durable when it is
answered, and each message once however often it comes."""

import base64
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

import orjson

from shuke.events import keys
from shuke.events.model import Event, Problem, Reason, Source, Taken
from shuke.events.rules.reading import Arrival, read
from shuke.events.rules.shape import dumped
from shuke.events.sealing import PERSONAL, QUARANTINE, sealed
from shuke.infra.database import Unit, directly

BEGINNING = 1024
"""Bytes that are kept of a message that is too large."""

Row = dict[str, object]

_WRITE = """
WITH told AS (
  SELECT * FROM json_to_recordset(%s::json)
  AS told(key uuid, type text, name text, at timestamptz, sent timestamptz, keys json, body json, sealed text)
), added AS (
  INSERT INTO tracked_events
    (merchant_id, message_key, source_id, type, name, occurred_at, sent_for, received_at, keys, body)
  SELECT %s, key, %s, type, name, at, sent, %s, keys, body FROM told
  ON CONFLICT DO NOTHING RETURNING message_key
), personal AS (
  INSERT INTO event_personal (merchant_id, message_key, sealed)
  SELECT %s, key, decode(sealed, 'base64') FROM told JOIN added ON message_key = key WHERE sealed IS NOT NULL
), aside AS (
  INSERT INTO event_quarantine (merchant_id, quarantined_id, source_id, received_at, reason, field, sealed)
  SELECT %s, key, %s, %s, reason, field, decode(sealed, 'base64')
  FROM json_to_recordset(%s::json) AS refused(key uuid, reason text, field text, sealed text)
  ON CONFLICT DO NOTHING RETURNING 1
)
SELECT (SELECT count(*) FROM added), (SELECT count(*) FROM aside)
"""


@dataclass(slots=True)
class _Sorted:
    """Rows by what they are known by; of two that are known by the same, the first."""

    events: dict[UUID, Row] = field(default_factory=dict)
    aside: dict[UUID, Row] = field(default_factory=dict)


def ingest(unit: Unit, source: Source, messages: Iterable[object], came: Arrival) -> Taken:
    """Keep what is new of `messages`."""
    found, count = _Sorted(), 0
    for message in messages:
        count += 1
        raw = dumped(message)
        match read(message, raw, came):
            case Event() as event:
                known = event.message_id
                key = keys.of_content(source.source_id, message) if known is None else None
                key = key or keys.of_message(source.source_id, known or "")
                if key not in found.events:
                    found.events[key] = _event(unit, key, event)
            case Problem() as problem:
                key = keys.of_content(source.source_id, message)
                found.aside[key] = _aside(unit, key, problem, raw)
    return _write(unit, source, found, came, count)


def _write(unit: Unit, source: Source, found: _Sorted, came: Arrival, count: int) -> Taken:
    mine = unit.merchant_id
    values = [
        *(_in_order(found.events), mine, source.source_id, came.received),
        mine,
        *(mine, source.source_id, came.received, _in_order(found.aside)),
    ]
    ((events, aside),) = directly(unit.connection, _WRITE, values)
    return Taken(count, events, aside)


def _in_order(rows: dict[UUID, Row]) -> str:
    """By key: requests that bring the same messages wait for each other instead of blocking each other."""
    return orjson.dumps([rows[key] for key in sorted(rows)]).decode()


def _event(unit: Unit, key: UUID, event: Event) -> Row:
    return {
        "key": key,
        "type": event.type,
        "name": event.name,
        "at": event.occurred_at,
        "sent": event.sent_for,
        "keys": [(space, unit.index(space, text).hex()) for space, text in event.identifiers],
        "body": orjson.Fragment(event.body),
        "sealed": None if event.personal is None else _text(sealed(unit, PERSONAL, event.personal)),
    }


def _aside(unit: Unit, key: UUID, problem: Problem, raw: bytes) -> Row:
    kept = raw[:BEGINNING] if problem.reason is Reason.TOO_LARGE else raw
    return {
        "key": key,
        "reason": problem.reason,
        "field": problem.field,
        "sealed": _text(sealed(unit, QUARANTINE, kept)),
    }


def _text(block: bytes) -> str:
    return base64.b64encode(block).decode()
