"""Every domain's routes, in the order the API documentation shows them."""

from shuke.checkout.api import identify, orders, quotes
from shuke.tenancy.api import audit, keys, merchants, regions, session, settings, staff, stores

ROUTERS = (
    session.router,
    identify.router,
    quotes.router,
    orders.router,
    stores.router,
    regions.router,
    staff.router,
    keys.router,
    audit.router,
    settings.router,
    merchants.router,
)
