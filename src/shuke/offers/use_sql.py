"""The statements behind `using.py`. Parts name the parts before them where one must come after the other.

What is limited is locked first, and judged by what the lock found: that is the newest there is, even where another
transaction changed it since the statement began. What is merely read is as old as the statement.
"""

import sqlalchemy as sa

from shuke.infra.fresh_ids import fresh_id_sql

_TURN = """CASE WHEN c.period IS NULL THEN DATE '0001-01-01'
  ELSE date_trunc(c.period, timezone(m.timezone, CAST(:at AS timestamptz)))::date END"""
"""The first day of the period that :at is in, on the calendar of the merchant `m`."""

_FRESH = fresh_id_sql("CAST(:at AS timestamptz)")


def _left(limit: str, used: str) -> str:
    """What a limit leaves; null where there is none."""
    return f"CASE WHEN {limit} IS NOT NULL THEN greatest({limit} - {used}, 0) END"


def _told(type_sql: str, source: str) -> str:
    """One event for each coupon in `source`."""
    return f"""
  INSERT INTO domain_events (merchant_id, event_id, type, subject_id, member_id, occurred_at, payload)
  SELECT CAST(:merchant AS uuid), {_FRESH}, {type_sql}, t.coupon_id, t.member_id, CAST(:at AS timestamptz),
    jsonb_build_object('template_id', t.template_id, 'order_id', CAST(:order AS uuid))
  FROM {source} AS t"""  # noqa: S608 - built from constants


_REDEMPTION = """
  INSERT INTO coupon_redemptions (merchant_id, coupon_id, order_id, template_id, member_id, redeemed_at)
  SELECT CAST(:merchant AS uuid), t.coupon_id, CAST(:order AS uuid), t.template_id, t.member_id,
    CAST(:at AS timestamptz)
  FROM taken AS t"""

REMAINING = sa.text(
    f"""
SELECT c.offer_id, {_left("c.max_uses", "c.uses")} AS uses, {_left("c.budget_minor", "c.spent_minor")} AS minor,
  {_left("c.uses_per_member", "coalesce(o.uses, 0)")} AS uses_of_member,
  {_left("c.pieces_per_member", "coalesce(o.pieces, 0)")} AS pieces_of_member
FROM offer_counters AS c JOIN merchants AS m ON m.merchant_id = c.merchant_id
LEFT JOIN offer_member_counters AS o ON o.merchant_id = c.merchant_id AND o.offer_id = c.offer_id
  AND o.member_id = CAST(:member AS uuid) AND o.turn = {_TURN}
WHERE c.merchant_id = :merchant AND c.offer_id = ANY(CAST(:offers AS uuid[]))
"""  # noqa: S608 - built from constants
)

_COUNT = f"""
given AS MATERIALIZED (
  SELECT c.offer_id, g.uses, g.pieces, g.minor, c.uses_per_member, c.pieces_per_member, {_TURN} AS turn,
    c.uses_per_member IS NOT NULL OR c.pieces_per_member IS NOT NULL AS limits_each
  FROM unnest(CAST(:offers AS uuid[]), CAST(:uses AS bigint[]), CAST(:pieces AS bigint[]), CAST(:minor AS bigint[]))
    AS g(offer_id, uses, pieces, minor)
  JOIN offer_counters AS c ON c.merchant_id = :merchant AND c.offer_id = g.offer_id
  JOIN merchants AS m ON m.merchant_id = c.merchant_id
), limited AS MATERIALIZED (
  SELECT c.offer_id, c.max_uses, c.uses, c.budget_minor, c.spent_minor FROM offer_counters AS c
  WHERE c.merchant_id = :merchant AND c.offer_id = ANY(CAST(:offers AS uuid[]))
    AND (c.max_uses IS NOT NULL OR c.budget_minor IS NOT NULL)
  ORDER BY c.offer_id FOR NO KEY UPDATE
), counted AS (
  UPDATE offer_counters AS c SET uses = c.uses + g.uses, spent_minor = c.spent_minor + g.minor
  FROM given AS g JOIN limited AS l ON l.offer_id = g.offer_id
  WHERE c.merchant_id = :merchant AND c.offer_id = g.offer_id
    AND (l.max_uses IS NULL OR l.uses + g.uses <= l.max_uses)
    AND (l.budget_minor IS NULL OR l.spent_minor + g.minor <= l.budget_minor)
  RETURNING c.offer_id
), counted_own AS (
  INSERT INTO offer_member_counters AS o (merchant_id, offer_id, member_id, turn, uses, pieces)
  SELECT CAST(:merchant AS uuid), g.offer_id, CAST(:member AS uuid), g.turn, g.uses, g.pieces FROM given AS g
  WHERE (SELECT count(*) FROM counted) >= 0 AND CAST(:member AS uuid) IS NOT NULL AND g.limits_each
    AND (g.uses_per_member IS NULL OR g.uses <= g.uses_per_member)
    AND (g.pieces_per_member IS NULL OR g.pieces <= g.pieces_per_member)
  ORDER BY g.offer_id
  ON CONFLICT (merchant_id, offer_id, member_id, turn)
  DO UPDATE SET uses = o.uses + excluded.uses, pieces = o.pieces + excluded.pieces
  WHERE EXISTS (SELECT FROM offer_counters AS c WHERE c.merchant_id = o.merchant_id AND c.offer_id = o.offer_id
    AND (c.uses_per_member IS NULL OR o.uses + excluded.uses <= c.uses_per_member)
    AND (c.pieces_per_member IS NULL OR o.pieces + excluded.pieces <= c.pieces_per_member))
  RETURNING offer_id
), noted AS (
  INSERT INTO offer_uses (merchant_id, order_id, offer_id, member_id, turn, uses, pieces, minor, reserved, at)
  SELECT CAST(:merchant AS uuid), CAST(:order AS uuid), g.offer_id, CAST(:member AS uuid), g.turn, g.uses, g.pieces,
    g.minor, CAST(:until AS timestamptz) IS NOT NULL, CAST(:at AS timestamptz)
  FROM given AS g
)"""  # noqa: S608 - built from constants
"""What is limited: lock, count, note."""

_TAKE = f"""
wanted AS MATERIALIZED (
  SELECT c.coupon_id, c.status, c.member_id, c.valid_from, c.valid_until FROM coupons AS c
  WHERE c.merchant_id = :merchant AND c.coupon_id = ANY(CAST(:coupons AS uuid[])){{after}}
  ORDER BY c.coupon_id FOR NO KEY UPDATE
), taken AS (
  UPDATE coupons AS c SET order_id = CAST(:order AS uuid), reserved_until = CAST(:until AS timestamptz),
    status = CASE WHEN CAST(:until AS timestamptz) IS NULL THEN 'redeemed' ELSE 'reserved' END
  FROM wanted AS w
  WHERE c.merchant_id = :merchant AND c.coupon_id = w.coupon_id AND w.status = 'available'
    AND (w.member_id IS NULL OR w.member_id = CAST(:member AS uuid))
    AND w.valid_from <= CAST(:at AS timestamptz) AND CAST(:at AS timestamptz) < w.valid_until
  RETURNING c.coupon_id, c.template_id, CAST(:member AS uuid) AS member_id
), redeemed AS ({_REDEMPTION} WHERE CAST(:until AS timestamptz) IS NULL
), told AS ({
    _told("CASE WHEN CAST(:until AS timestamptz) IS NULL THEN 'coupon.redeemed' ELSE 'coupon.reserved' END", "taken")
}
)"""  # noqa: S608 - built from constants
"""Coupons: lock, take, tell."""

_COUNTED = """ARRAY(SELECT offer_id FROM limited) AS limited, ARRAY(SELECT offer_id FROM counted) AS counted,
  ARRAY(SELECT offer_id FROM given WHERE limits_each AND CAST(:member AS uuid) IS NOT NULL) AS limited_own,
  ARRAY(SELECT offer_id FROM counted_own) AS counted_own"""
_TAKEN = "ARRAY(SELECT coupon_id FROM taken) AS taken"

_AFTER = " AND (SELECT count(*) FROM counted_own) >= 0"

USE = sa.text(f"WITH {_COUNT}, {_TAKE.format(after=_AFTER)}\nSELECT {_COUNTED}, {_TAKEN}")
USE_OFFERS = sa.text(f"WITH {_COUNT}\nSELECT {_COUNTED}")
USE_COUPONS = sa.text(f"WITH {_TAKE.format(after='')}\nSELECT {_TAKEN}")
"""Most orders use coupons without limits, or limits without coupons: a smaller statement is a quicker one."""

SETTLE = sa.text(
    f"""
WITH noted AS (
  UPDATE offer_uses SET reserved = false
  WHERE merchant_id = :merchant AND order_id = CAST(:order AS uuid) AND reserved
), taken AS (
  UPDATE coupons AS c SET status = 'redeemed', reserved_until = NULL
  WHERE c.merchant_id = :merchant AND c.order_id = CAST(:order AS uuid) AND c.status = 'reserved'
  RETURNING c.coupon_id, c.template_id, c.member_id
), redeemed AS ({_REDEMPTION}
)
{_told("'coupon.redeemed'", "taken")}
"""  # noqa: S608 - built from constants
)

GIVE_BACK = sa.text(
    f"""
WITH coming AS MATERIALIZED (
  SELECT c.coupon_id, c.template_id,
    CASE WHEN c.valid_until <= CAST(:at AS timestamptz) AND NOT :pending
      THEN make_interval(0, 0, 0, coalesce((t.rules->'returns'->>'grace_days')::integer, 0)) END AS grace
  FROM coupons AS c
  JOIN coupon_templates AS t ON t.merchant_id = c.merchant_id AND t.template_id = c.template_id
  WHERE c.merchant_id = :merchant AND c.order_id = CAST(:order AS uuid)
    AND c.status = CASE WHEN :pending THEN 'reserved' ELSE 'redeemed' END
    AND (:pending OR coalesce((t.rules->'returns'->>CAST(:rule AS text))::boolean, :otherwise))
), backing AS MATERIALIZED (
  SELECT u.offer_id, u.member_id, u.turn,
    CASE WHEN :whole THEN u.uses ELSE least(u.uses, (SELECT count(*) FROM coming WHERE template_id = u.offer_id)) END
      AS uses,
    CASE WHEN :whole THEN u.pieces ELSE 0 END AS pieces, CASE WHEN :whole THEN u.minor ELSE 0 END AS minor
  FROM offer_uses AS u
  WHERE u.merchant_id = :merchant AND u.order_id = CAST(:order AS uuid) AND u.reserved = :pending
  ORDER BY u.offer_id FOR UPDATE
), noted AS (
  UPDATE offer_uses AS u
  SET uses = u.uses - b.uses, pieces = u.pieces - b.pieces, minor = u.minor - b.minor, reserved = false
  FROM backing AS b
  WHERE u.merchant_id = :merchant AND u.order_id = CAST(:order AS uuid) AND u.offer_id = b.offer_id
), limited AS MATERIALIZED (
  SELECT c.offer_id FROM offer_counters AS c
  WHERE c.merchant_id = :merchant AND c.offer_id IN (SELECT offer_id FROM backing)
    AND (c.max_uses IS NOT NULL OR c.budget_minor IS NOT NULL)
  ORDER BY c.offer_id FOR NO KEY UPDATE
), counted AS (
  UPDATE offer_counters AS c SET uses = c.uses - b.uses, spent_minor = c.spent_minor - b.minor
  FROM backing AS b JOIN limited AS l ON l.offer_id = b.offer_id
  WHERE c.merchant_id = :merchant AND c.offer_id = b.offer_id
  RETURNING c.offer_id
), own AS MATERIALIZED (
  SELECT o.offer_id FROM offer_member_counters AS o JOIN backing AS b
    ON b.offer_id = o.offer_id AND b.member_id = o.member_id AND b.turn = o.turn
  WHERE o.merchant_id = :merchant AND (SELECT count(*) FROM counted) >= 0
  ORDER BY o.offer_id FOR UPDATE OF o
), counted_own AS (
  UPDATE offer_member_counters AS o SET uses = o.uses - b.uses, pieces = o.pieces - b.pieces
  FROM backing AS b JOIN own ON own.offer_id = b.offer_id
  WHERE o.merchant_id = :merchant AND o.offer_id = b.offer_id AND o.member_id = b.member_id AND o.turn = b.turn
  RETURNING o.offer_id
), taken AS (
  UPDATE coupons AS c SET status = 'available', order_id = NULL, reserved_until = NULL,
    valid_until = greatest(c.valid_until, CAST(:at AS timestamptz) + g.grace)
  FROM coming AS g
  WHERE c.merchant_id = :merchant AND c.coupon_id = g.coupon_id AND c.order_id = CAST(:order AS uuid)
    AND (SELECT count(*) FROM counted_own) >= 0
  RETURNING c.coupon_id, c.template_id, c.member_id, g.grace
), returned AS (
  UPDATE coupon_redemptions AS r SET returned_at = CAST(:at AS timestamptz), refund_id = CAST(:refund_id AS uuid)
  FROM taken AS t
  WHERE r.merchant_id = :merchant AND r.coupon_id = t.coupon_id AND r.order_id = CAST(:order AS uuid) AND NOT :pending
), told AS ({_told("CASE WHEN :pending THEN 'coupon.released' ELSE 'coupon.returned' END", "taken")}
)
SELECT template_id FROM taken WHERE grace > make_interval(0)
"""  # noqa: S608 - built from constants
)
