"""Every table of programmes, tiers, benefits, plans and families."""

from shuke.loyalty.tables.benefits import benefit_grants, benefit_uses, member_benefits, partner_codes
from shuke.loyalty.tables.families import families, family_invitations, family_people
from shuke.loyalty.tables.plans import plan_payments, subscriptions
from shuke.loyalty.tables.programme import member_tiers, points_requests, programme_versions, programmes, tiers

__all__ = [
    "benefit_grants",
    "benefit_uses",
    "families",
    "family_invitations",
    "family_people",
    "member_benefits",
    "member_tiers",
    "partner_codes",
    "plan_payments",
    "points_requests",
    "programme_versions",
    "programmes",
    "subscriptions",
    "tiers",
]
