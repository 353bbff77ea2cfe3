"""Messages become events, or are set aside with a reason: all of a request in one statement, durable when it is
answered, and each message once however often it comes."""

import base64
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

import orjson

from shuke.events import keys, schemas
from shuke.events.model import Event, Problem, Reason, SchemaMode, Source, Taken
from shuke.events.rules.reading import Arrival, read
from shuke.events.rules.schema import told, unfit
from shuke.events.rules.shape import dumped
from shuke.events.sealing import PERSONAL, QUARANTINE, sealed
from shuke.infra.database import Unit, directly

BEGINNING = 1024
"""Bytes that are kept of a message that is too large."""

Rows = dict[UUID, dict[str, object]]
"""By what they are known by; of two that are known by the same, the first."""

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


def ingest(unit: Unit, source: Source, messages: Iterable[object], came: Arrival) -> Taken:
    """Keep what is new of `messages`."""
    events: Rows = {}
    aside: Rows = {}
    plan = schemas.plan(unit)
    count = 0
    for message in messages:
        count += 1
        raw = dumped(message)
        match judged(message, raw, came, source, plan):
            case Event() as event:
                key = _key(source, message, event)
                if key not in events:
                    events[key] = _event(unit, key, event)
            case Problem() as problem:
                key = keys.of_content(source.source_id, message)
                aside[key] = _aside(unit, key, problem, raw)
    return _write(unit, source, came.received, events, aside, count)


def judged(message: object, raw: bytes, came: Arrival, source: Source, plan: schemas.Plan) -> Event | Problem:
    """What a message says, if that is what the source may say."""
    found = read(message, raw, came)
    strict = source.mode is SchemaMode.ENFORCED
    if not (plan or strict) or not isinstance(found, Event) or not isinstance(message, dict):
        return found
    return unfit(plan.get((found.type, found.name)), strict, told(found.type, message)) or found


def keep(unit: Unit, source: Source, found: Iterable[tuple[object, Event]], received: datetime) -> Taken:
    """Keep what is new of messages that were read already."""
    events: Rows = {}
    for message, event in found:
        key = _key(source, message, event)
        events[key] = _event(unit, key, event)
    return _write(unit, source, received, events, {}, len(events))


def _write(unit: Unit, source: Source, received: datetime, events: Rows, aside: Rows, count: int) -> Taken:
    mine = unit.merchant_id
    values = [
        *(_in_order(events), mine, source.source_id, received),
        mine,
        *(mine, source.source_id, received, _in_order(aside)),
    ]
    ((added, set_aside),) = directly(unit.connection, _WRITE, values)
    return Taken(count, added, set_aside)


def _in_order(rows: Rows) -> str:
    """By key: requests that bring the same messages wait for each other instead of blocking each other."""
    return orjson.dumps([rows[key] for key in sorted(rows)]).decode()


def _key(source: Source, message: object, event: Event) -> UUID:
    if event.message_id is None:
        return keys.of_content(source.source_id, message)
    return keys.of_message(source.source_id, event.message_id)


def _event(unit: Unit, key: UUID, event: Event) -> dict[str, object]:
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


def _aside(unit: Unit, key: UUID, problem: Problem, raw: bytes) -> dict[str, object]:
    kept = raw[:BEGINNING] if problem.reason is Reason.TOO_LARGE else raw
    return {
        "key": key,
        "reason": problem.reason,
        "field": problem.field,
        "sealed": _text(sealed(unit, QUARANTINE, kept)),
    }


def _text(block: bytes) -> str:
    return base64.b64encode(block).decode()
