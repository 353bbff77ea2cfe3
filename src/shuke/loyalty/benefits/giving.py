"""What is due is given: partners' codes here, coupons by whoever knows them."""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from shuke.infra.database import Unit
from shuke.infra.outbox import emit
from shuke.kernel.ids import new_id
from shuke.loyalty.benefits.granting import coupons_in
from shuke.loyalty.model import Benefit, CodeSource, Grant, GrantStatus, PackItem, PartnerCode, Programme
from shuke.loyalty.tables import benefit_grants, partner_codes

BATCH = 1_000
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_LENGTH = 12

GIVEN = "benefit.given"


@dataclass(frozen=True, slots=True)
class Pack:
    """Members who are due the same coupons for the same occasion: give each of them `coupons`, with a key that makes
    it once (`key` and the number of the coupon)."""

    benefit_id: UUID
    occasion: str
    coupons: tuple[PackItem, ...]
    grants: dict[UUID, UUID]
    """Member → grant."""

    @property
    def key(self) -> str:
        return f"benefit:{self.benefit_id.hex}:{self.occasion}"


def due_packs(unit: Unit, limit: int = BATCH) -> list[Pack]:
    """Coupon packs that are due, held until the transaction ends; what somebody else is giving is left to them."""
    packs: dict[tuple[UUID, str, tuple[PackItem, ...]], dict[UUID, UUID]] = {}
    for row in _due(unit, "coupon_pack", limit):
        key = (row.benefit_id, row.occasion, coupons_in(row.content))
        packs.setdefault(key, {})[row.member_id] = row.grant_id
    return [Pack(*key, grants) for key, grants in packs.items()]


def _due(unit: Unit, kind: str, limit: int) -> Sequence[sa.Row[*tuple[Any, ...]]]:
    grant = benefit_grants.c
    return unit.connection.execute(
        sa.select(grant.grant_id, grant.benefit_id, grant.member_id, grant.occasion, grant.content)
        .where(grant.merchant_id == unit.merchant_id, grant.status == GrantStatus.DUE.value, grant.kind == kind)
        .order_by(grant.due_at, grant.grant_id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()


def finish(unit: Unit, grant_ids: Collection[UUID], *, failed: str | None = None) -> None:
    """Grants were given, or, with a reason, cannot be."""
    grant = benefit_grants.c
    status = GrantStatus.GIVEN if failed is None else GrantStatus.FAILED
    rows = unit.connection.execute(
        benefit_grants.update()
        .where(grant.merchant_id == unit.merchant_id, grant.grant_id.in_(list(grant_ids)))
        .values(status=status.value, given_at=unit.now(), note=failed)
        .returning(grant.grant_id, grant.member_id, grant.occasion)
    ).all()
    for row in rows if failed is None else ():
        emit(unit, GIVEN, row.grant_id, {"occasion": row.occasion}, member_id=row.member_id)


def give_codes(unit: Unit, programme: Programme, limit: int = BATCH) -> int:
    """Give a code for each due grant of a partner's codes, as far as there are any; how many were given. What finds
    none stays due until more are imported."""
    given = 0
    by_benefit: dict[UUID, list[UUID]] = {}
    for row in _due(unit, "partner_code", limit):
        by_benefit.setdefault(row.benefit_id, []).append(row.grant_id)
    for benefit_id, grants in by_benefit.items():
        benefit = programme.benefit(benefit_id)
        effect = benefit.effect if benefit else None
        if isinstance(effect, PartnerCode) and effect.source is CodeSource.ISSUED:
            add_codes(unit, benefit_id, [_made_up() for _ in grants])
        given += _hand_out(unit, benefit_id, grants)
    return given


def _hand_out(unit: Unit, benefit_id: UUID, grants: Sequence[UUID]) -> int:
    code = partner_codes.c
    free = unit.connection.scalars(
        sa.select(code.code_id)
        .where(code.merchant_id == unit.merchant_id, code.benefit_id == benefit_id, code.grant_id.is_(None))
        .order_by(code.code_id)
        .limit(len(grants))
        .with_for_update(skip_locked=True)
    ).all()
    pairs = list(zip(free, grants, strict=False))
    if not pairs:
        return 0
    unit.connection.execute(
        partner_codes.update()
        .where(code.merchant_id == unit.merchant_id, code.code_id == sa.bindparam("free"))
        .values(grant_id=sa.bindparam("given")),
        [{"free": code_id, "given": grant_id} for code_id, grant_id in pairs],
    )
    finish(unit, [grant_id for _, grant_id in pairs])
    return len(pairs)


def _made_up() -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))


def add_codes(unit: Unit, benefit_id: UUID, codes: Sequence[str]) -> int:
    """Add a partner's codes; how many were new. Codes are sealed: whoever reads the table cannot use them."""
    rows = [
        {
            "merchant_id": unit.merchant_id,
            "code_id": new_id(),
            "benefit_id": benefit_id,
            "code_index": unit.index("partner_code", code),
            "code_cipher": unit.seal("partner_code", code),
            "added_at": unit.now(),
        }
        for code in dict.fromkeys(codes)
    ]
    if not rows:
        return 0
    added = insert(partner_codes).values(rows).on_conflict_do_nothing().returning(partner_codes.c.code_id)
    return len(unit.connection.execute(added).all())


def codes_of(unit: Unit, member_id: UUID) -> dict[UUID, str]:
    """Grant → code, of what the member was given."""
    code, grant = partner_codes.c, benefit_grants.c
    rows = unit.connection.execute(
        sa.select(code.grant_id, code.code_cipher)
        .join(benefit_grants, sa.and_(grant.merchant_id == code.merchant_id, grant.grant_id == code.grant_id))
        .where(grant.merchant_id == unit.merchant_id, grant.member_id == member_id)
    )
    return {row.grant_id: unit.open("partner_code", row.code_cipher) for row in rows}


def codes_left(unit: Unit, benefit: Benefit) -> tuple[int, int]:
    """How many codes a benefit has, and how many of them are still to give."""
    code = partner_codes.c
    row = unit.connection.execute(
        sa.select(sa.func.count().label("all"), sa.func.count().filter(code.grant_id.is_(None)).label("free")).where(
            code.merchant_id == unit.merchant_id, code.benefit_id == benefit.benefit_id
        )
    ).one()
    return row.all, row.free


def grants_of(unit: Unit, member_id: UUID, limit: int = 200) -> list[Grant]:
    """What a member was given or is due, newest first."""
    grant = benefit_grants.c
    rows = unit.connection.execute(
        sa.select(benefit_grants)
        .where(grant.merchant_id == unit.merchant_id, grant.member_id == member_id)
        .order_by(grant.due_at.desc(), grant.grant_id.desc())
        .limit(limit)
    )
    return [
        Grant(
            row.grant_id,
            row.benefit_id,
            row.member_id,
            row.occasion,
            row.due_at,
            GrantStatus(row.status),
            coupons_in(row.content),
            row.given_at,
            row.note,
        )
        for row in rows
    ]
