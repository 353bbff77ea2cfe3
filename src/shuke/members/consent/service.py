"""Members say yes and no: recorded once, counted from then on."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

import pyarrow as pa

from shuke.infra.database import Database, Unit
from shuke.infra.imports import bulk
from shuke.kernel.errors import Stale
from shuke.kernel.ids import new_id
from shuke.kernel.principal import PrincipalKind
from shuke.kernel.text import Text
from shuke.members import store as member_store
from shuke.members.consent import rules, store, tokens
from shuke.members.consent.errors import ConfirmationInvalid, TextUnknown
from shuke.members.consent.model import (
    Claim,
    Confirmation,
    ConsentStep,
    ConsentText,
    Consequence,
    Decision,
    Entry,
    State,
)
from shuke.members.errors import MemberNotFound
from shuke.members.merging.present import present
from shuke.members.model import Channel, Member, Purpose
from shuke.tenancy import service as tenancy

CONSENT_CHANGED = "consent.changed"
TEXT_PUBLISHED = "consent_text.published"

LINK = "link"
"""The source of what a member confirmed herself."""

IMPORT = "import"
"""The source of what a file says."""


def may(unit: Unit, member_ids: Collection[UUID], purpose: Purpose, channel: Channel) -> set[UUID]:
    """Those of the members who agreed to `purpose` through `channel`. Who was never asked has not."""
    return store.may(unit, member_ids, purpose, channel) if member_ids else set()


def decide(unit: Unit, member_id: UUID, decisions: Sequence[Decision], source: str) -> list[Confirmation]:
    """Record what a member now says; what holds already adds nothing. Returns what she is to confirm herself, for
    machines only: people who ask for consent must not give it too. Raises MemberNotFound, MemberMerged, Invalid,
    TermsStay, TextUnknown."""
    entries = take(unit, member_id, decisions, source)
    if unit.principal.kind is not PrincipalKind.API_KEY:
        return []
    return [_confirmation(unit, member_id, entry) for entry in entries if entry.step is ConsentStep.ASKED]


def take(unit: Unit, member_id: UUID, decisions: Sequence[Decision], source: str) -> list[Entry]:
    """`decide`, and the entries that it wrote."""
    if not member_store.lock(unit, member_id):
        raise MemberNotFound
    present(unit, member_id)
    before = store.states(unit, member_id)
    now, entries = _taken(unit, before, decisions, source, store.turns(unit, member_id))
    if entries:
        _record(unit, member_id, before, now, entries)
    return entries


def foresee(unit: Unit, member_id: UUID, decisions: Sequence[Decision]) -> list[Consequence]:
    """What `decide` would change, channel by channel; nothing is written. Raises what `decide` raises."""
    if not member_store.refs(unit, [member_id]):
        raise MemberNotFound
    before = store.states(unit, member_id)
    after, _ = _taken(unit, before, decisions, "", 0)
    found = []
    for purpose in {decision.purpose: None for decision in decisions}:
        for channel in (Channel.ALL,) if purpose is Purpose.TERMS else rules.SINGLE:
            now, then = (rules.effective(states, purpose, channel) for states in (before, after))
            waits = then is not None and then.pending_until is not None
            was, will = now is not None and now.granted, then is not None and then.granted
            if was is not will or waits:
                found.append(Consequence(purpose, channel, was, will, waits and not will))
    return found


def confirm(database: Database, token: str) -> State:
    """A member confirms what she was asked; with the token, and nothing else. Raises ConfirmationInvalid."""
    claim = tokens.read(token, lambda merchant_id: lambda said: database.cipher.index(merchant_id, "consent", said))
    if claim is None:
        raise ConfirmationInvalid
    with database.merchant(claim.merchant_id) as unit:
        return _confirm(unit, claim)


def _confirm(unit: Unit, claim: Claim) -> State:
    key, member_id = (claim.purpose, claim.channel), claim.member_id
    if not member_store.lock(unit, member_id):
        raise ConfirmationInvalid
    before = store.states(unit, member_id)
    asked = before.get(key)
    if asked is None or asked.pending_until != claim.until or unit.now() >= claim.until:
        raise ConfirmationInvalid
    decision, version = Decision(*key, granted=True), claim.text_version
    after = rules.after(before, decision, ConsentStep.CONFIRMED, unit.now(), LINK, version)
    entry = Entry(store.turns(unit, member_id) + 1, *key, ConsentStep.CONFIRMED, unit.now(), LINK, version)
    _record(unit, member_id, before, after, [entry])
    return after[key]


def on_joining(unit: Unit, member_id: UUID, said: Mapping[Purpose, bool], at: datetime, source: str) -> None:
    """What somebody said who has joined this moment: told with her joining."""
    decisions = [Decision(purpose, Channel.ALL, yes) for purpose, yes in said.items()]
    after, entries = _taken(unit, {}, decisions, source, 0, at)
    store.save_states(unit, member_id, {}, after)
    store.add_entries(unit, member_id, entries)


def on_importing(unit: Unit, added: Sequence[Member], marketing: Sequence[bool | None]) -> None:
    """Who was a member elsewhere agreed to the terms there; marketing only where the file says so."""
    given = [(member, 1, Purpose.TERMS, True) for member in added]
    given += [(m, 2, Purpose.MARKETING, yes) for m, yes in zip(added, marketing, strict=True) if yes is not None]
    texts = {
        "purpose": [str(purpose) for _, _, purpose, _ in given],
        "channel": [str(Channel.ALL)] * len(given),
        "source": [IMPORT] * len(given),
    }
    shared = {
        "member_id": ("uuid", bulk.hex_ids(member.member_id for member, *_ in given)),
        **{name: ("text", pa.array(values, pa.string())) for name, values in texts.items()},
        "at": ("timestamptz", pa.array([member.joined_at for member, *_ in given], pa.timestamp("us", "UTC"))),
    }
    yes = [yes for *_, yes in given]
    steps = [str(ConsentStep.GIVEN if each else ConsentStep.WITHDRAWN) for each in yes]
    bulk.insert_staged(unit, "consent_states", {**shared, "granted": ("boolean", pa.array(yes))})
    bulk.insert_staged(
        unit,
        "member_consents",
        {
            **shared,
            "consent_id": ("uuid", bulk.hex_ids(new_id(member.joined_at) for member, *_ in given)),
            "turn": ("integer", pa.array([turn for _, turn, *_ in given], pa.int32())),
            "kind": ("text", pa.array(steps, pa.string())),
        },
    )


def unite(unit: Unit, became: Mapping[UUID, UUID]) -> None:
    """Who turned out to be one person (absorbed → survivor) agreed to what she agreed to as both; nothing counts for
    the other id."""
    states = store.states_of(unit, {*became, *became.values()})
    for absorbed, survivor in became.items():
        one, other = states[survivor], states[absorbed]
        store.save_states(unit, survivor, one, rules.stricter(one, other))
        store.save_states(unit, absorbed, other, {})


def texts(unit: Unit) -> Sequence[ConsentText]:
    """Every text ever published, by purpose, newest first."""
    return store.load_texts(unit)


def publish_text(unit: Unit, purpose: Purpose, channel: Channel, text: Text, *, double_opt_in: bool) -> ConsentText:
    """A new version of what people agree to; who agreed to an older one did so to that. Raises Invalid, Stale."""
    rules.check(Decision(purpose, channel, granted=True))
    rules.check_text(text)
    version = max((old.version for old in store.load_texts(unit) if old.purpose is purpose), default=0) + 1
    new = ConsentText(purpose, channel, version, text, double_opt_in, unit.now())
    if not store.add_text(unit, new):
        raise Stale
    told = {"purpose": str(purpose), "channel": str(channel), "version": version, "double_opt_in": double_opt_in}
    tenancy.record_change(unit, TEXT_PUBLISHED, "merchant", unit.merchant_id, None, told, payload=told)
    return new


def _taken(
    unit: Unit,
    before: Mapping[tuple[Purpose, Channel], State],
    decisions: Sequence[Decision],
    source: str,
    turn: int,
    at: datetime | None = None,
) -> tuple[dict[tuple[Purpose, Channel], State], list[Entry]]:
    """What counts after `decisions`, one after the other, and the entries that say so."""
    at, published = at or unit.now(), store.texts(unit)
    states, entries = dict(before), list[Entry]()
    for decision in decisions:
        rules.check(decision)
        text = rules.current(published, decision.purpose, decision.channel)
        version = decision.text_version
        if version is None:
            version = text.version if text else None
        elif not any(each.purpose is decision.purpose and each.version == version for each in published):
            raise TextUnknown(version=version)
        step = rules.step_of(states, decision, version, confirm=text is not None and text.double_opt_in)
        if step is not None:
            states = rules.after(states, decision, step, at, source, version)
            turn += 1
            entries.append(Entry(turn, decision.purpose, decision.channel, step, at, source, version))
    return states, entries


def _record(
    unit: Unit,
    member_id: UUID,
    before: Mapping[tuple[Purpose, Channel], State],
    after: Mapping[tuple[Purpose, Channel], State],
    entries: Sequence[Entry],
) -> None:
    store.save_states(unit, member_id, before, after)
    store.add_entries(unit, member_id, entries)
    keys = [(entry.purpose, entry.channel) for entry in entries]
    was = {_named(*key): found.granted if (found := rules.effective(before, *key)) else None for key in keys}
    steps = [
        {
            "purpose": str(entry.purpose),
            "channel": str(entry.channel),
            "step": str(entry.step),
            "version": entry.text_version,
        }
        for entry in entries
    ]
    tenancy.record_change(
        unit,
        CONSENT_CHANGED,
        "member",
        member_id,
        was,
        {_named(entry.purpose, entry.channel): str(entry.step) for entry in entries},
        member_id=member_id,
        payload={"steps": steps, "source": entries[0].source},
    )


def _named(purpose: Purpose, channel: Channel) -> str:
    return str(purpose) if channel is Channel.ALL else f"{purpose}_{channel}"


def _confirmation(unit: Unit, member_id: UUID, entry: Entry) -> Confirmation:
    end = rules.until(entry.at)
    claim = Claim(unit.merchant_id, member_id, entry.purpose, entry.channel, entry.text_version, end)
    return Confirmation(
        entry.purpose, entry.channel, tokens.issue(claim, lambda said: unit.index("consent", said)), end
    )
