"""Every kind of import, by name."""

from collections.abc import Mapping

from shuke.audience.imports import SegmentMemberImport
from shuke.catalog.imports import ProductImport
from shuke.checkout.imports import OrderImport
from shuke.checkout.redemption_imports import RedemptionImport
from shuke.infra.database import Database
from shuke.infra.imports.kinds import Context, Kind
from shuke.kernel.principal import Principal
from shuke.members.imports import MemberImport
from shuke.members.tags.imports import TagImport
from shuke.offers.imports import CampaignImport, CampaignMemberImport
from shuke.tenancy import service as tenancy
from shuke.tenancy.imports import StoreImport

KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        MemberImport(),
        TagImport(),
        SegmentMemberImport(),
        ProductImport(),
        StoreImport(),
        OrderImport(),
        CampaignImport(),
        CampaignMemberImport(),
        RedemptionImport(),
    )
}


def context_for(database: Database, principal: Principal) -> Context:
    """How an import for the principal's merchant reads money and time."""
    with database.unit(principal) as unit:
        merchant = tenancy.merchant(unit)
    return Context(database, principal, merchant.currency, merchant.timezone)
