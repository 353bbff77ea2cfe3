"""Every domain's routes, in the order the API documentation shows them."""

from shuke.tenancy.api import session

ROUTERS = (session.router,)
