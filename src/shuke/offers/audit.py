"""The laws of offers, checked on a live database."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.infra.planning import whole_tables
from shuke.kernel.audit import Check, check_of

_LAWS: Mapping[str, str] = MappingProxyType(
    {
        "offers: counters equal uses": """
            SELECT count(*) FROM offer_counters AS c
            LEFT JOIN (SELECT offer_id, sum(uses) AS uses, sum(minor) AS minor FROM offer_uses
                       WHERE merchant_id = :merchant GROUP BY offer_id) AS u USING (offer_id)
            WHERE c.merchant_id = :merchant AND (c.max_uses IS NOT NULL OR c.budget_minor IS NOT NULL)
              AND (c.uses, c.spent_minor) <> (coalesce(u.uses, 0), coalesce(u.minor, 0))""",
        "offers: members' counters equal their uses": """
            SELECT count(*) FROM (
              SELECT offer_id, member_id, turn, uses, pieces FROM offer_member_counters
              WHERE merchant_id = :merchant) AS o
            FULL JOIN (
              SELECT u.offer_id, u.member_id, u.turn, sum(u.uses) AS uses, sum(u.pieces) AS pieces FROM offer_uses AS u
              JOIN offer_counters AS c ON c.merchant_id = u.merchant_id AND c.offer_id = u.offer_id
                AND (c.uses_per_member IS NOT NULL OR c.pieces_per_member IS NOT NULL)
              WHERE u.merchant_id = :merchant AND u.member_id IS NOT NULL GROUP BY u.offer_id, u.member_id, u.turn
            ) AS u USING (offer_id, member_id, turn)
            WHERE coalesce(o.uses, 0) <> coalesce(u.uses, 0) OR coalesce(o.pieces, 0) <> coalesce(u.pieces, 0)""",
        "offers: coupons equal redemptions": """
            SELECT count(*) FROM (
              SELECT coupon_id, order_id, 1 AS held FROM coupons
              WHERE merchant_id = :merchant AND status = 'redeemed') AS c
            FULL JOIN (
              SELECT coupon_id, order_id, 1 AS open FROM coupon_redemptions
              WHERE merchant_id = :merchant AND returned_at IS NULL) AS r USING (coupon_id, order_id)
            WHERE c.held IS NULL OR r.open IS NULL""",
        "offers: stock equals coupons and codes": """
            SELECT count(*) FROM coupon_stocks AS s
            LEFT JOIN (SELECT template_id, count(*) AS n FROM coupons
                       WHERE merchant_id = :merchant GROUP BY template_id) AS c USING (template_id)
            LEFT JOIN (SELECT b.template_id, count(*) AS n FROM coupon_codes AS k
                       JOIN coupon_batches AS b ON b.merchant_id = k.merchant_id AND b.batch_id = k.batch_id
                       WHERE k.merchant_id = :merchant AND k.coupon_id IS NULL AND b.voided_at IS NULL
                       GROUP BY b.template_id) AS k USING (template_id)
            WHERE s.merchant_id = :merchant AND s.issued <> coalesce(c.n, 0) + coalesce(k.n, 0)""",
        "offers: holders equal coupons issued to them": """
            SELECT count(*) FROM (
              SELECT template_id, member_id, issued FROM coupon_holders WHERE merchant_id = :merchant) AS h
            FULL JOIN (
              SELECT template_id, issued_to AS member_id, count(*) AS n FROM coupons
              WHERE merchant_id = :merchant AND issued_to IS NOT NULL GROUP BY template_id, issued_to
            ) AS c USING (template_id, member_id)
            WHERE coalesce(h.issued, 0) <> coalesce(c.n, 0)""",
        "offers: codes became coupons of their template": """
            SELECT count(*) FROM coupon_codes AS k
            JOIN coupon_batches AS b ON b.merchant_id = k.merchant_id AND b.batch_id = k.batch_id
            JOIN coupons AS c ON c.merchant_id = k.merchant_id AND c.coupon_id = k.coupon_id
            WHERE k.merchant_id = :merchant AND c.template_id <> b.template_id""",
        "offers: batches hold as many codes as they say": """
            SELECT count(*) FROM coupon_batches AS b
            LEFT JOIN (SELECT batch_id, count(*) AS n FROM coupon_codes
                       WHERE merchant_id = :merchant GROUP BY batch_id) AS k USING (batch_id)
            WHERE b.merchant_id = :merchant AND b.size <> coalesce(k.n, 0)""",
        "offers: shared packets give what they hold": """
            SELECT count(*) FROM shared_packets AS p
            LEFT JOIN (SELECT packet_id, count(*) AS n, sum(amount_minor) AS minor FROM shared_packet_claims
                       WHERE merchant_id = :merchant GROUP BY packet_id) AS c USING (packet_id)
            WHERE p.merchant_id = :merchant AND (
              p.total_minor <> (SELECT sum(part) FROM unnest(p.parts) AS part) OR p.taken <> coalesce(c.n, 0)
              OR coalesce(c.minor, 0) <> (
                SELECT coalesce(sum(part), 0) FROM unnest(p.parts[1 \\: p.taken]) AS part))""",
    }
)


def audit(unit: Unit) -> Sequence[Check]:
    """Every law of offers for the unit's merchant."""
    with whole_tables(unit):
        return [
            check_of(name, unit.connection.scalar(sa.text(law), {"merchant": unit.merchant_id}) or 0)
            for name, law in _LAWS.items()
        ]
