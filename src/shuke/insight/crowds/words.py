"""What the numbers of a crowd are called, and what they mean."""

from collections.abc import Mapping
from types import MappingProxyType

from shuke.kernel.text import Text

PROFILES: Mapping[str, Text] = MappingProxyType(
    {
        "gender": Text("性别", "Gender"),
        "age": Text("年龄段", "Age"),
        "tier": Text("等级", "Tier"),
        "join_channel": Text("入会渠道", "Joined through"),
        "lifecycle": Text("生命周期", "Lifecycle"),
        "grade": Text("活跃度", "Activity"),
        "loyalty": Text("忠诚", "Loyalty"),
        "channel": Text("购买渠道（销售额）", "Sales channel"),
    }
)
MEASURES: Mapping[str, Text] = MappingProxyType(
    {
        "buyers_bps": Text("近一年购买率", "Bought within the year"),
        "net_per_member_minor": Text("人均年销售额", "Sales per member a year"),
        "orders_per_buyer_milli": Text("人均年订单数（千分之一）", "Orders per buyer a year, in thousandths"),
        "ticket_minor": Text("客单价", "Average ticket"),
        "discount_bps": Text("折扣占比", "Share of discounts"),
        "clv_per_member_minor": Text("人均会员价值", "Value per member"),
    }
)
GENDERS: Mapping[str, Text] = MappingProxyType(
    {"female": Text("女", "female"), "male": Text("男", "male"), "other": Text("其他", "other")}
)
UNKNOWN = Text("未知", "not known")
DEFINITIONS: Mapping[str, Text] = MappingProxyType(
    {
        "index": Text(
            "指数：该人群的占比 ÷ 全体会员的占比 × 100；100 为一样，高于 100 是该人群的特点。",
            "Index: the share in the crowd, divided by the share of all members, times 100; above 100 is particular.",
        ),
        "year": Text("近一年：截至今天的 365 天。", "The year: 365 days up to today."),
        "net": Text(
            "销售额减退货；按品类、门店、渠道的销售额为售出时的金额。",
            "Sales less what came back; by category, store and channel as sold.",
        ),
        "retention": Text(
            "留存：按首购月份分组，之后每个月有购买的会员占比；最近一个月未满。",
            "Retention: by the month of the first purchase, who bought in each month after it; the last is not over.",
        ),
        "standing": Text("生命周期、活跃度与价值截至昨晚。", "Lifecycle, activity and value are of last night."),
    }
)
