"""The programme is edited as a draft, checked, previewed and published, always as a whole."""

from dataclasses import dataclass
from datetime import datetime

from shuke.infra.database import Unit
from shuke.kernel.errors import FieldProblem, Stale
from shuke.loyalty import rules
from shuke.loyalty.errors import NoDraft, NoProgramme, NoVersion, ProgrammeNotValid
from shuke.loyalty.model import Programme
from shuke.loyalty.publishing import naming, replacing, store
from shuke.loyalty.publishing.hooks import LoyaltyHooks
from shuke.loyalty.publishing.reading import Document, UnknownCodes, build, describe
from shuke.tenancy import service as tenancy

SECTIONS = ("tiers", "growth", "points", "earn_rules", "benefits", "plans")
VERSIONS_MAX = 100


@dataclass(frozen=True, slots=True)
class Edited:
    """A draft and everything that stands in the way of publishing it."""

    programme: Programme
    changed_at: datetime
    problems: tuple[FieldProblem, ...]


def read(unit: Unit, document: Document) -> Programme:
    """The programme that `document` describes. Raises ProgrammeNotValid where it names what it does not have."""
    live = _held(unit)
    try:
        return build(
            document,
            merchant_id=unit.merchant_id,
            currency=live.currency,
            timezone=live.timezone,
            version=live.version + 1,
            tiers=store.tier_ids(unit),
        )
    except UnknownCodes as error:
        before = store.draft(unit)
        found = naming.dropped(error.found, [live] if before is None else [before[0], live])
        raise ProgrammeNotValid(count=len(found), fields=found) from error


def save(unit: Unit, document: Document, hooks: LoyaltyHooks) -> Edited:
    """Keep `document` as the draft, with or without problems. Raises NoProgramme, ProgrammeNotValid."""
    made = read(unit, document)
    before = store.draft(unit)
    if before is None or before[0] != made:
        store.put_draft(unit, made, unit.now())
        changed = changes(_held(unit), made)
        tenancy.record_change(unit, "programme.drafted", "programme", unit.merchant_id, None, {"changed": changed})
    return _edited(unit, hooks)


def drop(unit: Unit) -> None:
    """Forget the draft."""
    _held(unit)
    if store.draft(unit) is not None:
        store.put_draft(unit, None, unit.now())
        tenancy.record_change(unit, "programme.draft_dropped", "programme", unit.merchant_id, None, None)


def draft(unit: Unit, hooks: LoyaltyHooks) -> Edited | None:
    """The draft, if there is one."""
    return None if store.draft(unit) is None else _edited(unit, hooks)


def _edited(unit: Unit, hooks: LoyaltyHooks) -> Edited:
    found = store.draft(unit)
    if found is None:
        raise NoDraft
    return Edited(*found, problems(unit, found[0], hooks))


def problems(unit: Unit, programme: Programme, hooks: LoyaltyHooks) -> tuple[FieldProblem, ...]:
    """What is wrong with a programme in itself, and what it names that is not there."""
    return (*rules.problems_of(programme), *naming.problems_of(unit, programme, hooks))


def publish(unit: Unit, live_version: int, hooks: LoyaltyHooks) -> Programme:
    """Make the draft the live programme. Members of dropped tiers go to the highest one below it; everybody else is
    reviewed by the new rules the next night.

    `live_version` is the version that whoever publishes has seen. Raises NoProgramme, NoDraft, Stale and
    ProgrammeNotValid.
    """
    live = _held(unit)
    found = store.draft(unit)
    if live.version != live_version:
        raise Stale
    if found is None:
        raise NoDraft
    made = found[0]
    if wrong := problems(unit, made, hooks):
        raise ProgrammeNotValid(count=len(wrong), fields=wrong)
    store.publish(unit, made, unit.now())
    replacing.replace_dropped(unit, live, made)
    told = {"version": made.version, "changed": changes(live, made)}
    tenancy.record_change(
        unit, "programme.published", "programme", unit.merchant_id, {"version": live.version}, told, payload=told
    )
    return made


def changes(before: Programme, after: Programme) -> list[str]:
    """Which parts of the document differ."""
    old, new = describe(before), describe(after)
    return [section for section in SECTIONS if old[section] != new[section]]


def versions(unit: Unit) -> list[tuple[store.Published, list[str]]]:
    """The newest versions, newest first, each with the sections in which it differs from the one before."""
    found = store.versions(unit, VERSIONS_MAX + 1)
    before = [*found[1:], None]
    listed = [
        (made, [] if older is None else changes(older.programme, made.programme))
        for made, older in zip(found, before, strict=True)
    ]
    return listed[:VERSIONS_MAX]


def version(unit: Unit, number: int) -> Programme:
    """A version as it was published. Raises NoVersion."""
    found = store.version(unit, number)
    if found is None:
        raise NoVersion(version=number)
    return found


def _held(unit: Unit) -> Programme:
    found = store.hold(unit)
    if found is None:
        raise NoProgramme
    return found
