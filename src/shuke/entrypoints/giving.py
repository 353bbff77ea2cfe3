"""What benefits owe is given: loyalty says to whom, offers know coupons, and the two do not know each other."""

from dataclasses import replace
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Database, Unit
from shuke.kernel.errors import Conflict, ShukeError
from shuke.kernel.text import Text
from shuke.loyalty import service as loyalty
from shuke.loyalty.errors import NoProgramme
from shuke.loyalty.service import Pack
from shuke.offers import service as offers


class CannotGive(Conflict):
    text = Text(
        "券已发完、达到每人上限或会员已被停用。", "No coupons are left, the member may have no more, or is blocked."
    )


def give_due(database: Database, merchant_id: UUID) -> int:
    """Let joining gifts fall due, then give codes and coupons, a batch in each unit of work; how many were given.

    A grant and what it gives are one transaction, and coupons carry a key of the grant's own: cut off anywhere, the
    next run gives the rest and nothing twice.
    """
    try:
        with database.merchant(merchant_id) as unit:
            loyalty.grant_joining_gifts(unit)
            given = loyalty.give_codes(unit)
    except NoProgramme:
        return 0
    while True:
        with database.merchant(merchant_id) as unit:
            packs = loyalty.due_packs(unit)
            for pack in packs:
                _give(unit, pack)
        given += sum(len(pack.grants) for pack in packs)
        if not packs:
            return given


def _give(unit: Unit, pack: Pack) -> None:
    """Issue all coupons of a pack to everybody who is due it; where that cannot be, one after another, so that who can
    have them does."""
    failed = _issued(unit, pack)
    if failed is not None and len(pack.grants) > 1:
        for member_id, grant_id in pack.grants.items():
            _give(unit, replace(pack, grants={member_id: grant_id}))
        return
    loyalty.finish(unit, pack.grants.values(), failed=failed)


def _issued(unit: Unit, pack: Pack) -> str | None:
    """Issue all coupons to all, or none and say why not."""
    crowd = sa.select(sa.func.unnest(sa.literal(list(pack.grants), sa.ARRAY(sa.Uuid))).label("member_id"))
    try:
        with unit.connection.begin_nested():
            for item in pack.coupons:
                for number in range(item.count):
                    done = offers.issue_to(unit, item.template_id, crowd, "benefit", f"{pack.key}:{number}")
                    if done.issued + done.already < len(pack.grants):
                        raise CannotGive
    except ShukeError as error:
        return f"{error.code}: {error.message.en}"
    return None
