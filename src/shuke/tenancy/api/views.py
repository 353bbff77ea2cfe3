"""What several routes of tenancy show."""

from shuke.infra.http import View
from shuke.infra.http_ids import MerchantId, RegionId
from shuke.infra.http_refs import StoreRef
from shuke.tenancy.model import Merchant, Region

__all__ = ["MerchantView", "RegionRef", "StoreRef"]


class MerchantView(View):
    id: MerchantId
    name: str
    currency: str
    timezone: str
    locale: str

    @classmethod
    def of(cls, merchant: Merchant) -> "MerchantView":
        return cls(
            id=merchant.merchant_id,
            name=merchant.name,
            currency=merchant.currency,
            timezone=merchant.timezone,
            locale=merchant.locale,
        )


class RegionRef(View):
    id: RegionId
    name: str

    @classmethod
    def of(cls, region: Region) -> "RegionRef":
        return cls(id=region.region_id, name=region.name)
