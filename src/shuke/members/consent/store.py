"""The SQL of consent."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import distinct_on, insert

from shuke.infra.database import Unit
from shuke.infra.keyset import Sort, page
from shuke.infra.standing import Standing
from shuke.kernel.ids import new_id
from shuke.kernel.text import Text
from shuke.members.consent.model import ConsentStep, ConsentText, Entry, State, States
from shuke.members.consent.tables import consent_states, consent_texts, member_consents
from shuke.members.model import Channel, Purpose

_S, _H, _T = consent_states.c, member_consents.c, consent_texts.c


def states(unit: Unit, member_id: UUID) -> dict[tuple[Purpose, Channel], State]:
    return states_of(unit, {member_id})[member_id]


def states_of(unit: Unit, member_ids: Collection[UUID]) -> dict[UUID, dict[tuple[Purpose, Channel], State]]:
    found: dict[UUID, dict[tuple[Purpose, Channel], State]] = {member_id: {} for member_id in member_ids}
    rows = unit.connection.execute(
        sa.select(consent_states).where(_S.merchant_id == unit.merchant_id, _S.member_id.in_(list(member_ids)))
    )
    for row in rows:
        state = State(row.granted, row.at, row.source, row.text_version, row.pending_until)
        found[row.member_id][Purpose(row.purpose), Channel(row.channel)] = state
    return found


def save_states(unit: Unit, member_id: UUID, before: States, after: States) -> None:
    """What counted becomes what counts."""
    for purpose, channel in before.keys() - after.keys():
        unit.connection.execute(
            consent_states.delete().where(
                _S.merchant_id == unit.merchant_id,
                _S.member_id == member_id,
                _S.purpose == str(purpose),
                _S.channel == str(channel),
            )
        )
    rows = [
        {
            "merchant_id": unit.merchant_id,
            "member_id": member_id,
            "purpose": str(purpose),
            "channel": str(channel),
            "granted": state.granted,
            "at": state.at,
            "source": state.source,
            "text_version": state.text_version,
            "pending_until": state.pending_until,
        }
        for (purpose, channel), state in after.items()
        if before.get((purpose, channel)) != state
    ]
    if not rows:
        return
    adding = insert(consent_states).values(rows)
    changed = {name: adding.excluded[name] for name in ("granted", "at", "source", "text_version", "pending_until")}
    unit.connection.execute(
        adding.on_conflict_do_update(index_elements=["merchant_id", "member_id", "purpose", "channel"], set_=changed)
    )


def add_entries(unit: Unit, member_id: UUID, entries: Sequence[Entry]) -> None:
    rows = [
        {
            "merchant_id": unit.merchant_id,
            "consent_id": new_id(entry.at),
            "member_id": member_id,
            "turn": entry.turn,
            "purpose": str(entry.purpose),
            "channel": str(entry.channel),
            "kind": str(entry.step),
            "at": entry.at,
            "source": entry.source,
            "text_version": entry.text_version,
        }
        for entry in entries
    ]
    if rows:
        unit.connection.execute(insert(member_consents).values(rows))


def turns(unit: Unit, member_id: UUID) -> int:
    """How many entries a member's history has."""
    query = sa.select(sa.func.max(_H.turn)).where(_H.merchant_id == unit.merchant_id, _H.member_id == member_id)
    return unit.connection.scalar(query) or 0


def history(unit: Unit, member_id: UUID) -> list[Entry]:
    """All a member ever said, newest first."""
    return [_entry(row) for row in unit.connection.execute(_history(unit, member_id).order_by(_H.turn.desc()))]


def history_page(unit: Unit, member_id: UUID, cursor: str | None, limit: int) -> tuple[list[Entry], str | None]:
    order = Sort(_H.turn, _H.consent_id, descending=True)
    rows, following = page(unit, _history(unit, member_id), order, cursor, limit)
    return [_entry(row) for row in rows], following


def _history(unit: Unit, member_id: UUID) -> sa.Select[Any]:
    return sa.select(member_consents).where(_H.merchant_id == unit.merchant_id, _H.member_id == member_id)


def _entry(row: Any) -> Entry:
    return Entry(
        row.turn,
        Purpose(row.purpose),
        Channel(row.channel),
        ConsentStep(row.kind),
        row.at,
        row.source,
        row.text_version,
    )


def may(unit: Unit, member_ids: Collection[UUID], purpose: Purpose, channel: Channel) -> set[UUID]:
    """Those of the members whose word for the channel, or else for all of them, is yes."""
    these = _S.member_id == sa.any_(sa.literal(list(member_ids), sa.ARRAY(sa.Uuid)))
    return set(unit.connection.scalars(agreeing(unit, purpose, channel, these)))


def agreeing(unit: Unit, purpose: Purpose, channel: Channel, *these: sa.ColumnElement[bool]) -> sa.Select[tuple[UUID]]:
    """Ids of all whose word for the channel, or else for all of them, is yes."""
    mine = (
        sa.select(_S.member_id, _S.granted)
        .ext(distinct_on(_S.member_id))
        .where(
            _S.merchant_id == unit.merchant_id,
            *these,
            _S.purpose == str(purpose),
            _S.channel.in_(sorted({str(channel), str(Channel.ALL)})),
        )
        .order_by(_S.member_id, _S.channel == str(Channel.ALL))
        .subquery()
    )
    return sa.select(mine.c.member_id).where(mine.c.granted)


def load_texts(unit: Unit) -> tuple[ConsentText, ...]:
    """Every text ever published, newest first."""
    rows = unit.connection.execute(
        sa.select(consent_texts).where(_T.merchant_id == unit.merchant_id).order_by(_T.purpose, _T.version.desc())
    )
    return tuple(
        ConsentText(
            Purpose(row.purpose),
            Channel(row.channel),
            row.version,
            Text(row.text["zh"], row.text["en"]),
            row.double_opt_in,
            row.published_at,
        )
        for row in rows
    )


_TEXTS: Standing[tuple[ConsentText, ...]] = Standing(load_texts, "consent")


def texts(unit: Unit) -> tuple[ConsentText, ...]:
    """`load_texts`, from this process's copy."""
    return _TEXTS.of(unit)


def add_text(unit: Unit, text: ConsentText) -> bool:
    """False when somebody published that version meanwhile."""
    added = unit.connection.execute(
        insert(consent_texts)
        .values(
            merchant_id=unit.merchant_id,
            purpose=str(text.purpose),
            channel=str(text.channel),
            version=text.version,
            text={"zh": text.text.zh, "en": text.text.en},
            double_opt_in=text.double_opt_in,
            published_at=text.published_at,
        )
        .on_conflict_do_nothing()
        .returning(_T.version)
    )
    return added.first() is not None
