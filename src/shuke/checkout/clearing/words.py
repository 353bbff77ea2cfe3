"""What people call reasons and parties."""

from collections.abc import Mapping
from types import MappingProxyType

from shuke.checkout.clearing.model import PartyKind, Reason
from shuke.kernel.text import Text

REASONS: Mapping[Reason, Text] = MappingProxyType(
    {
        Reason.SUBSIDY: Text("优惠补贴", "Subsidised discount"),
        Reason.GROUP_BENEFIT: Text("总部权益", "Head office benefit"),
        Reason.RED_PACKET: Text("红包", "Red packet"),
        Reason.STORED_PRINCIPAL: Text("储值本金跨店消费", "Stored value spent in another store"),
        Reason.STORED_BONUS: Text("储值赠金消费", "Stored bonus spent"),
        Reason.REFUND_MONEY: Text("异店退款", "Refund paid by another store"),
        Reason.TOP_UP_REFUND: Text("储值异店退款", "Top-up refunded by another store"),
        Reason.BONUS_RECOVERED: Text("退储值扣回赠金", "Bonus recovered from a refunded top-up"),
    }
)

PARTIES: Mapping[PartyKind, Text] = MappingProxyType(
    {
        PartyKind.MERCHANT: Text("商户总部", "Head office"),
        PartyKind.STORE: Text("门店", "Store"),
        PartyKind.PLATFORM: Text("平台", "Platform"),
        PartyKind.PARTNER: Text("合作方", "Partner"),
    }
)
