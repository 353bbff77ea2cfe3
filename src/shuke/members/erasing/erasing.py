"""Erasing a member: everything in one transaction, under the locks under which members are merged.

First is looked whether anything stands in the way; then each domain does its part; at last the members themselves,
by whom the others find what is hers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.kernel.money import format_minor
from shuke.members import profile, store
from shuke.members.erasing import afterwards
from shuke.members.erasing import store as erasures
from shuke.members.erasing.errors import ErasureHindered, PaidOutDiffers
from shuke.members.erasing.model import Count, Erasure, Her, Obstacle, Preview
from shuke.members.erasing.plan import ErasingPlan
from shuke.members.errors import MemberMerged, MemberNotFound
from shuke.members.model import MemberStatus
from shuke.members.tables import members
from shuke.tenancy import service as tenancy

ERASED = "member.erased"


def preview(unit: Unit, plan: ErasingPlan, member_id: UUID) -> Preview:
    """What an erasure would do now, and what stands in its way. Raises MemberNotFound, MemberMerged, MemberErased."""
    _check(unit, member_id)
    her = erasures.whole(unit, member_id)
    counted = [Count(each.code, each.what, each.count(unit, her)) for each in plan.goes]
    return Preview(
        member=profile.shown_refs(unit, store.refs(unit, [member_id]))[member_id],
        goes=[each for each in counted if each.rows],
        stays=[each.shown for each in plan.stays],
        losses=[loss for part in plan.parts for losing in part.losses for loss in losing(unit, her)],
        obstacles=_obstacles(unit, plan, her),
    )


def erase(
    unit: Unit, plan: ErasingPlan, member_id: UUID, reason: str, *, forfeit: bool, paid_out_minor: int = 0
) -> Erasure:
    """Erase a member and whom she absorbed. With `forfeit` she gives up what she may; of her own money she was handed
    over `paid_out_minor`, which has to be all that is left. Raises MemberNotFound, MemberMerged, MemberErased,
    ErasureHindered and PaidOutDiffers; then nothing has changed."""
    with unit.connection.begin_nested():
        _check(unit, member_id)
        her = replace(_held(unit, plan, member_id), paid_out_minor=paid_out_minor)
        _see_that_it_may_be(unit, _obstacles(unit, plan, her), forfeit, paid_out_minor)
        losses = {loss.code: loss.amount for part in plan.parts for losing in part.losses for loss in losing(unit, her)}
        subjects = [subject for part in plan.parts for find in part.subjects for subject in find(unit, her)]
        counts = {each.code: rows for each in plan.goes if (rows := each.do(unit, her))}
        if words := tenancy.unsay(unit, [*her.names, *subjects]):
            counts["audit_log"] = words
        afterwards.mark(unit, her)
        erasures.add(unit, her, reason, forfeit, counts, losses)
        told: Mapping[str, object] = {
            "erasure_id": her.erasure_id,
            "forfeited": forfeit,
            "paid_out_minor": paid_out_minor,
        }
        tenancy.record_change(unit, ERASED, "member", member_id, None, told, member_id=member_id, payload={})
    return erasures.of_member(unit, member_id)


def _see_that_it_may_be(unit: Unit, found: Sequence[Obstacle], forfeit: bool, paid_out_minor: int) -> None:
    hindered = [each for each in found if not (forfeit and each.forfeitable) and not (paid_out_minor and each.payable)]
    if hindered:
        raise ErasureHindered(hindered)
    left = sum(each.amount_minor or 0 for each in found if each.payable)
    if paid_out_minor != left:
        currency = tenancy.merchant(unit).currency
        raise PaidOutDiffers(left=format_minor(left, currency), said=format_minor(paid_out_minor, currency))


def _held(unit: Unit, plan: ErasingPlan, member_id: UUID) -> Her:
    """Hers as nobody changes it any more. What is waited for before the members is known by who she is by then; the
    last part comes first, as whoever recognises people holds their orders afterwards, to merge them."""
    before = erasures.whole(unit, member_id)
    for part in reversed(plan.parts):
        for wait in part.waits:
            wait(unit, before)
    erasures.hold(unit, member_id)
    _check(unit, member_id)
    her = erasures.whole(unit, member_id)
    for part in plan.parts:
        for hold in part.holds:
            hold(unit, her)
    return her


def _obstacles(unit: Unit, plan: ErasingPlan, her: Her) -> list[Obstacle]:
    return [obstacle for part in plan.parts for look in part.obstacles for obstacle in look(unit, her)]


def _check(unit: Unit, member_id: UUID) -> None:
    survivor = members.alias("survivor")
    row = unit.connection.execute(
        sa.select(members.c.number, members.c.status, members.c.erased_at, survivor.c.number.label("survivor"))
        .outerjoin(
            survivor,
            sa.and_(survivor.c.merchant_id == members.c.merchant_id, survivor.c.member_id == members.c.merged_into),
        )
        .where(store.mine(unit, member_id))
    ).first()
    if row is None:
        raise MemberNotFound
    store.require_there(unit, row)
    if row.status == MemberStatus.MERGED:
        raise MemberMerged(number=row.survivor)
