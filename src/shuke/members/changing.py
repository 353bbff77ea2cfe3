"""What is known about a member changes."""

from dataclasses import replace
from uuid import UUID

from shuke.infra.database import Unit
from shuke.kernel.clock import business_day
from shuke.kernel.errors import invalid_field
from shuke.members import profile, rules, store
from shuke.members.attributes.registry import definitions
from shuke.members.attributes.rules import check_values
from shuke.members.errors import IdentifierTaken, MemberNotFound
from shuke.members.identity import claiming
from shuke.members.merging.present import present
from shuke.members.model import Changes, IdentifierKind, Member, MemberStatus
from shuke.members.telling.store import entered
from shuke.tenancy import service as tenancy
from shuke.tenancy.model import Merchant

MEMBER_CHANGED = "member.changed"


def change(unit: Unit, member_id: UUID, changes: Changes) -> Member:
    """The member after `changes`. Raises MemberNotFound, Invalid, IdentifierTaken.

    Identifiers given up are free for others at once. The audit entry and the event say which fields changed and
    not what they hold, except the status.
    """
    with unit.connection.begin_nested():
        if not store.lock(unit, member_id):
            raise MemberNotFound
        before = present(unit, member_id)
        after = _changed(before, changes, tenancy.merchant(unit), unit)
        fields = [field for field in changes if getattr(before, field) != getattr(after, field)]
        if fields:
            _save(unit, before, after, fields)
            tenancy.record_change(
                unit,
                MEMBER_CHANGED,
                "member",
                member_id,
                _tellable(before, fields),
                {"fields": fields, **_tellable(after, fields)},
                member_id=member_id,
                payload={"fields": fields},
            )
    return after


def _changed(before: Member, changes: Changes, merchant: Merchant, unit: Unit) -> Member:
    """`before` with the changes normalised and checked."""
    normal: dict[str, object] = dict(changes)
    if changes.get("status") is MemberStatus.MERGED:
        raise invalid_field("status", "合并会员请使用合并功能。", "Members are merged by a merge, not by a status.")
    if changes.get("status") is MemberStatus.ERASED:
        raise invalid_field("status", "请使用删除个人信息功能。", "Members are erased by an erasure, not by a status.")
    if (name := changes.get("name")) is not None:
        normal["name"] = rules.normal_name(name)
    if (phone := changes.get("phone")) is not None:
        normal["phone"] = rules.normal_phone(phone, profile.phone_regions(merchant))
    if (email := changes.get("email")) is not None:
        normal["email"] = rules.normal_email(email)
    if (card := changes.get("card")) is not None:
        normal["card"] = rules.normal_card(card)
    rules.check_birthday(changes.get("birthday"), business_day(unit.now(), merchant.timezone))
    if "attributes" in changes:
        rules.check_attributes(changes["attributes"])
        check_values(definitions(unit), changes["attributes"], before.attributes)
    return replace(before, **normal)  # type: ignore[arg-type]


def _save(unit: Unit, before: Member, after: Member, fields: list[str]) -> None:
    values: dict[str, object] = {
        field: getattr(after, field) for field in ("gender", "birthday", "status") if field in fields
    }
    if "attributes" in fields:
        values["attributes"] = dict(after.attributes)
    if "name" in fields:
        values["name_cipher"] = None if after.name is None else unit.seal("name", after.name)
    if "phone" in fields:
        values["consumer_id"] = store.consumer_of_phone(unit, after.phone) if after.phone else None
    if values:
        store.update(unit, after.member_id, values)
    entered(unit, after.member_id, _entered(before, after, fields))
    _move_identifiers(unit, before, after)
    if "name" in fields or "phone" in fields:
        store.drop_terms(unit, after.member_id)
        store.add_terms(unit, after.member_id, rules.search_terms(after.name, after.phone))


def _entered(before: Member, after: Member, fields: list[str]) -> dict[str, bool]:
    """Those of the fields that others may tell of as well, and whether there is something in them now."""
    own = {field: getattr(after, field) is not None for field in ("name", "gender", "birthday") if field in fields}
    old, new = before.attributes, after.attributes
    changed = [name for name in {**old, **new} if old.get(name) != new.get(name)]
    return own | {f"attributes.{name}": new.get(name) is not None for name in changed}


def _move_identifiers(unit: Unit, before: Member, after: Member) -> None:
    old, new = profile.identifiers(before), profile.identifiers(after)
    moved = [kind for kind in IdentifierKind if old.get(kind) != new.get(kind)]
    if not moved:
        return
    claiming.release(unit, after.member_id, [kind for kind in moved if kind in old])
    claimed = {kind: new[kind] for kind in moved if kind in new}
    if taken := claiming.claim(unit, after.member_id, claimed, str(unit.principal.kind)):
        raise IdentifierTaken(*taken)


def _tellable(member: Member, fields: list[str]) -> dict[str, object]:
    return {"status": str(member.status)} if "status" in fields else {}
