"""Every domain's routes, in the order the API documentation shows them."""

from shuke.tenancy.api import audit, keys, merchants, regions, session, settings, staff, stores

ROUTERS = (
    session.router,
    stores.router,
    regions.router,
    staff.router,
    keys.router,
    audit.router,
    settings.router,
    merchants.router,
)
