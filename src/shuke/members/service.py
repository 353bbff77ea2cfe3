"""Members, as other domains use them."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.infra.questions import Question
from shuke.kernel.text import Text
from shuke.members import profile, store
from shuke.members.attributes.leaving import registered_values
from shuke.members.attributes.registry import ATTRIBUTE_CHANGED, ATTRIBUTE_REGISTERED, ATTRIBUTE_RETRACTED
from shuke.members.attributes.registry import definitions as attribute_definitions
from shuke.members.audit import audit
from shuke.members.bulk_store import owners, phone_writer
from shuke.members.changing import change
from shuke.members.consent import service as consenting
from shuke.members.consent import store as consent_store
from shuke.members.consent.model import Decision, Entry
from shuke.members.consent.rules import stricter as stricter_consents
from shuke.members.consent.service import may
from shuke.members.erasing.afterwards import drop_marks
from shuke.members.erasing.erasing import erase
from shuke.members.erasing.model import Her, Loss, Obstacle
from shuke.members.erasing.people import ERASES
from shuke.members.erasing.plan import ErasingPlan, Goes, Part, Stays, deleted, emptied, naming, opened
from shuke.members.erasing.store import left_lake, still_in_lake, whole
from shuke.members.identity.timeline import FOLLOWED as EVENTS_FOLLOWED
from shuke.members.identity.timeline import begins as timeline_begins
from shuke.members.identity.timeline import event_keys, events_of
from shuke.members.identity.timeline import of_members as events_of_members
from shuke.members.joining import join
from shuke.members.merging.audit import audit as audit_merges
from shuke.members.merging.merging import merge
from shuke.members.merging.model import Merge, Pair, Share
from shuke.members.merging.people import MOVES
from shuke.members.merging.plan import Kept, Left, Moved, Moves, Plain, Plan, counted_again, reckoned
from shuke.members.merging.present import holding, holding_by, ids_of, kin_of, persons, present
from shuke.members.merging.tagged import MOVES as TAG_MOVES
from shuke.members.merging.undoing import undo as unmerge
from shuke.members.model import Channel, Member, MemberRef, Purpose
from shuke.members.privacy.about import tell_about
from shuke.members.privacy.model import Place
from shuke.members.privacy.watching import WHOLE, saw
from shuke.members.profile import shown_birthday, shown_email, shown_name, shown_phone
from shuke.members.recognising import FIELDS as FILE_FIELDS
from shuke.members.recognising import recognise
from shuke.members.rules import compact_card as card_written
from shuke.members.rules import mask_phone
from shuke.members.searching import find, find_as, find_by_code, find_by_number, issue_code, search
from shuke.members.tables import members
from shuke.members.tags import store as tag_store
from shuke.members.tags.following import by_rule as tagged_by_rule
from shuke.members.tags.following import put_on as put_tag_on
from shuke.members.tags.following import take_from_others as take_tag_from_others
from shuke.members.tags.service import can_be_put as tag_to_put
from shuke.members.tags.service import codes as tag_codes
from shuke.members.tags.service import exclusive_groups as exclusive_tags
from shuke.members.tags.service import expire_batch as expire_tags
from shuke.members.telling.model import Refused, Said
from shuke.members.views import MemberCore, core

__all__ = [
    "ATTRIBUTE_CHANGED",
    "ATTRIBUTE_REGISTERED",
    "ATTRIBUTE_RETRACTED",
    "ERASES",
    "EVENTS_FOLLOWED",
    "FILE_FIELDS",
    "MOVES",
    "TAG_MOVES",
    "WHOLE",
    "ErasingPlan",
    "Goes",
    "Her",
    "Kept",
    "Left",
    "Loss",
    "MemberCore",
    "Merge",
    "Moved",
    "Moves",
    "Obstacle",
    "Pair",
    "Part",
    "Place",
    "Plain",
    "Plan",
    "Refused",
    "Said",
    "Share",
    "Stays",
    "asking",
    "attribute_definitions",
    "audit",
    "audit_merges",
    "card_written",
    "change",
    "consent",
    "consents",
    "core",
    "counted_again",
    "deleted",
    "drop_marks",
    "emptied",
    "erase",
    "erased_among",
    "event_keys",
    "events_of",
    "events_of_members",
    "exclusive_tags",
    "expire_tags",
    "find",
    "find_as",
    "find_by_code",
    "find_by_number",
    "get",
    "get_many",
    "holding",
    "holding_by",
    "ids_of",
    "issue_code",
    "join",
    "kin_of",
    "left_lake",
    "mask_phone",
    "may",
    "members_relation",
    "merge",
    "naming",
    "opened",
    "owners",
    "persons",
    "phone_writer",
    "present",
    "put_tag_on",
    "reckoned",
    "recognise",
    "refs",
    "registered_values",
    "saw",
    "search",
    "shown_birthday",
    "shown_email",
    "shown_name",
    "shown_phone",
    "still_in_lake",
    "stricter_consents",
    "tag_codes",
    "tag_to_put",
    "tagged_by_rule",
    "take_tag_from_others",
    "tell_about",
    "timeline_begins",
    "unmerge",
    "whole",
]


def get(unit: Unit, member_id: UUID) -> Member:
    """One member; raises MemberNotFound (a NotFound)."""
    return asking(unit, member_id).answer(unit)


def asking(unit: Unit, member_id: UUID) -> Question[Member]:
    """`get`, for whoever has other things to ask at once."""
    return store.asking(unit, member_id)


def get_many(unit: Unit, member_ids: Collection[UUID]) -> dict[UUID, Member]:
    """Those of the ids that are the merchant's members, in one query."""
    if not member_ids:
        return {}
    found = store.read(unit, members.c.member_id.in_(list(member_ids)))
    return {member.member_id: member for member in found}


def erased_among(unit: Unit, ids: Collection[UUID]) -> set[UUID]:
    """Those of the ids that are members who were erased: what comes back to them reaches nobody."""
    mine = (members.c.merchant_id == unit.merchant_id, members.c.member_id.in_(list(ids)))
    gone = sa.select(members.c.member_id).where(*mine, members.c.erased_at.is_not(None))
    return set(unit.connection.scalars(gone)) if ids else set()


def refs(unit: Unit, member_ids: Collection[UUID]) -> dict[UUID, MemberRef]:
    """Number and name of members, for showing beside what they did."""
    return store.refs(unit, member_ids) if member_ids else {}


def shown_refs(unit: Unit, member_ids: Collection[UUID]) -> dict[UUID, MemberRef]:
    """`refs` as the principal may see them: no names without `members.read`, masked ones without
    `members.contact`."""
    return profile.shown_refs(unit, refs(unit, member_ids))


def asking_tags(unit: Unit, member_id: UUID, at: datetime) -> Question[frozenset[str]]:
    """The codes of the tags that count for a member at `at`, for whoever has other things to ask at once."""
    return tag_store.asking_codes(unit, member_id, at)


def with_tags(unit: Unit, codes: Collection[str], at: datetime) -> sa.Select[tuple[UUID]]:
    """Ids of members who have one of these tags at `at`."""
    return tag_store.having(unit, codes, at)


def tagged(unit: Unit, tag_id: UUID, at: datetime) -> sa.Select[tuple[UUID]]:
    """Ids of members who have the tag at `at`."""
    return tag_store.holding(unit, tag_id, at)


def tag_names(unit: Unit, tag_ids: Collection[UUID]) -> dict[UUID, Text]:
    """The names of those of the ids that are tags, archived ones too."""
    return tag_store.names(unit, tag_ids) if tag_ids else {}


def consent(unit: Unit, member_id: UUID, said: Mapping[Purpose, bool], source: str) -> None:
    """Record what the member now agrees to or withdraws, through whatever channel; repeating what already holds adds
    nothing."""
    decisions = [Decision(purpose, Channel.ALL, granted) for purpose, granted in said.items()]
    consenting.decide(unit, member_id, decisions, source)


def agreeing(unit: Unit, purpose: Purpose, channel: Channel) -> sa.Select[tuple[UUID]]:
    """Ids of all who may be addressed for the purpose through the channel."""
    return consent_store.agreeing(unit, purpose, channel)


def consents(unit: Unit, member_id: UUID) -> list[Entry]:
    """Everything the member agreed to or withdrew, newest first."""
    return consent_store.history(unit, member_id)


def members_relation() -> sa.FromClause:
    """Columns merchant_id, member_id, number, status, merged_into, erased_at, generated, external_ref, gender,
    birthday, joined_at, join_store_id, join_channel and attributes, for read models to join; always the same object,
    so that `search` applies to it."""
    return store.RELATION
