"""From draft to end: what a merchant writes is checked, published, changed, paused, and ended for good."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from shuke.infra.database import Unit
from shuke.kernel.errors import Stale
from shuke.kernel.ids import new_id
from shuke.offers import counting, groups, shelf_store
from shuke.offers.checking import problems_of
from shuke.offers.errors import NotPublishable, OfferCodeTaken, WrongStatus
from shuke.offers.hooks import OfferHooks
from shuke.offers.model import Draft, DraftT, OfferStatus, PacketDraft, TemplateDraft, Written
from shuke.offers.rules.problems import Problems
from shuke.offers.rules.terms import check_heading, limits_fixed
from shuke.offers.shelves import Shelf
from shuke.tenancy import service as tenancy

_MAY_BECOME: Mapping[OfferStatus, frozenset[OfferStatus]] = {
    OfferStatus.DRAFT: frozenset({OfferStatus.PUBLISHED, OfferStatus.ENDED}),
    OfferStatus.PUBLISHED: frozenset({OfferStatus.PAUSED, OfferStatus.ENDED}),
    OfferStatus.PAUSED: frozenset({OfferStatus.PUBLISHED, OfferStatus.ENDED}),
    OfferStatus.ENDED: frozenset(),
}


def create(unit: Unit, shelf: Shelf[DraftT], draft: DraftT) -> Written[DraftT]:
    """A draft, however incomplete. Raises Invalid (what it is called) and OfferCodeTaken."""
    check_heading(draft.code, draft.name)
    made = new_id()
    if not shelf_store.add(unit, shelf, made, draft):
        raise OfferCodeTaken(draft.code)
    tenancy.record_change(unit, f"{shelf.noun}.created", shelf.noun, made, None, shelf.row(draft))
    return shelf_store.get(unit, shelf, made)


def change(
    unit: Unit,
    shelf: Shelf[DraftT],
    offer_id: UUID,
    draft: DraftT,
    hooks: OfferHooks,
    *,
    version: int | None = None,
) -> Written[DraftT]:
    """Replace what is written by `draft`; what is published stays fit to be.

    `version` is the one the change was made from. Raises the shelf's NotFound, Stale, WrongStatus once it has ended,
    Invalid, OfferCodeTaken; NotPublishable for what was published before.
    """
    check_heading(draft.code, draft.name)
    groups.hold(unit)
    before = shelf_store.get(unit, shelf, offer_id, lock=True)
    if version is not None and version != before.version:
        raise Stale
    if before.status is OfferStatus.ENDED:
        raise WrongStatus(status=before.status)
    was, now = shelf.row(before.draft), shelf.row(draft)
    changed = {name: value for name, value in now.items() if was[name] != value}
    if not changed:
        return before
    if before.published_at is not None:
        _refuse(unit, before.draft, draft, hooks)
        counting.put(unit, offer_id, draft)
    try:
        with unit.connection.begin_nested():
            shelf_store.update(unit, shelf, offer_id, **changed)
    except IntegrityError as error:
        raise OfferCodeTaken(draft.code) from error
    _record(unit, shelf, offer_id, "changed", {name: was[name] for name in changed}, changed)
    return shelf_store.get(unit, shelf, offer_id)


def publish(unit: Unit, shelf: Shelf[DraftT], offer_id: UUID, hooks: OfferHooks) -> Written[DraftT]:
    """Let it work from now on, for the first time or after a pause. Raises NotPublishable, WrongStatus."""
    groups.hold(unit)
    before = _held(unit, shelf, offer_id, OfferStatus.PUBLISHED)
    if found := problems_of(unit, before.draft, hooks):
        raise NotPublishable(found)
    counting.put(unit, offer_id, before.draft)
    first = {} if before.published_at else {"published_at": unit.now()}
    return _become(unit, shelf, before, OfferStatus.PUBLISHED, "published", **first)


def pause(unit: Unit, shelf: Shelf[DraftT], offer_id: UUID) -> Written[DraftT]:
    """Let it do nothing until it is published again. Raises WrongStatus."""
    before = _held(unit, shelf, offer_id, OfferStatus.PAUSED)
    return _become(unit, shelf, before, OfferStatus.PAUSED, "paused")


def end(unit: Unit, shelf: Shelf[DraftT], offer_id: UUID) -> Written[DraftT]:
    """End it for good. Raises WrongStatus when it has ended already."""
    before = _held(unit, shelf, offer_id, OfferStatus.ENDED)
    return _become(unit, shelf, before, OfferStatus.ENDED, "ended")


def remove(unit: Unit, shelf: Shelf[DraftT], offer_id: UUID) -> None:
    """Throw a draft away. Raises WrongStatus for what was ever published."""
    before = shelf_store.get(unit, shelf, offer_id, lock=True)
    if before.published_at is not None:
        raise WrongStatus(status=before.status)
    shelf_store.delete(unit, shelf, offer_id)
    tenancy.record_change(unit, f"{shelf.noun}.removed", shelf.noun, offer_id, shelf.row(before.draft), None)


def _held(unit: Unit, shelf: Shelf[DraftT], offer_id: UUID, wanted: OfferStatus) -> Written[DraftT]:
    before = shelf_store.get(unit, shelf, offer_id, lock=True)
    if wanted not in _MAY_BECOME[before.status]:
        raise WrongStatus(status=before.status)
    return before


def _become(
    unit: Unit, shelf: Shelf[DraftT], before: Written[DraftT], status: OfferStatus, verb: str, **more: Any
) -> Written[DraftT]:
    shelf_store.update(unit, shelf, before.id, status=status.value, **more)
    _record(unit, shelf, before.id, verb, {"status": before.status}, {"status": status})
    return shelf_store.get(unit, shelf, before.id)


def _record(
    unit: Unit, shelf: Shelf[DraftT], offer_id: UUID, verb: str, before: Mapping[str, Any], after: Mapping[str, Any]
) -> None:
    tenancy.record_change(unit, f"{shelf.noun}.{verb}", shelf.noun, offer_id, before, after)


def _refuse(unit: Unit, before: Draft, after: Draft, hooks: OfferHooks) -> None:
    """Raises NotPublishable for what may not stand published, or not be changed once it was."""
    problems = Problems(list(problems_of(unit, after, hooks)))
    _fixed(before.code == after.code, "code", problems)
    if isinstance(before, PacketDraft):
        assert isinstance(after, PacketDraft)
        _fixed(before.terms.kind == after.terms.kind, "kind", problems)
        for name in ("budget_minor", "per_member"):
            limited = (getattr(terms, name) is None for terms in (before.terms, after.terms))
            _fixed(len(set(limited)) == 1, name, problems)
    else:
        assert not isinstance(after, PacketDraft)
        _fixed(not isinstance(before, TemplateDraft) or before.terms.effect == after.terms.effect, "effect", problems)
        limits_fixed(before.terms.limits, after.terms.limits, problems.at("limits"))
    if problems.found:
        raise NotPublishable(tuple(problems.found))


def _fixed(same: bool, path: str, problems: Problems) -> None:
    problems.need(
        same,
        path,
        "发布后不能更改此项；请结束后复制一个新的。",
        "This cannot change once it was published. End it and publish a copy.",
    )
