"""Every domain's routes, in the order the API documentation shows them."""

from shuke.audience.api import history as segment_history
from shuke.audience.api import holding as member_segments
from shuke.audience.api import lifecycle, likeness, segments, value
from shuke.audience.api import previews as segment_previews
from shuke.audience.api import suggestions as segment_suggestions
from shuke.audience.api import why as segment_why
from shuke.catalog import api as catalog
from shuke.checkout.api import identify, member_orders, order_settings, orders, prepaying, quotes, refunds
from shuke.checkout.clearing.api import days as clearing_days
from shuke.checkout.clearing.api import statements as clearing_statements
from shuke.checkout.payments.api import accounts as payment_accounts
from shuke.checkout.payments.api import notifications as payment_notifications
from shuke.checkout.payments.api import payments
from shuke.entrypoints.imports import api as imports
from shuke.events.api import explorer as event_explorer
from shuke.events.api import schemas as event_schemas
from shuke.events.api import sources as event_sources
from shuke.events.api import tracking
from shuke.insight.crowds import api as crowds
from shuke.insight.liability import api as liability
from shuke.insight.members import api as member_pages
from shuke.insight.members import standing as member_portraits
from shuke.insight.reports import api as reports
from shuke.loyalty import api as loyalty
from shuke.members import api as members
from shuke.members.accepting import api as accepting
from shuke.members.attributes import api as attributes
from shuke.members.consent import api as consent
from shuke.members.erasing import api as erasing
from shuke.members.identity import api as identity
from shuke.members.likeness import api as searching
from shuke.members.merging import api as merging
from shuke.members.privacy import api as privacy
from shuke.members.privacy import retention_api as retention
from shuke.members.tags import api as tags
from shuke.offers.api import codes as coupon_codes
from shuke.offers.api import coupons, gifts, promotions, sharing, templates
from shuke.offers.api import groups as stacking_groups
from shuke.offers.api import packets as red_packets
from shuke.stored_value.api import cards, policies, top_ups
from shuke.tenancy.api import audit, keys, merchants, regions, session, settings, staff, stores

ROUTERS = (
    session.router,
    reports.router,
    liability.router,
    identify.router,
    quotes.router,
    orders.router,
    refunds.router,
    prepaying.router,
    payments.router,
    payment_accounts.router,
    payment_notifications.router,
    clearing_days.router,
    clearing_statements.router,
    stores.router,
    regions.router,
    staff.router,
    keys.router,
    audit.router,
    settings.router,
    order_settings.router,
    merchants.router,
    member_pages.router,
    member_portraits.router,
    member_orders.router,
    members.router,
    attributes.router,
    searching.router,
    accepting.router,
    identity.router,
    merging.router,
    consent.router,
    privacy.router,
    erasing.router,
    retention.router,
    tags.router,
    catalog.router,
    segment_previews.router,
    segment_suggestions.router,
    segment_history.router,
    segments.router,
    segment_why.router,
    member_segments.router,
    value.router,
    lifecycle.router,
    likeness.router,
    crowds.router,
    loyalty.router,
    policies.router,
    top_ups.router,
    cards.router,
    promotions.router,
    stacking_groups.router,
    templates.router,
    coupons.router,
    gifts.router,
    coupon_codes.router,
    red_packets.router,
    sharing.router,
    tracking.router,
    event_sources.router,
    event_schemas.router,
    event_explorer.router,
    imports.router,
)
