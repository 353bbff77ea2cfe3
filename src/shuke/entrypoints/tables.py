"""Every table of the product, imported in one place so that `metadata` is complete."""

from shuke.audience.segments import tables as segments
from shuke.audience.traits import tables as traits
from shuke.catalog import tables as catalog
from shuke.checkout import tables as checkout
from shuke.checkout.clearing import tables as clearing
from shuke.checkout.payments import tables as payments
from shuke.events import tables as events
from shuke.infra import idempotency, outbox, standing
from shuke.infra.imports import tables as imports
from shuke.infra.lake import tables as lake
from shuke.infra.schema import metadata
from shuke.insight import tables as insight
from shuke.ledger import tables as ledger
from shuke.loyalty import tables as loyalty
from shuke.members import tables as members
from shuke.members.accepting import tables as accepting
from shuke.members.attributes import tables as attributes
from shuke.members.consent import tables as consent
from shuke.members.erasing import tables as erasing
from shuke.members.identity import tables as identity
from shuke.members.likeness import tables as likeness
from shuke.members.merging import tables as merging
from shuke.members.privacy import retention_tables as retention
from shuke.members.privacy import tables as privacy
from shuke.members.tags import tables as tags
from shuke.members.telling import tables as telling
from shuke.offers import coupon_tables, packet_tables
from shuke.offers import tables as offers
from shuke.stored_value import tables as stored_value
from shuke.tenancy import tables as tenancy

__all__ = [
    "accepting",
    "attributes",
    "catalog",
    "checkout",
    "clearing",
    "consent",
    "coupon_tables",
    "erasing",
    "events",
    "idempotency",
    "identity",
    "imports",
    "insight",
    "lake",
    "ledger",
    "likeness",
    "loyalty",
    "members",
    "merging",
    "metadata",
    "offers",
    "outbox",
    "packet_tables",
    "payments",
    "privacy",
    "retention",
    "segments",
    "standing",
    "stored_value",
    "tags",
    "telling",
    "tenancy",
    "traits",
]
