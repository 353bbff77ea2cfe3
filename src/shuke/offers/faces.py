"""Templates by their names and face values, whatever their status: for those who count the coupons out there."""

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.kernel.text import Text
from shuke.offers.documents import build
from shuke.offers.model import Terms
from shuke.offers.rules.faces import face_minor
from shuke.offers.tables import coupon_templates

_T = coupon_templates.c


@dataclass(frozen=True, slots=True)
class Face:
    """`minor` None: a coupon's worth depends on what is bought."""

    template_id: UUID
    code: str
    name: Text
    minor: int | None


def faces(unit: Unit) -> dict[UUID, Face]:
    """Every template of the merchant."""
    rows = unit.connection.execute(
        sa.select(_T.template_id, _T.code, _T.name, _T.terms).where(_T.merchant_id == unit.merchant_id)
    )
    return {
        row.template_id: Face(row.template_id, row.code, Text(**row.name), face_minor(build(Terms, row.terms).effect))
        for row in rows
    }
