"""What of members themselves goes: their fields, by what they are recognised and found, tags, and all they were before
they were members."""

from collections.abc import Sequence

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.kernel.text import Text
from shuke.members.consent.tables import consent_states
from shuke.members.erasing.model import Her
from shuke.members.erasing.plan import Goes, Part, Stays, deleted
from shuke.members.erasing.store import sighted
from shuke.members.identity.resolving import hold as hold_recognising
from shuke.members.identity.tables import (
    identifiers,
    identity_sightings,
    person_events,
    proposals,
    visitors,
)
from shuke.members.merging.tables import kept_apart, merge_rows, merges
from shuke.members.model import MemberStatus
from shuke.members.tables import member_search_terms, members
from shuke.members.tags.tables import member_tags, tag_history
from shuke.members.telling.tables import member_fields

_FIELDS = ("consumer_id", "name_cipher", "gender", "birthday", "attributes", "external_ref")


def _wait(unit: Unit, _her: Her) -> None:
    """Nobody is recognised meanwhile: an event at work could name her again."""
    hold_recognising(unit)


def _names(_unit: Unit, her: Her) -> int:
    return len(her.names)


def _forget(unit: Unit, her: Her) -> int:
    """Whom she absorbed stays another name of hers."""
    here = (members.c.merchant_id == unit.merchant_id, members.c.member_id.in_(her.names))
    status = sa.case((members.c.merged_into.is_(None), str(MemberStatus.ERASED)), else_=members.c.status)
    gone: dict[str, object] = {**dict.fromkeys(_FIELDS), "attributes": {}}
    return unit.connection.execute(
        members.update().where(*here).values(**gone, status=status, erased_at=unit.now())
    ).rowcount


def _sightings(unit: Unit, her: Her) -> sa.ColumnElement[bool]:
    return sighted(unit, her.marks.hexes)


def _count_sightings(unit: Unit, her: Her) -> int:
    query = sa.select(sa.func.count()).select_from(identity_sightings).where(_sightings(unit, her))
    return unit.connection.scalar(query) or 0


def _forget_sightings(unit: Unit, her: Her) -> int:
    return unit.connection.execute(identity_sightings.delete().where(_sightings(unit, her))).rowcount


def _of_proposals(unit: Unit, her: Her) -> Sequence[sa.ColumnElement[bool]]:
    both = sa.or_(proposals.c.a_id.in_(her.names), proposals.c.b_id.in_(her.names))
    return proposals.c.merchant_id == unit.merchant_id, both


def _count_proposals(unit: Unit, her: Her) -> int:
    return unit.connection.scalar(sa.select(sa.func.count()).where(*_of_proposals(unit, her))) or 0


def _refuse_proposals(unit: Unit, her: Her) -> int:
    """The rows stay: acceptances tell of them."""
    is_open = proposals.c.status == "open"
    status = sa.case((is_open, "refused"), else_=proposals.c.status)
    decided_at = sa.case((is_open, unit.now()), else_=proposals.c.decided_at)
    bare: dict[str, object] = {"evidence": None, "namespaces": [], "status": status, "decided_at": decided_at}
    return unit.connection.execute(proposals.update().where(*_of_proposals(unit, her)).values(**bare)).rowcount


def _of_merges(unit: Unit, her: Her) -> Sequence[sa.ColumnElement[bool]]:
    """Lines of the journals of all merges she was a part of, those undone since included."""
    merge = merges.c
    hers = sa.select(merge.merge_id).where(
        merge.merchant_id == unit.merchant_id,
        sa.or_(merge.survivor_id.in_(her.names), merge.absorbed_id.in_(her.names)),
    )
    return merge_rows.c.merchant_id == unit.merchant_id, merge_rows.c.merge_id.in_(hers)


def _count_journals(unit: Unit, her: Her) -> int:
    query = sa.select(sa.func.count(merge_rows.c.merge_id.distinct())).where(*_of_merges(unit, her))
    return unit.connection.scalar(query) or 0


def _forget_journals(unit: Unit, her: Her) -> int:
    journals = _count_journals(unit, her)
    unit.connection.execute(merge_rows.delete().where(*_of_merges(unit, her)))
    return journals


_GOES = (
    deleted(member_search_terms, Text("搜索词", "Search terms")),
    deleted(member_tags, Text("标签", "Tags")),
    deleted(tag_history, Text("标签历史", "History of tags")),
    deleted(member_fields, Text("资料各项的来源", "Where her fields came from")),
    deleted(consent_states, Text("当前授权", "What she agrees to")),
    Goes(
        "proposals",
        Text("合并建议的依据（未决的作废）", "Why she was proposed to be merged (open ones are refused)"),
        ("proposals.evidence", "proposals.namespaces"),
        _count_proposals,
        _refuse_proposals,
    ),
    deleted(kept_apart, Text("“非同一人”的标记", "Marks that somebody is not her"), "a_id", "b_id"),
    Goes(
        "merge_rows",
        Text("合并记录的明细（这些合并不能再撤销）", "Journals of merges (these cannot be undone any more)"),
        ("merge_rows",),
        _count_journals,
        _forget_journals,
    ),
    Goes(
        "identity_sightings",
        Text("同时出现的标识", "Identifiers seen together"),
        ("identity_sightings",),
        _count_sightings,
        _forget_sightings,
    ),
    deleted(person_events, Text("行为时间线", "Timeline of what she did"), "person_id", people=True),
    deleted(
        identifiers,
        Text("手机号、邮箱、卡号等标识", "Phone, email, card and other identifiers"),
        "person_id",
        people=True,
    ),
    deleted(visitors, Text("入会前的访客身份", "Who she was before she joined"), "became_id", people=False),
    Goes(
        "members",
        Text("姓名、性别、生日、自定义资料、外部编号", "Name, gender, birthday, attributes, reference elsewhere"),
        tuple(f"members.{name}" for name in _FIELDS),
        _names,
        _forget,
    ),
)

_STAYS = (
    Stays(
        Text("会员号与入会时间、门店", "Member number, when and where she joined"),
        Text("订单和账目以此为键；它不再指向任何人。", "Orders and books are kept by it; it leads to nobody any more."),
        ("members", "merges", "proposals", "acceptance_pairs"),
    ),
    Stays(
        Text("授权历史", "History of consent"),
        Text(
            "证明曾经同意或撤回；不含个人信息。",
            "Proof of what was agreed to and withdrawn; nothing personal is in it.",
        ),
        ("member_consents",),
    ),
    Stays(
        Text("访问记录与本次删除的记录", "The log of who looked, and the record of this erasure"),
        Text(
            "证明数据如何被使用和删除；不含个人信息。",
            "Proof of how data was used and erased; nothing personal is in it.",
        ),
        ("access_log", "erasures"),
    ),
    Stays(
        Text("已删除号码的不可逆标记", "Blind marks of what she was known by"),
        Text(
            "保留约一周，使之前上传的文件不会让她重新成为会员；不能用来找到任何人。",
            "For a week or so, so that files uploaded before do not make her a member again; nobody is found by them.",
        ),
        ("erased_marks",),
    ),
)

ERASES = Part(
    goes=_GOES,
    stays=_STAYS,
    nobodys=(
        "attribute_definitions",
        "consent_texts",
        "identity_policies",
        "proposal_acceptances",
        "proposal_runs",
        "retention_rules",
        "tag_groups",
        "tags",
    ),
    waits=(_wait,),
)
"""Comes after all others."""
