"""What each measure means, in words. The SQL beside which they stand is in `sales.py`."""

from collections.abc import Mapping
from types import MappingProxyType

from shuke.kernel.text import Text

DEFINITIONS: Mapping[str, Text] = MappingProxyType(
    {
        "gross_minor": Text(
            "货架金额：期内订单按标价计算的总额，未减任何优惠，已减退货。",
            "Shelf value of the period's orders, before any discount, less what came back since.",
        ),
        "discount_minor": Text(
            "优惠金额：商户、门店、平台与合作方承担的全部优惠。",
            "All discounts on those orders, whoever funds them: merchant, store, platform or partner.",
        ),
        "net_minor": Text(
            "销售额：商户实收，即顾客实付加合作方补贴的优惠，减去退款；退款计入原订单的营业日。",
            "Sales: what the merchant receives, that is what customers paid plus discounts that partners refund, less "
            "refunds; a refund counts on the day of its order.",
        ),
        "paid_minor": Text("实付金额：顾客实际支付的总额，减去退款。", "What customers paid, less refunds."),
        "orders": Text("订单数：期内（按商户时区的营业日）的订单。", "Orders of the period's business days."),
        "units": Text(
            "件数：售出的件数（不减退货）；按称重或计量销售的每行计一件。",
            "Pieces sold, returned ones included; a line sold by weight or measure counts as one.",
        ),
        "members_active": Text(
            "活跃会员：期内至少有一笔订单的会员。", "Members with at least one order in the period."
        ),
        "members_new": Text(
            "新会员：期内入会的会员；选择门店时，只计在该门店入会的。",
            "Members who joined in the period; with a store chosen, those who joined there.",
        ),
        "members_returning": Text(
            "回头会员：期内有订单，且在期初之前（在任一门店）已有订单的会员。",
            "Members with an order in the period who had already ordered before it, in whichever store.",
        ),
        "average_ticket_minor": Text(
            "客单价：销售额除以订单数，四舍五入；无订单时为 0。",
            "Sales divided by orders, rounded half up; 0 without orders.",
        ),
        "items_per_ticket": Text(
            "连带率：件数除以订单数，保留两位小数；无订单时为 0。",
            "Units divided by orders, to two decimals; 0 without orders.",
        ),
        "repurchase_rate_bps": Text(
            "复购率：期内至少有两笔订单的会员占活跃会员的比例（万分比）。",
            "Members with two or more orders in the period, as a share of active members, in basis points.",
        ),
        "identified_orders_bps": Text(
            "会员订单占比：识别出会员的订单占全部订单的比例（万分比）。",
            "Orders in which the member was known, as a share of all orders, in basis points.",
        ),
    }
)
